"""DNS server: dns_responder.py [NAME=ANSWER[,ANSWER...][@TTL]...] [ADDRESS]

An ANSWER is an IPv4 address, or another NAME for which it is an alias. A NAME given more than once gets
its answers one after another. ADDRESS is the answer for every other name; without it there is none. Over
UDP and TCP; questions of other types than A get no answer."""
import ipaddress
import socket
import sys
import threading

A, CNAME = 1, 5
names, other = {}, None
for argument in sys.argv[1:]:
    if "=" in argument:
        name, answers = argument.split("=")
        answers, _, ttl = answers.partition("@")
        names.setdefault(name, []).append((answers.split(","), int(ttl or 300)))
    else:
        other = argument


def wire(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def records(name):
    """The records of a name and of what it is an alias for."""
    told = names.get(name)
    if not told:
        return [(name, A, ipaddress.ip_address(other).packed, 300)] if other else []
    answers, ttl = told.pop(0) if len(told) > 1 else told[0]
    found = []
    for answer in answers:
        if answer[0].isdigit():
            found.append((name, A, ipaddress.ip_address(answer).packed, ttl))
        else:
            found += [(name, CNAME, wire(answer), ttl)] + records(answer)
    return found


def answer(query):
    end = query.index(b"\0", 12) + 5  # the name, its type and class
    question, labels, at = query[12:end], [], 12
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode().lower())
        at += 1 + query[at]
    found = records(".".join(labels)) if int.from_bytes(question[-4:-2], "big") == A else []
    # 0x8580: an answer from the authority itself, recursion offered
    reply = query[:2] + b"\x85\x80\0\1\0" + bytes([len(found)]) + b"\0\0\0\0" + question
    for name, kind, data, ttl in found:
        owner = b"\xc0\x0c" if name == ".".join(labels) else wire(name)
        reply += owner + kind.to_bytes(2, "big") + b"\0\1" + ttl.to_bytes(4, "big") + len(data).to_bytes(2, "big") + data
    return reply


def serve_tcp():
    listener = socket.create_server(("198.51.100.53", 53))
    while True:
        connection, _ = listener.accept()
        with connection:
            while size := connection.recv(2):
                reply = answer(connection.recv(int.from_bytes(size, "big")))
                connection.sendall(len(reply).to_bytes(2, "big") + reply)


threading.Thread(target=serve_tcp, daemon=True).start()
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("198.51.100.53", 53))
while True:
    query, client = server.recvfrom(4096)
    server.sendto(answer(query), client)
