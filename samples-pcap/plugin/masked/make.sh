#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
plugin_server 943
spawn server python3 "$TOOLS/plugin_game.py" server 4503 --mask
wait_port server 4503
capture
plugin_policy 943
on client python3 "$TOOLS/plugin_game.py" client $PLUGIN 4503 --mask
