#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
web_server
capture
on client python3 "$TOOLS/send.py" $WEB 80 \
    'GET /index.html HTTP/1.1\r\nHost: www.example.net\r\nHost: intranet.example.org\r\nAccept: */*\r\n\r\n'
