#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
certificate www.example.test
web_server "server { listen $WEB:443 ssl; ssl_certificate $LAB/certificate.pem; ssl_certificate_key $LAB/certificate.pem; root $LAB/www; }"
squid_proxy
capture
on client curl -sS -x http://192.168.1.1:3128 http://$WEB/index.html http://$WEB/missing.html
on client curl -sS -k -x http://192.168.1.1:3128 https://$WEB/index.html
