#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
scripted_server "PASV=227 Entering Passive Mode (${THIRD//./,},31,144)." 'RETR=150 Opening data connection.\r\n226 Transfer complete.'
spawn third python3 "$TOOLS/data_host.py" 8080 "a text from the third host"
wait_port third 8080
capture
# Today's curl ignores the address in the reply unless told otherwise.
on client curl -sS --disable-epsv --no-ftp-skip-pasv-ip ftp://$LOGIN@$FTP/readme.txt
