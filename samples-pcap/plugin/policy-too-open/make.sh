#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
cat >"$LAB/policy.xml" <<'END'
<?xml version="1.0"?>
<!DOCTYPE cross-domain-policy SYSTEM "http://www.macromedia.com/xml/dtds/cross-domain-policy.dtd">
<cross-domain-policy>
  <allow-access-from domain="*" to-ports="*" secure="false"/>
</cross-domain-policy>
END
printf '\0' >>"$LAB/policy.xml"
plugin_server --policy "$LAB/policy.xml" 843 5000
capture
plugin_client $PLUGIN 5000 --policy 843 --nul
