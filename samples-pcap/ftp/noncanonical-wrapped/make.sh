#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
inetutils_server
spawn client python3 "$TOOLS/data_host.py" 5000
wait_port client 5000
capture
guest_say 'PORT 448,168,1,261,275,136' 'RETR short.txt' 'EPRT |1|192.168.1.5|70536|' 'RETR short.txt' QUIT
