#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
spawn server python3 "$TOOLS/mailbox_server.py"
wait_port server 143
capture
on client curl -sS -u $LOGIN "imap://$MAIL/INBOX;MAILINDEX=1;SECTION=TEXT"
