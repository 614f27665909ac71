#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
web_server
echo "nameserver $DNS" >"/etc/netns/$NS-client/resolv.conf"
spawn server python3 "$TOOLS/dns_responder.py" $WEB
wait_port server 53
capture
on client curl -sS http://www.example.net/index.html
