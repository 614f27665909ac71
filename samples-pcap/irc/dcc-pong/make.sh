#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
lab
arm irc 6667 tcp
# 3232235781 is 192.168.1.5: the client's own address, and port 22.
spawn server python3 "$TOOLS/irc_server.py" $WEB $'PING :\x01DCC CHAT chat 3232235781 22\x01'
wait_port server 6667
capture
chat client alice -r "/wait 4 /quit"
sleep 6
answer
