#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need socat socat
lab
plugin_server 943
spawn third python3 "$TOOLS/smtp_server.py" 25
spawn third python3 "$TOOLS/http_server.py" 80
spawn server socat TCP-LISTEN:4502,bind=$PLUGIN,fork,reuseaddr TCP:$THIRD:25,bind=$PLUGIN
spawn server socat TCP-LISTEN:4503,bind=$PLUGIN,fork,reuseaddr TCP:$THIRD:80,bind=$PLUGIN
wait_port third 25; wait_port third 80; wait_port server 4502; wait_port server 4503
capture web
plugin_client $PLUGIN 4502 --policy 943 --send 'EHLO plugin.example\r\n'
plugin_client $PLUGIN 4503 --policy 943 --send 'GET / HTTP/1.1\r\nHost: inside.example\r\n\r\n'
