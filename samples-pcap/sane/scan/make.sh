#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
need scanimage sane-utils; need saned sane-utils
lab
arm sane 6566 tcp
mkdir "$LAB/scanner" "$LAB/desk"
echo test >"$LAB/scanner/dll.conf"
echo 192.168.1.5 >"$LAB/scanner/saned.conf"
echo net >"$LAB/desk/dll.conf"
echo $WEB >"$LAB/desk/net.conf"
SANE_CONFIG_DIR=$LAB/scanner spawn server saned -l -e -b $WEB
wait_port server 6566
capture
SANE_CONFIG_DIR=$LAB/desk on client scanimage -d "net:$WEB:test:0" --mode Gray --resolution 50 -x 40 -y 40 >"$LAB/page.pnm"
head -c 2 "$LAB/page.pnm" | grep -q P5
answer
