"""A game of states between a plugin and its server, in the clear or hidden.

    plugin_game.py server PORT [--mask | --tls CERTIFICATE]
    plugin_game.py client HOST PORT [--mask | --tls]

Each side says in turn where its player is: a length, a kind, a number and six floats. With --mask all bytes are
XORed with a key stream that both know, so that they look random, and with --tls they go through TLS."""
import random
import socket
import ssl
import struct
import sys

STATE = struct.Struct(">HBI6f")
TURNS = 40


class Masked:
    def __init__(self, connection, own, other):
        self.connection, self.own, self.other = connection, random.Random(own), random.Random(other)

    def sendall(self, data):
        self.connection.sendall(bytes(a ^ b for a, b in zip(data, self.own.randbytes(len(data)))))

    def recv(self, count):
        data = self.connection.recv(count, socket.MSG_WAITALL)
        return bytes(a ^ b for a, b in zip(data, self.other.randbytes(len(data))))


def say(connection, player, turn):
    connection.sendall(STATE.pack(STATE.size - 2, 1, turn, *(player.uniform(-100, 100) for _ in range(6))))


def hear(connection):
    data = b""
    while len(data) < STATE.size:
        data += connection.recv(STATE.size - len(data))


def play(connection, own, other, first):
    player = random.Random(own)  # the same at every run
    if "--mask" in sys.argv:
        connection = Masked(connection, own, other)
    for turn in range(TURNS):
        if first:
            say(connection, player, turn)
        hear(connection)
        if not first:
            say(connection, player, turn)


if sys.argv[1] == "server":
    listener = socket.create_server(("", int(sys.argv[2])))
    if "--tls" in sys.argv:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[-1])
        listener = context.wrap_socket(listener, server_side=True)
    with listener.accept()[0] as connection:
        play(connection, 1, 2, first=False)
else:
    with socket.create_connection((sys.argv[2], int(sys.argv[3])), timeout=5) as connection:
        if "--tls" in sys.argv:
            connection = ssl._create_unverified_context().wrap_socket(connection)
        play(connection, 2, 1, first=True)
