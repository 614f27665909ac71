"""Silverlight's multicast policy protocol, by Microsoft's sample server:

multicast_policy.py announce ADDRESS GROUP PORT ORIGIN   announce to the group or the source, three times
multicast_policy.py serve                                authorize whoever announces itself"""
import socket
import struct
import sys
import time

PORT = 9430


def message(kind, identifier, port, origin, group):
    return b"SL\0\1" + struct.pack("<B4sHHB", kind, identifier, port, len(origin), len(group)) + origin + group


here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
if sys.argv[1] == "announce":
    address, group, port, origin = sys.argv[2:]
    here.settimeout(0.3)
    for _ in range(3):
        here.sendto(message(0, b"\1\2\3\4", int(port), origin.encode(), socket.inet_aton(group)), (address, PORT))
        try:
            print(here.recv(2048))
        except TimeoutError:
            print("no answer")
        time.sleep(0.1)
else:
    here.bind(("", PORT))
    while True:
        data, peer = here.recvfrom(2048)
        here.sendto(data[:4] + b"\1" + data[5:], peer)
