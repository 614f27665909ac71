#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
ftp_server
capture
on client curl -sS -o "$LAB/got" ftp://$LOGIN@$FTP/readme.txt
cmp "$LAB/got" "$LAB/alice/readme.txt"
