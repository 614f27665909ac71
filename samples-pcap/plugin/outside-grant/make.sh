#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
cat >"$LAB/policy.xml" <<'END'
<?xml version="1.0" encoding="utf-8"?>
<access-policy>
  <cross-domain-access>
    <policy>
      <allow-from><domain uri="http://www.example.org"/></allow-from>
      <grant-to><socket-resource port="4502-4506" protocol="tcp"/></grant-to>
    </policy>
  </cross-domain-access>
</access-policy>
END
plugin_server --policy "$LAB/policy.xml" 943 4510
capture
plugin_client $PLUGIN 4510 --policy 943
