#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
plugin_server 943
spawn server python3 "$TOOLS/http_server.py" 4510
wait_port server 4510
capture
plugin_client $PLUGIN 4510 --policy 943 --send 'POST / HTTP/1.1\r\nHost: www.example.test:4510\r\nVia: 1.1 proxy\r\n\
Proxy-Authorization: Basic Zm9vOmJhcg==\r\nTE: gzip\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n'
