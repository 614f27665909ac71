#!/usr/bin/env python3
"""Ask this machine's kernel what its gateways for irc, tftp, sane, amanda and pptp open, in many seeded conversations.

usage: small-gateways.py GATEWAY COUNT SEED FOLDER [v6]     (as root; iproute2, iptables, conntrack, tcpdump, ethtool)

Builds client, router and server in network namespaces, arms the gateway on its usual port, plays COUNT conversations and leaves
FOLDER/GATEWAY-SEED.pcap, what came by the router's inner leg, and FOLDER/GATEWAY-SEED.json: for each conversation the client's port
and the holes that the kernel opened, with their lifetimes. KernelBatchTest compares the model with them.

The sockets of both ends are this one process's, so each segment is read at the other end before the next one leaves. Before the next
conversation begins all holes are taken away, for the kernel refuses one that stands already. Now and then a packet of the conversation
is sent once more, as it was.
"""
import ctypes, json, os, random, re, socket, struct, subprocess, sys, time

NAMES = {"c": "small-cli", "r": "small-rtr", "s": "small-srv"}
PORTS = {"irc": 6667, "tftp": 69, "sane": 6566, "amanda": 10080, "pptp": 1723}
DATAGRAMS = ("tftp", "amanda")
ADDRESSES = {False: ("10.88.1.2", "10.88.2.2"), True: ("2001:db8:1::2", "2001:db8:2::2")}
ROUTER = {False: ("10.88.1.1", "10.88.2.1"), True: ("2001:db8:1::1", "2001:db8:2::1")}
OWN, THIRD, SERVER = 173539586, 173539661, 173539842   # 10.88.1.2, .77, 10.88.2.2

LIBC = ctypes.CDLL(None, use_errno=True)


def sh(command):
    subprocess.run(command, shell=True, check=True, capture_output=True)


def enter(side):
    handle = os.open(f"/run/netns/{NAMES[side]}", os.O_RDONLY)
    if LIBC.setns(handle, 0):
        raise OSError(ctypes.get_errno(), "setns")
    os.close(handle)


def tear_down():
    for name in NAMES.values():
        subprocess.run(["ip", "netns", "del", name], capture_output=True)


def build(gateway, v6):
    tear_down()
    for name in NAMES.values():
        sh(f"ip netns add {name}")
        sh(f"ip netns exec {name} sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0")
        sh(f"ip -n {name} link set lo up")
    sh(f"ip link add eth0 netns {NAMES['c']} type veth peer name lan netns {NAMES['r']}")
    sh(f"ip link add eth0 netns {NAMES['s']} type veth peer name wan netns {NAMES['r']}")
    bits = 64 if v6 else 24
    (client, server), (inner, outer) = ADDRESSES[v6], ROUTER[v6]
    for side, device, address in (("c", "eth0", client), ("r", "lan", inner), ("r", "wan", outer), ("s", "eth0", server)):
        sh(f"ip -n {NAMES[side]} addr add {address}/{bits} dev {device}")
        sh(f"ip -n {NAMES[side]} link set {device} up")
        sh(f"ip netns exec {NAMES[side]} ethtool -K {device} rx off tx off tso off gso off gro off")
    family = "-6" if v6 else "-4"
    sh(f"ip {family} -n {NAMES['c']} route add default via {inner}")
    sh(f"ip {family} -n {NAMES['s']} route add default via {outer}")
    sh(f"ip netns exec {NAMES['r']} sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1")
    tables = f"ip netns exec {NAMES['r']} {'ip6tables' if v6 else 'iptables'}"
    transport = "udp" if gateway in DATAGRAMS else "tcp"
    sh(f"{tables} -t raw -A PREROUTING -p {transport} --dport {PORTS[gateway]} -j CT --helper {gateway}")
    sh(f"{tables} -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED,NEW -j ACCEPT")


def flusher():
    """Takes all holes of the router away: IPCTNL_MSG_EXP_DELETE without a name."""
    enter("r")
    link = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
    link.bind((0, 0))

    def flush():
        for family in (socket.AF_INET, socket.AF_INET6):
            link.send(struct.pack("=IHHII", 20, 2 << 8 | 2, 5, 0, 0) + struct.pack("=BBH", family, 0, 0))
            link.recv(4096)

    return flush


# What is said: a list of (side, bytes), each a segment or a datagram.

def mutate(rng, data, rate):
    data = bytearray(data)
    while data and rng.random() < rate:
        at = rng.randrange(len(data))
        what = rng.randrange(4)
        if what == 0:
            del data[at]
        elif what == 1:
            data.insert(at, rng.choice(b" \r\n:\x01,0159PD\x00\xff"))
        elif what == 2:
            data[at] = rng.randrange(256)
        else:
            data = data[:at]
    return bytes(data)


def cut(rng, data, rate):
    """In one segment, or now and then in two."""
    if len(data) > 1 and rng.random() < rate:
        at = rng.randrange(1, len(data))
        return [data[:at], data[at:]]
    return [data] if data else []


def pick(rng, usual, *others):
    """Mostly the usual."""
    return usual if rng.random() < 0.88 else rng.choice(others)


def irc_offer(rng):
    command = pick(rng, "PRIVMSG", "privmsg", "PrivMsg", "NOTICE", "PONG", "PRIVMSG ", "XPRIVMSG", ":n!u@h PRIVMSG")
    target = pick(rng, "b", "friend", "#c", "a,b", "", "b b", "x :y", "t" * rng.randrange(40), "t" * rng.randrange(1300))
    colon = pick(rng, " :", ":", " : ", "  :", " ", " ::")
    dcc = pick(rng, "\x01DCC ", "\x01dcc ", "\x01DCC  ", "DCC ", "\x01DCC", "\x01\x01DCC ", "hello \x01DCC ")
    verb = pick(rng, rng.choice(["SEND ", "CHAT ", "MOVE ", "TSEND ", "SCHAT "]), "send ", "SEND", "RESUME ", "XSEND ", "SEND CHAT ", "",
                "RESUME x y :\x01DCC SEND ")
    name = rng.choice(["f.txt ", "f.txt ", "chat ", "c ", "", " ", "a b ", '"a b.txt" ', "f" * rng.randrange(30) + " ", "\xff "])
    address = pick(rng, OWN, THIRD, SERVER, 0, OWN + 2 ** 32, OWN + 2 ** 64, OWN + 2 ** 66, OWN - 2 ** 32, OWN - 1)
    address = pick(rng, "%d", "0%d", "0000000000%d", " %d", "%dx", "+%d") % address
    blanks = " " * pick(rng, 1, 0, 2, 3)
    port = rng.choice(["5000", "5001", "5002", "5003", "1", "9", "22", "80", "1023", "1024", "65535"] * 2
                      + ["0", "65536", "65558", "70000", "4294967376", "18446744073709551696", "-1", "", "abc", "5000a", "05000"])
    rest = rng.choice(["", "", " 99", " 99 7", " ", "x" * rng.randrange(30)])
    end = pick(rng, "\x01\r\n", "\x01\n", "\r\n", "\n", "\x01", "", "\x01\r", "\x01\r\nPING x\r\n")
    return f"{command} {target}{colon}{dcc}{verb}{name}{address}{blanks}{port}{rest}{end}".encode("latin-1")


def irc(rng):
    talk = []
    if rng.random() < 0.3:
        talk.append(("c", b"NICK a\r\nUSER a 0 * :a\r\n"))
    if rng.random() < 0.2:
        talk.append(("s", b":x 001 a :hi\r\n" if rng.random() < 0.5 else irc_offer(rng)))
    for _ in range(rng.choice([1, 1, 2, 3, 11])):
        before = rng.choice([b""] * 8 + [b"\r\n", b"   ", b"\n \r\n  ", b"NICK a\r\n", b"\t", b" " * rng.randrange(60)])
        offer = b"".join(irc_offer(rng) for _ in range(rng.choice([1, 1, 1, 2])))
        if rng.random() < 0.03:
            before = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n"
        talk += [("c", part) for part in cut(rng, mutate(rng, before + offer, 0.15), 0.07)]
    return talk


def tftp(rng):
    talk = []
    for i in range(rng.choice([1, 1, 2, 3])):
        opcode = struct.pack(rng.choice([">H"] * 4 + ["<H"]), rng.choice([1, 1, 2, 0, 3, 4, 5, 6, 257, 513]))
        rest = rng.choice([b"boot.bin\0octet\0", b"", b"\0", b"x" * rng.randrange(600)])
        side = "s" if i and rng.random() < 0.5 else "c"
        talk.append((side, mutate(rng, opcode + rest, 0.2)))
    return talk


def sane(rng):
    talk = []
    for turn in range(rng.randrange(2, 7)):
        if turn % 2 == 0 if rng.random() < 0.85 else rng.random() < 0.5:
            request = struct.pack(">II", pick(rng, 7, 0, 2, 8, 7 << 24, 263), rng.randrange(3))
            request = pick(rng, request, request + b"\0", request[:7], request[:4], request * 2)
            talk += [("c", part) for part in cut(rng, mutate(rng, request, 0.1), 0.1)]
        else:
            status = pick(rng, 0, 1, 7, 1 << 24)
            port = rng.choice([5000, 5000, 0, 1, 22, 1023, 65535, rng.randrange(65536)])
            reply = struct.pack(">IHH", status, pick(rng, 0, 1, 256), port)
            reply = rng.choice([reply + b"\0\0\x12\x34\0\0\0\0", reply, reply[:7], reply[:4], reply * 2])
            talk += [("s", part) for part in cut(rng, mutate(rng, reply, 0.1), 0.1)]
    return talk


def amanda(rng):
    talk = [("c", b"Amanda 2.6 REQ HANDLE 0 SEQ 1\n")]
    for _ in range(rng.choice([1, 1, 2, 3])):
        words = []
        for word in rng.sample(["DATA", "MESG", "INDEX", "STATE", "data", "XDATA", "DATA"], rng.randrange(5)):
            port = rng.choice(["5000", "5001", "5002", "0", "22", "65535", "65536", "65537", "70000", "123456", "", "x", "05003", "1"])
            words.append(word + rng.choice([" "] * 6 + ["  ", ""]) + port)
        head = rng.choice(["CONNECT "] * 8 + ["CONNECT", "connect ", "CONNECT CONNECT ", "XCONNECT ", "CONNECT \nCONNECT "])
        before = rng.choice(["Amanda 2.6 REP HANDLE 0 SEQ 1\n", "", "DATA 1\n", "C", "CONNECT", "x" * rng.randrange(300)])
        end = rng.choice(["\n"] * 6 + ["", "\r\n", "\nDATA 9\n"])
        text = before + head + rng.choice([" ", " ", "", ","]).join(words) + end
        talk.append((rng.choice("sssssc"), mutate(rng, text.encode(), 0.25)))
    return talk


BODIES = (0, 144, 144, 4, 4, 0, 0, 156, 20, 208, 12, 16, 4, 136, 28, 12)


def pptp_message(rng, kind, client_call, server_call):
    body = bytearray(BODIES[kind] if kind < len(BODIES) else 8)
    granted = rng.choice([1] * 9 + [0, 2])
    other = rng.choice([0] * 9 + [1])
    if kind == 2:
        body[0:4] = struct.pack(">HBB", 256, granted, 0)
    elif kind == 4:
        body[0] = granted
    elif kind == 7:
        body[0:2] = struct.pack(">H", client_call)
    elif kind == 8:
        body[0:5] = struct.pack(">HHB", server_call, client_call + other, granted)
    elif kind == 9:
        body[0:2] = struct.pack(">H", server_call)
    elif kind == 10:
        body[0:5] = struct.pack(">HHB", client_call, server_call + other, granted)
    elif kind == 11:
        body[0:2] = struct.pack(">H", client_call + other)
    magic = rng.choice([0x1a2b3c4d] * 30 + [0x1a2b3c4e])
    packet = struct.pack(">HHIHH", len(body) + 12, rng.choice([1] * 30 + [2]), magic, kind, 0) + bytes(body)
    return packet[:rng.randrange(1, len(packet))] if rng.random() < 0.03 else packet + rng.choice([b""] * 8 + [b"more"])


def pptp(rng):
    talk = []
    client_call, server_call = rng.randrange(65000), rng.randrange(65000)
    order = [("c", 1), ("s", 2)]
    for _ in range(rng.choice([1, 1, 2, 3])):
        order += rng.choice([[("c", 7), ("s", 8)]] * 3 + [[("s", 9), ("c", 10), ("s", 11)], [("c", 12), ("s", 13)], [("s", 13)]])
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        order.insert(rng.randrange(len(order) + 1), (rng.choice("cs"), rng.randrange(17)))
    if rng.random() < 0.2:
        order.pop(rng.randrange(len(order)))
    for side, kind in order:
        if rng.random() < 0.1:
            client_call = rng.randrange(65000)
        if rng.random() < 0.1:
            server_call = rng.randrange(65000)
        talk.append((side, pptp_message(rng, kind, client_call, server_call)))
    return talk


class Wire:
    """What one end sends, seen and sent again as it was."""

    def __init__(self, side):
        enter(side)
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        self.socket.bind(("eth0", 0))
        self.socket.setblocking(False)
        self.sent = []

    def look(self):
        """Keeps the TCP packets with payload that have left since."""
        while True:
            try:
                frame, source = self.socket.recvfrom(65535)
            except BlockingIOError:
                return
            if source[2] == 4 and frame[12:14] == b"\x08\x00" and frame[23] == 6:     # outgoing, IPv4
                header = 14 + 20 + (frame[46] >> 4) * 4
                if len(frame) > header:
                    self.sent.append(frame)

    def forget(self):
        self.look()
        self.sent.clear()

    def again(self, rng):
        self.look()
        if self.sent:
            self.socket.send(rng.choice(self.sent))


def converse(gateway, v6, port, talk, listener, wires, rng):
    """Plays one conversation from this port of the client; returns the holes of PPTP."""
    stood = []

    def look():
        if gateway == "pptp":
            stood.extend(hole for hole in standing() if hole not in stood)

    (client, server), family = ADDRESSES[v6], socket.AF_INET6 if v6 else socket.AF_INET
    datagrams = gateway in DATAGRAMS
    enter("c")
    one = socket.socket(family, socket.SOCK_DGRAM if datagrams else socket.SOCK_STREAM)
    one.bind((client, port))
    one.settimeout(2)
    one.connect((server, PORTS[gateway]))
    other = listener
    if not datagrams:
        other, _ = listener.accept()
        for end in (one, other):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    other.settimeout(2)
    for side, data in talk:
        if datagrams:
            one.send(data) if side == "c" else other.sendto(data, (client, port))
            (other if side == "c" else one).recv(65535)
        else:
            (one if side == "c" else other).sendall(data)
            got = 0
            while got < len(data):
                got += len((other if side == "c" else one).recv(65535))
            look()
            if rng.random() < 0.1 and not v6:
                wires[rng.choice("cs")].again(rng)
                time.sleep(0.002)
                look()
    one.close()
    if not datagrams:
        other.close()
    return stood


def hole(text):
    """Of a line of conntrack's or of the kernel's table, whose clock may have gone on by a second; a GRE hole has keys instead of ports."""
    found = re.search(r"(\d+) (?:l3proto = \d+ )?proto=(\d+) src=(\S+) dst=(\S+) \S+ (?:dport=(\d+))?", text)
    mask = re.search(r"mask-src=(\S+)", text)
    return {"proto": {6: "TCP", 17: "UDP", 47: "GRE"}[int(found[2])], "seconds": round(int(found[1]), -1),
            "from_ip": None if mask and set(mask[1]) <= set("0.:") else found[3], "to_ip": found[4], "to_port": int(found[5] or 0)}


def standing():
    """The holes that stand now. PPTP's gateway makes some and takes them back for the same packet: those never stood."""
    enter("r")
    with open("/proc/thread-self/net/nf_conntrack_expect") as table:
        return [hole(line) for line in table]


def opened_by(lines):
    """By the client's port."""
    opened = {}
    for line in lines:
        if "[NEW]" in line:
            client = int(re.search(r"master-dst=\S+ sport=(\d+)", line)[1])
            opened.setdefault(client, []).append(hole(line))
    return opened


def main():
    gateway, count, seed, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    v6 = "v6" in sys.argv[5:]
    rng = random.Random(f"{gateway} {seed}")
    base = os.path.join(os.path.abspath(folder), f"{gateway}{'-v6' if v6 else ''}-{seed}")
    build(gateway, v6)
    started = []
    try:
        flush = flusher()
        started.append(subprocess.Popen(
            ["tcpdump", "-qUni", "lan", "--immediate-mode", "-Z", "root", "-w", base + ".pcap",
             "port", str(PORTS[gateway])], stderr=subprocess.DEVNULL))
        said = open(base + ".events", "w")
        started.append(subprocess.Popen(
            ["stdbuf", "-oL", "conntrack", "-E", "expect"], stdout=said, stderr=subprocess.DEVNULL))
        time.sleep(1.5)
        enter("s")
        family = socket.AF_INET6 if v6 else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_DGRAM if gateway in DATAGRAMS else socket.SOCK_STREAM)
        listener.bind((ADDRESSES[v6][1], PORTS[gateway]))
        if gateway not in DATAGRAMS:
            listener.listen(8)
        wires = {side: Wire(side) for side in "cs"}
        conversations = []
        for i in range(count):
            port = 20000 + i
            for wire in wires.values():
                wire.forget()
            talk = [item for item in globals()[gateway](rng) if item[1] or gateway in DATAGRAMS]
            conversations.append({"client_port": port, "holes": converse(gateway, v6, port, talk, listener, wires, rng)})
            flush()
        time.sleep(1)
    finally:
        for process in started:
            process.terminate()
            process.wait(timeout=10)
        tear_down()
    said.close()
    with open(base + ".events") as lines:
        opened = opened_by(lines.read().splitlines())
    os.remove(base + ".events")
    for conversation in conversations:
        if gateway != "pptp":
            conversation["holes"] = opened.get(conversation["client_port"], [])
    with open(base + ".json", "w") as out:
        json.dump({"helper": gateway, "port": PORTS[gateway], "kernel": "Linux " + os.uname().release,
                   "conversations": conversations}, out, separators=(",", ":"))
        out.write("\n")
    print(f"{base}: {count} conversations, {sum(len(each['holes']) for each in conversations)} holes")


if __name__ == "__main__":
    sys.exit(main())
