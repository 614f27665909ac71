#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need iptables iptables
lab
# A router as many stand: it translates addresses, from outside comes in what belongs to a connection from inside, and its FTP helper is armed on port 21.
modprobe nf_nat_ftp 2>/dev/null || true
on router iptables -t raw -A PREROUTING -i lan -p tcp --dport 21 -j CT --helper ftp
on router iptables -t nat -A POSTROUTING -o web -j MASQUERADE
on router iptables -P FORWARD DROP
on router iptables -A FORWARD -i lan -j ACCEPT
on router iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
spawn client python3 "$TOOLS/data_host.py" 5000 "what only the inside should see"
spawn server python3 "$TOOLS/http_server.py" 21
wait_port client 5000; wait_port server 21
# come: the web server's host tries to reach the client by the router's outer address.
come() {
    on server python3 -c "
import socket
try:
    with socket.create_connection(('198.51.100.1', 5000), timeout=0.5, source_address=('$WEB', 0)) as inside:
        print('came in:', inside.recv(100))
except OSError as closed:
    print('closed:', closed)"
}
# Both sides of the translation: what comes in on each leg, and what goes out.
mirror
for leg in lan web; do
    on router tc filter add dev $leg egress protocol all u32 match u32 0 0 action mirred egress mirror dev span
done
capture span
come
head='POST / HTTP/1.1\r\nHost: www.example.test:21\r\nContent-Length: 66\r\nOrigin: http://www.example.test\r\nContent-Type: text/plain\r\n\
User-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/3.6\r\nAccept: */*\r\n\r\nfield=0123456789012345678901234567890\r\n'
on client python3 "$TOOLS/send.py" $WEB 21 "$head" 'PORT 192,168,1,5,19,136\r\n\r\n'
come
