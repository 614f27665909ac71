#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
web_server
capture
on client python3 "$TOOLS/send.py" $WEB 80 \
    'GET http://a.example.test/index.html HTTP/1.1\r\nHost: b.example.test\r\nConnection: close\r\n\r\n'
