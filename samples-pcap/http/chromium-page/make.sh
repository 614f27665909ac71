#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need chromium chromium
lab
web_server
cp "$HERE/page.html" "$LAB/www/page.html"
echo "nameserver $DNS" >"/etc/netns/$NS-client/resolv.conf"
spawn server python3 "$TOOLS/dns_responder.py" www.example.test=$WEB
spawn server python3 "$TOOLS/websocket.py" server 8080
wait_port server 53; wait_port server 8080
capture
# The resolver rule: a browser looks for its maker's servers at every start, and that is not the case's.
on client timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --disable-extensions \
    --disable-features=OptimizationHints,MediaRouter,Translate,DnsOverHttps --no-proxy-server \
    --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE www.example.test' \
    --user-data-dir="$LAB/profile" --virtual-time-budget=4000 --dump-dom http://www.example.test/page.html >"$LAB/dom" 2>"$LAB/chromium.log"
