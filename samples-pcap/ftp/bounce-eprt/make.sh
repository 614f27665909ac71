#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
# With port 20 as source vsftpd binds the address named by the client, and fails.
ftp_server port_promiscuous=YES connect_from_port_20=NO
spawn third python3 "$TOOLS/data_host.py" 8080
wait_port third 8080
capture web   # the leg of the server sees the control connection and the bounce
ftp_say 'USER alice' 'PASS sandbar' 'TYPE I' "EPRT |1|$THIRD|8080|" 'RETR readme.txt' QUIT
