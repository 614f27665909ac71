#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
web_server
echo "nameserver $DNS" >"/etc/netns/$NS-client/resolv.conf"
spawn server python3 "$TOOLS/dns_responder.py" www.example.test=$WEB other.example.test=$THIRD
wait_port server 53
capture
say() { on client python3 "$TOOLS/send.py" $WEB 80 "GET /index.html HTTP/1.1\r\nHost: $1\r\nConnection: close\r\n\r\n"; }
say $THIRD
for name in www other; do on client getent ahostsv4 $name.example.test; done
say www.example.test
say other.example.test
