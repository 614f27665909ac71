#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
certificate
ftp_server ssl_enable=YES rsa_cert_file="$LAB/certificate.pem"
capture
on client curl -sS -4 -k --ssl-reqd -o "$LAB/got" ftp://$LOGIN@$FTP/readme.txt
cmp "$LAB/got" "$LAB/alice/readme.txt"
