#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab offload
ftp_server
capture
on client curl -sS -o "$LAB/got" ftp://$FTP/large.txt
cmp "$LAB/got" "$LAB/public/large.txt"
