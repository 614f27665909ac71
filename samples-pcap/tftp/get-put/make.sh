#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
need tftp tftp-hpa; need in.tftpd tftpd-hpa
lab
arm tftp 69 udp
mkdir -m 777 "$LAB/tftp"
seq -f 'line %04.0f of a configuration' 1 100 >"$LAB/router.cfg"
spawn server in.tftpd -L -c -p -u nobody -s "$LAB/tftp"
wait_port server 69
capture
cd "$LAB"
on client tftp -4 -m binary $FTP -c put router.cfg
on client tftp -4 -m binary $FTP -c get router.cfg got
cmp router.cfg got
on client tftp -6 -m binary $FTP6 -c get router.cfg got6
cmp router.cfg got6
answer
