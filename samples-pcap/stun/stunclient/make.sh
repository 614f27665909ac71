#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
turn_server 3478
capture
on client turnutils_stunclient $WEB >"$LAB/stunclient.log" 2>&1
