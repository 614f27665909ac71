#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
ftp_server
capture
on client curl -sS ftp://alice:wrong@$FTP/readme.txt && exit 1   # it must be refused
true
