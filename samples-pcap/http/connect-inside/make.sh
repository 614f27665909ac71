#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
web_server
squid_proxy
capture
on client curl -sS -p -x http://192.168.1.1:3128 http://$WEB/index.html
