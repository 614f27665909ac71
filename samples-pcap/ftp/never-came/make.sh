#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
ftp_server
capture
guest_say 'PORT 192,168,1,5,19,136' 'RETR short.txt' QUIT
