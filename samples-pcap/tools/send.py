r"""Send given bytes and read the answer: send.py HOST PORT BYTES...

Each BYTES argument (with \r, \n, \x.. escapes) leaves in a segment of its own."""
import socket
import sys
import time

connection = socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=1)
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
for argument in sys.argv[3:]:
    connection.sendall(argument.encode().decode("unicode_escape").encode("latin-1"))
    time.sleep(0.1)
try:
    while data := connection.recv(65536):
        sys.stdout.write(data.decode("latin-1"))
except TimeoutError:
    pass  # a server that keeps the connection open has said all it had to say
