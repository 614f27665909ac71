#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
web_server
capture
get='GET /index.html HTTP/1.1\r\nHost: 198.51.100.80\r\n\r\n'
on client python3 "$TOOLS/send.py" $WEB 80 "$get$get${get/index/missing}"
