#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
web_server
echo "nameserver $DNS" >"/etc/netns/$NS-client/resolv.conf"
spawn server python3 "$TOOLS/dns_responder.py" rebind.example.test=$WEB@1 rebind.example.test=192.168.1.1@1
wait_port server 53
spawn router python3 "$TOOLS/http_server.py" 80
wait_port router 80
capture
on client curl -sS http://rebind.example.test/index.html
on client curl -sS http://rebind.example.test/
