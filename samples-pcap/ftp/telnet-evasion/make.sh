#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
inetutils_server
spawn client python3 "$TOOLS/data_host.py" 5000
wait_port client 5000
capture
guest_say 'PO\xff\xf1RT 192,168,1,5,19,136' 'RETR short.txt' 'PORT 192,168,\xff\xf11,5,19,136' 'RETR short.txt' QUIT
