#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
lab
arm sip 5060 udp
turn_server 5060
spawn client timeout 20 python3 -c "
import socket
inside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
inside.bind(('192.168.1.5', 5070))
print('came in:', inside.recv(100), flush=True)"
wait_port client 5070
capture
# The first fragment has 1480 bytes: UDP's header, 32 of STUN and 1440 of the name. The second begins with another header of UDP.
sip='REGISTER sip:e.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.168.1.5:5060;branch=z9hG4bK-1;rport\r\nMax-Forwards: 70\r\nContact: <sip:a@192.168.1.5:5070>\r\n'
sip+='To: <sip:a@e.example>\r\nFrom: <sip:a@e.example>;tag=1\r\nCall-ID: abc\r\nCSeq: 1 REGISTER\r\nExpires: 60\r\nContent-Length: 0\r\n\r\n'
on client python3 "$TOOLS/turn_say.py" udp $WEB 5060 "allocate,username=$(printf '^%.0s' {1..1440})\\x13\\xc4\\x13\\xc4\\x01\\x01\\x00\\x00$sip"
on server python3 -c "
import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
    outside.bind(('$WEB', 5061))
    outside.sendto(b'knock', ('192.168.1.5', 5070))"
answer
! grep 'came in' "$LAB/client.log"
