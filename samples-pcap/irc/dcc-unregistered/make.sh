#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
lab
arm irc 6667 tcp
spawn server python3 "$TOOLS/irc_server.py" $WEB
wait_port server 6667
capture
# 3232235781 is 192.168.1.5; what stands on its port 5432 nobody outside should reach.
on client python3 "$TOOLS/send.py" $WEB 6667 'PRIVMSG friend :\x01DCC CHAT chat 3232235781 5432\x01\r\n' >"$LAB/answer.txt"
answer
