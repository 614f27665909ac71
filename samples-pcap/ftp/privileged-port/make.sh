#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
ftp_server
capture
ftp_say 'USER alice' 'PASS sandbar' 'PORT 192,168,1,5,0,22' QUIT
