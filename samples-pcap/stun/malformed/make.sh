#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
turn_server 3478 --no-auth
capture
say() { on client python3 "$TOOLS/turn_say.py" udp $WEB 3478 "$@"; }
say binding,fingerprint=right
say binding,fingerprint=wrong
say 'binding,username=a\x00b'
say 'binding,software=a\r\nb'
say binding,attributes=80
say classic classic,username=alicebob
