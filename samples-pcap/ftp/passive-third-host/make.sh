#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
spawn server python3 "$TOOLS/ftp_third_host.py" $THIRD 8080
spawn third python3 "$TOOLS/data_host.py" 8080 "a text from the third host"
wait_port server 21
wait_port third 8080
capture
# Today's curl ignores the address in the reply unless told otherwise.
on client curl -sS --disable-epsv --no-ftp-skip-pasv-ip ftp://$LOGIN@$FTP/readme.txt
