#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
spawn server python3 "$TOOLS/http_server.py" 80
wait_port server 80
capture
say() { on client python3 "$TOOLS/send.py" $WEB 80 "GET / HTTP/1.1\r\n$1\r\nConnection: close\r\n\r\n"; }
say 'Host: www.example.test\r\nHost: intranet.example.test'
say 'Host: www.example.test, intranet.example.test'
say 'Host : www.example.test'
say 'Host: www.example.test\r\nHost : intranet.example.test'
say 'Host:\r\n www.example.test'
