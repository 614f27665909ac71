#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
proftpd_server
capture
guest_say 'TYPE I' 'EPSV ALL' EPSV 'RETR short.txt' 'PORT 192,168,1,5,19,136' QUIT
