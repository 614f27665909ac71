#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
need curl curl
lab
arm ftp 21 tcp
ftp_server listen=NO listen_ipv6=YES
capture
on client curl -sS -P - "ftp://$LOGIN@[$FTP6]/readme.txt"
answer
