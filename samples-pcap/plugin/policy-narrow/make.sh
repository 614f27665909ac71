#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
cat >"$LAB/policy.xml" <<'END'
<?xml version="1.0"?>
<!DOCTYPE cross-domain-policy SYSTEM "http://www.macromedia.com/xml/dtds/cross-domain-policy.dtd">
<cross-domain-policy>
  <site-control permitted-cross-domain-policies="master-only"/>
  <allow-access-from domain="*.example.org" to-ports="5000,5010-5012"/>
</cross-domain-policy>
END
printf '\0' >>"$LAB/policy.xml"
plugin_server --policy "$LAB/policy.xml" 843 5000 5011
capture
plugin_client $PLUGIN 5000 --policy 843 --nul
plugin_client $PLUGIN 5011
