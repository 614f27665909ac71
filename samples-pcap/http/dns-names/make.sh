#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl; need dig bind9-dnsutils
lab
web_server
echo "nameserver $DNS" >"/etc/netns/$NS-client/resolv.conf"
spawn server python3 "$TOOLS/dns_responder.py" www.example.test=cdn.example.test cdn.example.test=198.51.100.22,$WEB,198.51.100.25 tcp.example.test=$WEB
wait_port server 53
capture
on client dig +tcp +noedns tcp.example.test @$DNS
on client python3 "$TOOLS/send.py" $WEB 80 'GET /index.html HTTP/1.1\r\nHost: tcp.example.test\r\nConnection: close\r\n\r\n'
on client getent ahostsv4 www.example.test
on client python3 "$TOOLS/send.py" $WEB 80 'GET /index.html HTTP/1.1\r\nHost: WWW.example.test.\r\nConnection: close\r\n\r\n'
