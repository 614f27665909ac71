#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
need curl curl
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
plugin_server --policy "$LAB/policy.xml" 943 4503
for port in 80 8080; do spawn server python3 "$TOOLS/http_server.py" $port; wait_port server $port; done
capture
plugin_client $PLUGIN 4503 --policy 943
on client curl -sS http://$PLUGIN/ http://$PLUGIN:8080/
on client curl -sS http://$PLUGIN:4510/ || true      # nobody listens there
