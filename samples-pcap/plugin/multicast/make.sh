#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
on client ip route add 239.0.0.0/8 dev eth0
spawn server python3 "$TOOLS/multicast_policy.py" serve
wait_port server 9430
capture
on client python3 "$TOOLS/multicast_policy.py" announce 239.1.2.3 239.1.2.3 5000 http://www.example.org/app.xap
on client python3 "$TOOLS/multicast_policy.py" announce $PLUGIN 232.1.2.3 5001 http://www.example.org/app.xap
