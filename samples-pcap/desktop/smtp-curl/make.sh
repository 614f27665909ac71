#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
spawn server python3 "$TOOLS/smtp_server.py"
wait_port server 25
printf '%s\r\n' 'From: alice@example.net' 'To: bob@example.org' 'Subject: active FTP' '' \
    'Your client must send this line:' 'PORT 192,168,1,5,0,22' >"$LAB/mail"
capture
on client curl -sS --mail-from alice@example.net --mail-rcpt bob@example.org -T "$LAB/mail" smtp://$MAIL
