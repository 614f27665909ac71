#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need chromium chromium
lab
tls_server www.example.test
capture
on client timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --disable-extensions \
    --disable-features=OptimizationHints,MediaRouter,Translate,DnsOverHttps --no-proxy-server --ignore-certificate-errors \
    --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE www.example.test' \
    --user-data-dir="$LAB/profile" --virtual-time-budget=4000 --dump-dom https://www.example.test/index.html >"$LAB/dom" 2>"$LAB/chromium.log"
