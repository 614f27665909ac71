r"""A browser plugin's socket: plugin_client.py HOST PORT [--policy PORT...] [--nul] [--send BYTES]

First it asks for the policy on the given ports, in order, until one answers, as the
plugins do: Silverlight without a NUL, Flash with one. Then it connects to PORT and
sends BYTES (with \r, \n, \x.. escapes), or some binary messages if none are given."""
import argparse
import random
import socket
import time

parser = argparse.ArgumentParser()
parser.add_argument("host")
parser.add_argument("port", type=int)
parser.add_argument("--policy", type=int, nargs="*", default=[])
parser.add_argument("--nul", action="store_true")
parser.add_argument("--send")
arguments = parser.parse_args()


def connect(port):
    return socket.create_connection((arguments.host, port), timeout=5)


def policy():
    for port in arguments.policy:
        try:
            connection = connect(port)
        except ConnectionRefusedError:
            continue
        with connection:
            connection.sendall(b"<policy-file-request/>" + (b"\0" if arguments.nul else b""))
            answer = b""
            while data := connection.recv(4096):
                answer += data
            return answer.decode()
    return "no policy asked"


print(policy())
time.sleep(0.2)
with connect(arguments.port) as connection:
    if arguments.send:
        connection.sendall(arguments.send.encode().decode("unicode_escape").encode("latin-1"))
        print(connection.recv(4096))
    else:
        noise = random.Random(2)  # the same bytes at every run
        for size in (24, 130, 61, 300):
            connection.sendall(size.to_bytes(2, "big") + noise.randbytes(size))
            print(len(connection.recv(4096)), "bytes")
            time.sleep(0.05)
