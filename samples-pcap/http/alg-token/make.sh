#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
for port in 21 5060 6667; do
    spawn server python3 "$TOOLS/http_server.py" $port
    wait_port server $port
done
capture
# post PORT TEXT: a form's POST whose second segment begins with this text.
post() {
    local pad text=$2 length
    pad=$(printf '%0100d' 0)
    length=$((${#pad} + $(printf %b "$text" | wc -c)))
    on client python3 "$TOOLS/send.py" $WEB $1 "POST / HTTP/1.1\r\nHost: $WEB:$1\r\nOrigin: http://evil.example\r\n\
Content-Type: text/plain\r\nConnection: close\r\nContent-Length: $length\r\n\r\n$pad" "$text"
}
post 5060 'REGISTER sip:evil.example;transport=TCP SIP/2.0\r\nContact: <sip:a@192.168.1.5:5000>\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n'
post 6667 'PRIVMSG friend :\x01DCC CHAT chat 3232235781 5000\x01\r\n'
post 21 'PORT 192,168,1,5,19,136\r\n'
