#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
web_server
capture
on client curl -sS -H 'Host:' http://$WEB/index.html
