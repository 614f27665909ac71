#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl
lab
web_server
head -c 2048 < <(yes 'field=value&') >"$LAB/form" || true
capture
site=http://$WEB
# --next starts a request of another kind on the same connection.
on client curl -sS $site/index.html $site/missing.html \
    --next -sS -I $site/index.html \
    --next -sS -H 'Expect: 100-continue' --data-binary "@$LAB/form" $site/form \
    --next -sS $site/chunked.html \
    --next -sS --compressed $site/index.html \
    --next -sS -r 100-299 $site/index.html
