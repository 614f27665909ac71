#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
certificate
proftpd_server 'LoadModule mod_tls.c' 'TLSEngine on' "TLSRSACertificateFile $LAB/certificate.pem" "TLSRSACertificateKeyFile $LAB/certificate.pem" \
    'TLSOptions NoSessionReuseRequired' "TLSLog $LAB/tls.log"
capture
on client curl -sS -k --ssl-reqd --ftp-ssl-ccc -o "$LAB/got" ftp://$LOGIN@$FTP/readme.txt
cmp "$LAB/got" "$LAB/alice/readme.txt"
