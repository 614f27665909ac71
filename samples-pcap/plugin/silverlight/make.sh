#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
plugin_server 943 4502
capture
plugin_client $PLUGIN 4502 --policy 943
