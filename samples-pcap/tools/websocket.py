"""A WebSocket talk after RFC 6455: websocket.py server [PORT] | websocket.py HOST [none|zero]

The client masks as it must, or not at all, or with zeros. The server echoes."""
import base64
import hashlib
import random
import socket
import sys

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
noise = random.Random(3)  # the same bytes at every run


def head(stream):
    """Read one HTTP head and return its header fields."""
    fields = {}
    print(stream.readline())
    while (line := stream.readline().strip()):
        name, value = line.decode().split(": ", 1)
        fields[name.lower()] = value
    return fields


def send(connection, kind, data, mask):
    size = bytes([len(data)]) if len(data) < 126 else b"\x7e" + len(data).to_bytes(2, "big")
    frame = bytes([0x80 | kind])
    if mask:  # only a client masks, and it must
        key = noise.randbytes(4) if mask is True else bytes(4)
        frame += bytes([size[0] | 0x80]) + size[1:] + key
        frame += bytes(byte ^ key[i % 4] for i, byte in enumerate(data))
    else:
        frame += size + data
    connection.sendall(frame)


def receive(stream):
    kind, size = stream.read(2)
    masked, size = size & 0x80, size & 0x7F
    if size == 126:
        size = int.from_bytes(stream.read(2), "big")
    key = stream.read(4) if masked else bytes(4)
    return kind & 15, bytes(byte ^ key[i % 4] for i, byte in enumerate(stream.read(size)))


def accept(key):
    return base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()


def server(port):
    connection, _ = socket.create_server(("", port)).accept()
    stream = connection.makefile("rb")
    fields = head(stream)
    connection.sendall((
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {accept(fields['sec-websocket-key'])}\r\n\r\n").encode())
    while True:
        kind, data = receive(stream)
        send(connection, PONG if kind == PING else kind, data, mask=False)
        if kind == CLOSE:
            return


def client(host, mask):
    host, _, port = host.partition(":")
    connection = socket.create_connection((host, int(port or 80)), timeout=5)
    stream = connection.makefile("rb")
    key = base64.b64encode(noise.randbytes(16)).decode()
    connection.sendall((
        "GET /chat HTTP/1.1\r\nHost: chat.example.net\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Origin: http://chat.example.net\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
    assert head(stream)["sec-websocket-accept"] == accept(key)
    for kind, data in ((TEXT, b"hello, room"), (BINARY, noise.randbytes(400)), (PING, b"still there?"),
                       (TEXT, b"GET / HTTP/1.1\r\nHost: intranet\r\n\r\n"), (CLOSE, (1000).to_bytes(2, "big"))):
        send(connection, kind, data, mask)
        print(receive(stream))
    stream.close()
    connection.close()  # at once: the end of a Python program takes so long that the server repeats its FIN


if sys.argv[1] == "server":
    server(int(sys.argv[2]) if len(sys.argv) > 2 else 80)
else:
    client(sys.argv[1], {"none": False, "zero": "zero"}.get(sys.argv[2]) if len(sys.argv) > 2 else True)
