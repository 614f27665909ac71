"""Host that takes part in a data connection: data_host.py PORT [TEXT]

With TEXT it sends that and closes; without, it reads to the end."""
import socket
import sys

listener = socket.create_server(("", int(sys.argv[1])), family=socket.AF_INET6, dualstack_ipv6=True)
while True:
    connection, _ = listener.accept()
    with connection:
        if len(sys.argv) > 2:
            connection.sendall(sys.argv[2].encode())
        else:
            while connection.recv(4096):
                pass
