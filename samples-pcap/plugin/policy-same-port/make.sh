#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
plugin_server 4520
capture
plugin_client $PLUGIN 4520 --policy 843 4520 --nul
