#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
scripted_server 'LPSV=228 Entering Long Passive Mode (6,16,32,1,13,184,0,2,0,0,0,0,0,0,0,0,0,33,2,195,81)'
spawn client python3 "$TOOLS/data_host.py" 5000
wait_port client 5000
capture
FTP=$FTP6
guest_say 'LPRT 6,16,32,1,13,184,0,1,0,0,0,0,0,0,0,0,0,5,2,19,136' 'RETR short.txt' LPSV 'RETR short.txt' QUIT
