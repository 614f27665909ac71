#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
ftp_server listen_port=4502
capture
on client curl -sS ftp://$LOGIN@$FTP:4502/readme.txt
