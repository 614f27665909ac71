#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need socat socat; need curl curl
lab
plugin_server 943
spawn third python3 "$TOOLS/http_server.py" 80
spawn server socat TCP-LISTEN:4510,bind=$PLUGIN,fork,reuseaddr SYSTEM:"head -c 8 >/dev/null; curl -sS --interface $PLUGIN http\://$THIRD/index.html"
wait_port third 80; wait_port server 4510
capture web
plugin_client $PLUGIN 4510 --policy 943 --send 'status?\n'
