#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
plugin_server 843 4510
capture
plugin_client $PLUGIN 4510 --policy 843 --nul
