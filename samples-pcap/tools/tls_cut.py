"""A TLS client that cuts its ClientHello: tls_cut.py HOST PORT NAME RECORD_BYTES SEGMENT_BYTES

The hello goes out in records of RECORD_BYTES, which RFC 8446 section 5.1 allows, and those in segments of
SEGMENT_BYTES. Then the handshake goes on as usual and a page is asked for."""
import socket
import ssl
import sys
import time

host, port, name, record_bytes, segment_bytes = sys.argv[1], *map(str, sys.argv[2:4]), *map(int, sys.argv[4:6])
context = ssl._create_unverified_context()
received, to_send = ssl.MemoryBIO(), ssl.MemoryBIO()
tls = context.wrap_bio(received, to_send, server_hostname=name)
connection = socket.create_connection((host, int(port)), timeout=5)
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def until_done(step):
    while True:
        try:
            result = step()
            connection.sendall(to_send.read())
            return result
        except ssl.SSLWantReadError:
            connection.sendall(to_send.read())
            received.write(connection.recv(65536))


try:
    tls.do_handshake()
except ssl.SSLWantReadError:
    record = to_send.read()
    message = record[5:]
    parts = [message[at : at + record_bytes] for at in range(0, len(message), record_bytes)]
    wire = b"".join(record[:3] + len(part).to_bytes(2, "big") + part for part in parts)
    for at in range(0, len(wire), segment_bytes):
        connection.sendall(wire[at : at + segment_bytes])
        time.sleep(0.002)
until_done(tls.do_handshake)
until_done(lambda: tls.write(f"GET / HTTP/1.0\r\nHost: {name}\r\n\r\n".encode()))
print(len(until_done(lambda: tls.read(65536))), "bytes")
