#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
ftp_server
capture
on client curl -sS ftp://$LOGIN@$FTP/ ftp://$LOGIN@$FTP/readme.txt
