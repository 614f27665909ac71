#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
web_server
capture
say() {
    on client python3 "$TOOLS/send.py" $WEB 80 \
        "POST /form HTTP/1.1\r\nHost: www.example.test\r\nConnection: close\r\n$1\r\n\r\n0\r\n\r\n"
}
say 'Content-Length: 5\r\nTransfer-Encoding: chunked'
say 'Content-Length: 5\r\nContent-Length: 6'
say 'Content-Length: +5'
say 'Content-Length: 0x5'
say 'Content-Length: 5, 6'
say 'Transfer-Encoding: xchunked'
say 'Transfer-Encoding : chunked'
say 'Transfer-Encoding: \x0bchunked'
