#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
spawn server python3 "$TOOLS/websocket.py" server 80
spawn server python3 "$TOOLS/websocket.py" server 8080
wait_port server 80
wait_port server 8080
capture
on client python3 "$TOOLS/websocket.py" $WEB none
on client python3 "$TOOLS/websocket.py" $WEB:8080 zero
