#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
: >"$LAB/policy.xml"
plugin_server --policy "$LAB/policy.xml" 943 4503
capture
plugin_client $PLUGIN 4503 --policy 943
