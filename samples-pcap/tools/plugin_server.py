"""Server side of a plugin game: plugin_server.py [--policy FILE] PORT...

On every port alike: a connection that begins with a policy request gets the policy
and is closed; any other gets a binary message for each thing it says. With a FILE,
every request gets what is in it, an empty one nothing."""
import argparse
import random
import selectors
import socket
import threading

REQUESTS = b"<policy-file-request/>", b"<cross-domain-request/>"
SILVERLIGHT = b"""<?xml version="1.0" encoding="utf-8"?>
<access-policy>
  <cross-domain-access>
    <policy>
      <allow-from http-request-headers="*"><domain uri="*"/></allow-from>
      <grant-to><socket-resource port="4502-4534" protocol="tcp"/></grant-to>
    </policy>
  </cross-domain-access>
</access-policy>
"""
FLASH = b"""<?xml version="1.0"?>
<cross-domain-policy>
  <site-control permitted-cross-domain-policies="master-only"/>
  <allow-access-from domain="*" to-ports="4502-4534"/>
</cross-domain-policy>
\0"""

parser = argparse.ArgumentParser()
parser.add_argument("--policy")
parser.add_argument("ports", type=int, nargs="+")
arguments = parser.parse_args()


def policy(request):
    if arguments.policy:
        with open(arguments.policy, "rb") as file:
            return file.read()
    # The NUL tells the two plugins apart.
    return FLASH if request.endswith(b"\0") else SILVERLIGHT


def message(noise):
    body = noise.randbytes(noise.randint(20, 200))
    return len(body).to_bytes(2, "big") + body


def serve(connection):
    noise = random.Random(1)  # the same bytes at every run
    with connection:
        while data := connection.recv(4096):
            if data.startswith(REQUESTS):
                connection.sendall(policy(data))
                return
            connection.sendall(message(noise))


selector = selectors.DefaultSelector()
for port in arguments.ports:
    selector.register(socket.create_server(("", port)), selectors.EVENT_READ)
while True:
    for key, _ in selector.select():
        threading.Thread(target=serve, args=(key.fileobj.accept()[0],), daemon=True).start()
