"""Says STUN and TURN to a server by hand: turn_say.py udp|tcp HOST PORT MESSAGE...

MESSAGE is METHOD[,ATTRIBUTE=VALUE]...: binding, classic (RFC 3489), allocate, permission, channel, refresh, with
peer=ADDRESS:PORT, username=TEXT (escapes such as \\r\\n and \\x00), software=TEXT, lifetime=SECONDS, fingerprint=right or
wrong, attributes=COUNT (of a type that nobody knows). Each is sent by itself, and its answer waited for. No message is signed.
"""
import binascii
import os
import socket
import struct
import sys

COOKIE = 0x2112A442
METHODS = {"binding": 1, "classic": 1, "allocate": 3, "refresh": 4, "permission": 8, "channel": 9}


def attribute(kind, value):
    return struct.pack(">HH", kind, len(value)) + value + bytes(-len(value) % 4)


def address(text):
    host, port = text.rsplit(":", 1)
    veiled = struct.unpack(">I", socket.inet_aton(host))[0] ^ COOKIE
    return struct.pack(">BBHI", 0, 1, int(port) ^ COOKIE >> 16, veiled)


def message(words):
    method, *pairs = words.split(",")
    body, fingerprint = b"", None
    if method == "allocate":
        body += attribute(0x19, struct.pack(">B3x", 17))
    if method == "channel":
        body += attribute(0x0C, struct.pack(">H2x", 0x4001))
    for name, value in (pair.split("=", 1) for pair in pairs):
        text = value.encode().decode("unicode_escape").encode("latin-1")
        if name == "peer":
            body += attribute(0x12, address(value))
        elif name == "username":
            body += attribute(0x06, text)
        elif name == "software":
            body += attribute(0x8022, text)
        elif name == "lifetime":
            body += attribute(0x0D, struct.pack(">I", int(value)))
        elif name == "attributes":
            body += attribute(0xC123, b"many") * int(value)
        elif name == "fingerprint":
            fingerprint = 0x5354554E if value == "right" else 0x12345678
    cookie = os.urandom(4) if method == "classic" else struct.pack(">I", COOKIE)
    length = len(body) + (8 if fingerprint else 0)
    whole = struct.pack(">HH", METHODS[method], length) + cookie + os.urandom(12) + body
    if fingerprint:
        whole += attribute(0x8028, struct.pack(">I", binascii.crc32(whole) ^ fingerprint))
    return whole


kind = socket.SOCK_STREAM if sys.argv[1] == "tcp" else socket.SOCK_DGRAM
with socket.socket(socket.AF_INET, kind) as talk:
    talk.settimeout(1)
    talk.connect((sys.argv[2], int(sys.argv[3])))
    for words in sys.argv[4:]:
        talk.sendall(message(words))
        try:
            talk.recv(65536)
        except TimeoutError:
            pass  # a server need not answer what it does not like
