#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
need lftp lftp
lab
arm ftp 21 tcp
ftp_server listen=NO listen_ipv6=YES
seq 300 >"$LAB/upload.txt"
capture
on client lftp -u alice,sandbar -e "put $LAB/upload.txt; get readme.txt -o $LAB/got; bye" "[$FTP6]"
cmp "$LAB/upload.txt" "$LAB/alice/upload.txt"
cmp "$LAB/got" "$LAB/alice/readme.txt"
answer
