#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
need curl curl
lab
arm ftp 21 tcp
ftp_server
capture
on client curl -sS --disable-epsv ftp://$LOGIN@$FTP/ ftp://$LOGIN@$FTP/readme.txt
answer
