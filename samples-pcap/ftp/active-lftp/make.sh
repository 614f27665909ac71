#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
need lftp lftp
lab
arm ftp 21 tcp
ftp_server
capture
on client lftp -u alice,sandbar -e "set ftp:passive-mode off; ls; get readme.txt -o $LAB/got; bye" $FTP
cmp "$LAB/got" "$LAB/alice/readme.txt"
answer
