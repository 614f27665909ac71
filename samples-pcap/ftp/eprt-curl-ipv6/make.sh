#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
ftp_server listen=NO listen_ipv6=YES
capture
on client curl -sS -P - "ftp://$LOGIN@[$FTP6]/readme.txt"
