#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
lab
arm irc 6667 tcp
irc_server
seq -f 'line %04.0f of a small text' 1 100 >"$LAB/letter.txt"
chat third bob
sleep 2
capture
chat client alice -r "/wait 2 /command -buffer irc.server.lab * /dcc send bob $LAB/letter.txt" -r "/wait 5 /quit"
for _ in $(seq 80); do
    cmp -s "$LAB/letter.txt" "$(echo "$LAB"/weechat-bob/got/*)" && break
    sleep 0.1
done
cmp "$LAB/letter.txt" "$(echo "$LAB"/weechat-bob/got/*)"
sleep 3
answer
