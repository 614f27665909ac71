#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
turn_server 3478 --no-auth
capture
on client python3 "$TOOLS/turn_say.py" udp $WEB 3478 allocate,lifetime=600 permission,peer=10.0.0.7:445 \
    permission,peer=127.0.0.1:22 channel,peer=192.168.1.1:80 refresh,lifetime=0
