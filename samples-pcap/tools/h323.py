"""Two ends of an H.323 call without sound: h323.py SIDE CASE CALLER CALLEE [THIRD:PORT]

SIDE is caller or callee: both follow the same script. CASE is
  call         Setup, CallProceeding, Alerting, Connect with an address for H.245; capabilities, roles and a channel for G.711 each
               way are agreed there; ten packets of silence each way; ReleaseComplete
  callforward  Setup, CallProceeding, and a Facility by which the caller forwards the call to THIRD; the callee goes there
  turn         one TURN Allocate over TCP whose user's name holds that Facility, where the second segment begins; the callee goes there

The messages are H.225.0 (version 4) in Q.931 and H.245 (version 7), in packed encoding rules, written by hand.
"""
import os
import socket
import struct
import sys
import time

CALLS, CONTROL, CALLER_MEDIA, CALLEE_MEDIA = 1720, 5_245, 5_004, 6_004
H225, H245 = bytes([0, 8, 0x91, 0x4A, 0, 4]), bytes([0, 8, 0x81, 0x75, 0, 7])
CALL, CONFERENCE = bytes(range(16)), bytes(range(16, 32))


class Per:
    """Writes aligned PER."""

    def __init__(self):
        self.bits = ""

    def put(self, bits):
        self.bits += bits.replace(" ", "")
        return self

    def octets(self, data):
        self.bits += "0" * (-len(self.bits) % 8) + "".join(f"{octet:08b}" for octet in data)
        return self

    def counted(self, data):
        return self.octets(bytes([len(data)]) if len(data) < 128 else struct.pack(">H", 0x8000 | len(data))).octets(data)

    def done(self):
        self.bits += "0" * (-len(self.bits) % 8)
        return bytes(int(self.bits[i:i + 8], 2) for i in range(0, len(self.bits), 8))


def endpoint(at):
    return socket.inet_aton(at[0]) + struct.pack(">H", at[1])


def extension(per, parts):
    """The parts behind the mark, by their place."""
    count = max(parts) + 1
    per.put(f"{count - 1:07b}" + "".join("1" if place in parts else "0" for place in range(count)))
    for place in sorted(parts):
        per.counted(parts[place])
    return per


def tpkt(data):
    return struct.pack(">BBH", 3, 0, len(data) + 4) + data


def q931(kind, reference, body):
    """A body, behind its place among the kinds, in the user-to-user element; no H.245 inside."""
    user = Per().put("0 0 1 0").put(body).bits
    per = Per().put(user)
    extension(per, {1: Per().put("0").done()})
    data = b"\5" + per.done()
    called = bytes([4, 3, 0x88, 0xC0, 0xA5]) if kind == 5 else b""  # a SETUP says which bearer it is for
    return tpkt(bytes([8, 2]) + struct.pack(">H", reference) + bytes([kind]) + called + b"\x7e" + struct.pack(">H", len(data)) + data)


TERMINAL = "0 000001 0 0 0 0"
IDENTIFIER = Per().put("0").octets(CALL).done()


def aligned(head, build):
    """The bits of a body that begins four bits and those of its head into the octet string."""
    per = Per().put("0 0 1 0 " + head)
    build(per)
    return per.bits[4:]


def setup():
    def body(per):
        per.put("1 0 1 1 0 0 0 0").counted(H225)
        for name in ("alice", "bob"):
            per.octets(b"\1").put("0 1").octets(bytes([len(name) - 1])).octets(name.encode("utf-16-be"))
            per.put(TERMINAL if name == "alice" else "")
        per.put("0").octets(CONFERENCE).put("0 00 0 00")
        extension(per, {2: IDENTIFIER, 7: b"\0", 8: b"\0", 10: b"\0", 11: b"\0"})

    return q931(5, 1, aligned("0 000", body))


def progress(kind, place):
    def body(per):
        per.put("1 0").counted(H225).put(TERMINAL)
        extension(per, {0: IDENTIFIER, 5: b"\0", 6: b"\0"})

    return q931(kind, 0x8001, aligned("0 " + place, body))


def connect(control):
    def body(per):
        per.put("1 1").counted(H225).put("0 000").octets(endpoint(control)).put(TERMINAL).octets(CONFERENCE)
        extension(per, {0: IDENTIFIER, 5: b"\0", 6: b"\0"})

    return q931(7, 0x8001, aligned("0 010", body))


def facility(to):
    def body(per):
        per.put("1 1 0 0").counted(H225).put("0 000").octets(endpoint(to)).put("0 01")
        extension(per, {0: IDENTIFIER})

    return q931(0x62, 1, aligned("0 110", body))


def release_complete():
    def body(per):
        per.put("1 1").counted(H225).put("0 1011")
        extension(per, {0: IDENTIFIER})

    return q931(0x5A, 1, aligned("0 101", body))


def unicast(per, at):
    return per.put("0 0 0 000 0").octets(endpoint(at))


def channel(number, control):
    parameters = Per().put("0 0000 1 0 1 000").octets(b"\1")
    unicast(parameters, control).put("0")
    per = Per().put("0 00 0 0011 0 0").octets(struct.pack(">H", number - 1)).put("0 0 0 011 0 0011").octets(bytes([19]))
    per.put("1 0000000").counted(parameters.done())
    return tpkt(per.done())


def channel_ack(number, media, control):
    parameters = Per().put("0 0 0 1 1 1 0 00000000")
    unicast(unicast(parameters, media), control)
    per = Per().put("0 01 0 00101 1 0").octets(struct.pack(">H", number - 1))
    extension(per, {1: parameters.done()})
    return tpkt(per.done())


def capability_set():
    return tpkt(Per().put("0 00 0 0010 0 000").octets(b"\1").counted(H245).done())


def capability_set_ack():
    return tpkt(Per().put("0 01 0 00011 0").octets(b"\1").done())


def determination(number):
    return tpkt(Per().put("0 00 0 0001 0").octets(bytes([50])).put("10").octets(number.to_bytes(3, "big")).done())


def determination_ack(master):
    return tpkt(Per().put("0 01 0 00001 0 0 " + ("0" if master else "1")).done())


def turn(segment, to):
    """Allocate, as long as a segment and a Facility; the name begins behind two headers and the requested transport."""
    before = 20 + 8 + 4
    name = b"^" * (segment - before) + facility(to)
    body = struct.pack(">HHB3x", 0x19, 4, 17) + struct.pack(">HH", 6, len(name)) + name + bytes(-len(name) % 4)
    return struct.pack(">HHI", 3, len(body), 0x2112A442) + os.urandom(12) + body


def talk(side, socket_, script):
    for who, data in script:
        if who == side:
            socket_.sendall(data)
            time.sleep(0.05)
        else:
            left = len(data)
            while left:
                left -= len(socket_.recv(left))


def connected(side, caller, at):
    """A connection from the caller's side to that endpoint."""
    if side == caller:
        return socket.create_connection(at, 3)
    with socket.create_server(at) as listener:
        listener.settimeout(10)
        return listener.accept()[0]


def media(side, caller, callee):
    ours, theirs = ((caller, CALLER_MEDIA), (callee, CALLEE_MEDIA))[::1 if side == "caller" else -1]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as rtp:
        rtp.bind(ours)
        time.sleep(0.1)
        for number in range(10):
            rtp.sendto(struct.pack(">BBHII", 0x80, 0, number, number * 160, 0x5EED) + b"\xff" * 160, theirs)
            time.sleep(0.02)
        time.sleep(0.2)


def call(side, caller, callee):
    with connected(side, "caller", (callee, CALLS)) as calls:
        talk(side, calls, [("caller", setup()), ("callee", progress(2, "001")), ("callee", progress(1, "011"))])
        if side == "callee":
            listener = socket.create_server((callee, CONTROL))
        talk(side, calls, [("callee", connect((callee, CONTROL)))])
        control = socket.create_connection((callee, CONTROL), 3) if side == "caller" else listener.accept()[0]
        with control:
            talk(side, control, [
                ("caller", capability_set()), ("callee", capability_set()), ("caller", capability_set_ack()),
                ("callee", capability_set_ack()), ("caller", determination(0x123456)), ("callee", determination_ack(True)),
                ("caller", determination_ack(False)), ("caller", channel(101, (caller, CALLER_MEDIA + 1))),
                ("callee", channel_ack(101, (callee, CALLEE_MEDIA), (callee, CALLEE_MEDIA + 1))),
                ("callee", channel(201, (callee, CALLEE_MEDIA + 1))),
                ("caller", channel_ack(201, (caller, CALLER_MEDIA), (caller, CALLER_MEDIA + 1)))])
            media(side, caller, callee)
            talk(side, calls, [("caller", release_complete())])


def forwarded(side, caller, callee, to, messages):
    with connected(side, "caller", (callee, CALLS)) as calls:
        script = messages(calls)
        talk(side, calls, script)
        if side == "callee":
            time.sleep(0.3)
            with socket.create_connection(to, 3, (callee, 0)) as inside:
                print(inside.recv(100), flush=True)
        else:
            calls.settimeout(5)
            calls.recv(1)  # until the callee has been there


def main():
    side, case, caller, callee = sys.argv[1:5]
    if case == "call":
        return call(side, caller, callee)
    host, port = sys.argv[5].split(":")
    to = (host, int(port))
    if case == "callforward":
        script = [("caller", setup()), ("callee", progress(2, "001")), ("caller", facility(to))]
        return forwarded(side, caller, callee, to, lambda calls: script)
    return forwarded(side, caller, callee, to,
                     lambda calls: [("caller", turn(calls.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG), to))])


if __name__ == "__main__":
    main()
