#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
plugin_server 843
spawn server python3 "$TOOLS/http_server.py" 4510
wait_port server 4510
capture
plugin_client $PLUGIN 4510 --policy 843 --nul --send 'GET / HTTP/1.1\r\nHost: www.example.org\r\n\r\n'
