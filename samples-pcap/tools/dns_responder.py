"""Answers every A question with one address, others with none: dns_responder.py ADDRESS"""
import socket
import sys

A = 1
address = socket.inet_aton(sys.argv[1])
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("198.51.100.53", 53))
while True:
    query, client = server.recvfrom(4096)
    end = query.index(b"\0", 12) + 5  # the name, its type and class
    question = query[12:end]
    found = int.from_bytes(question[-4:-2], "big") == A
    # 0x8580: an answer from the authority itself, recursion offered
    reply = query[:2] + b"\x85\x80\0\1" + (b"\0\1" if found else b"\0\0") + b"\0\0\0\0" + question
    if found:
        reply += b"\xc0\x0c\0\1\0\1" + (300).to_bytes(4, "big") + b"\0\4" + address
    server.sendto(reply, client)
