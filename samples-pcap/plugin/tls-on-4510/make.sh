#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
certificate plugin.example.net
plugin_server 943
spawn server python3 "$TOOLS/plugin_game.py" server 4510 --tls "$LAB/certificate.pem"
wait_port server 4510
capture
plugin_policy 943
on client python3 "$TOOLS/plugin_game.py" client $PLUGIN 4510 --tls
