#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl; need iptables iptables
lab
web_server
squid_proxy
on router iptables -t nat -A PREROUTING -i lan -p tcp --dport 80 -j REDIRECT --to-ports 3129
capture
on client curl -sS http://$WEB/index.html http://$WEB/missing.html
