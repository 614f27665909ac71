#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need lftp lftp
lab
ftp_server
capture
on client lftp -u alice,sandbar -e "set ftp:passive-mode off; ls; get readme.txt -o $LAB/got; bye" $FTP
cmp "$LAB/got" "$LAB/alice/readme.txt"
