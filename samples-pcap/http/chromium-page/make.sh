#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need chromium chromium
lab
echo "nameserver $DNS" >"/etc/netns/$NS-client/resolv.conf"
spawn server python3 "$TOOLS/dns_responder.py" www.example.test=$WEB
spawn server python3 "$TOOLS/page_server.py" 80 8080
spawn server python3 "$TOOLS/websocket.py" server 8080
wait_port server 53; wait_port server 80; wait_port server 8080
capture
on client timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --disable-extensions \
    --disable-features=OptimizationHints,MediaRouter,Translate,DnsOverHttps --no-proxy-server \
    --user-data-dir="$LAB/profile" --virtual-time-budget=4000 --dump-dom http://www.example.test/ >"$LAB/dom" 2>"$LAB/chromium.log"
