#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need tnftp tnftp
lab
ftp_server
capture
on client tnftp -A -o "$LAB/got" ftp://$LOGIN@$FTP/readme.txt
cmp "$LAB/got" "$LAB/alice/readme.txt"
