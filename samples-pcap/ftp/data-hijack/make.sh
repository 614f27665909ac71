#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
ftp_server pasv_promiscuous=YES pasv_max_port=50000
capture web   # the leg of the server sees the control connection and the hijack
{
    printf '%s\n' 'USER anonymous' 'PASS guest@example.net' PASV
    wait_port server 50000
    spawn third python3 "$TOOLS/send.py" $FTP 50000   # sends nothing, takes what comes
    sleep 0.3
    printf '%s\n' 'RETR short.txt' QUIT
} | ftp_say
