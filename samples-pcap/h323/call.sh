# Both ends of a call over a router with the kernel's own H.323 gateway.

# inside ADDRESS: another machine of the client's network, of which the one service greets.
inside() {
    on client ip address add "$1/24" dev eth0
    spawn client python3 -c '
import socket, sys
listener = socket.create_server((sys.argv[1], 8022))
while True:
    listener.accept()[0].sendall(b"nobody outside should read this\n")' "$1"
    wait_port client 8022
}

# both CASE [THIRD:PORT]: the caller is the client.
both() {
    spawn server python3 "$TOOLS/h323.py" callee "$1" 192.168.1.5 "$WEB" "${@:2}"
    wait_port server 1720
    on client python3 "$TOOLS/h323.py" caller "$1" 192.168.1.5 "$WEB" "${@:2}"
    answer
}
