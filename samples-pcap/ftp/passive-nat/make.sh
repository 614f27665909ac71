#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
ftp_server pasv_address=10.0.0.21
capture
on client curl -sS --disable-epsv -o "$LAB/got" ftp://$FTP/short.txt
cmp "$LAB/got" "$LAB/public/short.txt"
