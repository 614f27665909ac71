#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
certificate
ftp_server ssl_enable=YES rsa_cert_file="$LAB/certificate.pem" implicit_ssl=YES listen_port=990
capture
on client curl -sS -k -o "$LAB/got" ftps://$LOGIN@$FTP/readme.txt
cmp "$LAB/got" "$LAB/alice/readme.txt"
