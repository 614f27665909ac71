#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
spawn server python3 "$TOOLS/websocket.py" server
wait_port server 80
capture
on client python3 "$TOOLS/websocket.py" $WEB
