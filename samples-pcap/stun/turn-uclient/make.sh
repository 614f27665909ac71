#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
turn_server 3478
capture
# -y: to itself, through two relays; -e and a peer would need a second program.
on client turnutils_uclient -u "${LOGIN%:*}" -w "${LOGIN#*:}" -y -n 2 -m 1 -l 100 -c $WEB >"$LAB/uclient.log" 2>&1
on client turnutils_uclient -u "${LOGIN%:*}" -w "${LOGIN#*:}" -t -y -n 2 -m 1 -l 100 -c $WEB >>"$LAB/uclient.log" 2>&1
on client turnutils_uclient -u "${LOGIN%:*}" -w "${LOGIN#*:}" -t -T -y -n 2 -m 1 -l 100 -c $WEB >>"$LAB/uclient.log" 2>&1
