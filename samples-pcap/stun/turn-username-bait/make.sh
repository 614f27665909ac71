#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
turn_server 5060 --no-auth
capture
sip='REGISTER sip:example.net SIP/2.0\r\nVia: SIP/2.0/TCP 192.168.1.5:5060\r\nContact: <sip:a@192.168.1.5:3306>\r\nContent-Length: 0\r\n\r\n'
on client python3 "$TOOLS/turn_say.py" tcp $WEB 5060 "allocate,username=$(printf '^%.0s' {1..1000})$sip"
