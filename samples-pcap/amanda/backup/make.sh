#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
lab
arm amanda 10080 udp
spawn server python3 "$TOOLS/amanda.py" host $WEB
wait_port server 10080
capture
on client python3 "$TOOLS/amanda.py" server $WEB
answer
