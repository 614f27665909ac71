#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
tls_server www.example.test
squid_proxy
capture
on client curl -sS -k -x http://192.168.1.1:3128 https://$WEB/index.html -o "$LAB/page"
