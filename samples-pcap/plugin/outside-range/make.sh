#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
plugin_server 943 5000
capture
plugin_client $PLUGIN 5000 --policy 943
