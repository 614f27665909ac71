#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
scripted_server 'PASV=227 Entering Passive Mode (198,51,100,22,195,81).'
capture
# Today's curl ignores the address in the reply unless told otherwise.
on client curl -sS --disable-epsv --no-ftp-skip-pasv-ip -o "$LAB/got" ftp://$FTP/short.txt
grep -x 'a short text' "$LAB/got"
