#!/usr/bin/env python3
"""Ask the kernel's SIP gateway about seeded conversations, many of them in one setup of network namespaces.

usage: sip-kernel.py FOLDER [SEED [COUNT]]     as root; needs iproute2, iptables, conntrack, tcpdump, ethtool

Writes FOLDER/sip-kernel.pcap.gz, what came to the router in the order in which it came, and FOLDER/sip-kernel.txt.gz, a line for each
conversation: the client's address, then what the kernel did, separated by tabs: `+` a hole opened, `-` a hole shut, `!` the datagram of
this number dropped, `=` a hole that stood at the end and whether it let anybody in. SipKernelTest compares that with the model.
"""
import ctypes, gzip, ipaddress, os, random, re, resource, select, socket, subprocess, sys, time

PREFIX = f"sipk{os.getpid()}"
NS = {who: f"{PREFIX}-{who}" for who in ("c", "r", "s")}
SERVER = {4: "10.99.0.2", 6: "2001:db8:99::2"}
PORTS = 20000
libc = ctypes.CDLL(None, use_errno=True)


def sh(command, check=True):
    return subprocess.run(command, shell=True, check=check, text=True, capture_output=True).stdout


def enter(who):
    with open(f"/run/netns/{NS[who]}") as file:
        if libc.setns(file.fileno(), 0x40000000):
            raise OSError(ctypes.get_errno(), "setns")


def client(number, version):
    high, low = number // 250, number % 250 + 1
    return str(ipaddress.ip_address(f"10.98.{high}.{low}" if version == 4 else f"2001:db8:98::{high:x}:{low:x}"))


def setup(conversations):
    for name in NS.values():
        sh(f"ip netns add {name}; ip -n {name} link set lo up")
    for leg, host, ours, theirs in (("lan", "c", "10.98.255.1/16 2001:db8:98::ffff:1/64", "10.98.255.2/16 2001:db8:98::ffff:2/64"),
                                    ("wan", "s", "10.99.0.1/16 2001:db8:99::1/64", "10.99.0.2/16 2001:db8:99::2/64")):
        sh(f"ip link add eth0 netns {NS[host]} type veth peer name {leg} netns {NS['r']}")
        for ns, device, addresses in ((NS["r"], leg, ours), (NS[host], "eth0", theirs)):
            sh(f"ip netns exec {ns} sysctl -qw net.ipv6.conf.{device}.accept_dad=0")
            for address in addresses.split():
                sh(f"ip -n {ns} addr add {address} dev {device}")
            sh(f"ip -n {ns} link set {device} up")
            sh(f"ip netns exec {ns} ethtool -K {device} rx off tx off tso off gso off gro off")
            sh(f"ip netns exec {ns} sysctl -qw net.core.rmem_max=1000000", check=False)
        gateways = [address.split("/")[0] for address in ours.split()]
        sh(f"ip -n {NS[host]} route add default via {gateways[0]}; ip -n {NS[host]} -6 route add default via {gateways[1]}")
    # A client for each conversation, so that no hole of one is in the way of another's.
    batch = "".join(f"addr add {client(c['number'], c['version'])}/{16 if c['version'] == 4 else 64} dev eth0{' nodad' if c['version'] == 6 else ''}\n"
                    for c in conversations)
    subprocess.run(["ip", "-n", NS["c"], "-batch", "-"], input=batch, text=True, check=True)
    on = f"ip netns exec {NS['r']}"
    sh(f"{on} sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.netfilter.nf_conntrack_expect_max=65536")
    for iptables in ("iptables", "ip6tables"):
        for protocol in ("tcp", "udp"):
            sh(f"{on} {iptables} -t raw -A PREROUTING -p {protocol} --dport {PORTS}:{PORTS + 9999} -j CT --helper sip")
        sh(f"{on} {iptables} -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED,NEW -j ACCEPT")


def teardown():
    for name in NS.values():
        sh(f"ip netns del {name}", check=False)


# ---- conversations

ALPHABET = b"\r\n \t:;,<>@0159=sipm/\x00\xe4\xffA"


class Talk:
    """One seeded conversation: lines as phones write them, with what is sometimes wrong with them."""

    def __init__(self, seed, number):
        self.r = random.Random(f"{seed}/{number}")
        r = self.r
        self.number, self.version = number, 6 if r.random() < 0.15 else 4
        self.proto = r.choice(("tcp", "tcp", "udp"))
        self.c, self.s = client(number, self.version), SERVER[self.version]
        self.port = PORTS + number
        self.odd = r.choice((0, 0, 0.03, 0.1, 0.25))    # how much is out of the ordinary
        self.dirt = r.choice((0, 0, 0, 0.3))            # how many messages have a few bytes changed
        self.cseq, self.segments = r.choice((1, 2, 7)), []
        self.build()

    def often(self, usual, *others):
        return usual if self.r.random() >= self.odd else self.r.choice(others)

    def some(self, *values):
        return self.r.choice(values)

    def host(self, own, other):
        bracket = "[%s]" if self.version == 6 else "%s"
        full = "2001:0db8:0098:0000:0000:0000:" + own[len("2001:db8:98::"):] if own.startswith("2001:db8:98::") else own
        zeros = own.replace(".", ".0") if self.version == 4 else full
        return self.often(bracket % own, bracket % other, "h.example", own, "[" + own, bracket % zeros, bracket % (own + ".1"), "010.1.2",
                          bracket % own.upper(), "[" + own + "]", own + "a", bracket % "10.88.1.300", bracket % "0000000010.98.0.1", "[::ffff:10.98.0.1]")

    def contact(self, own, other, media_port=None):
        p = self.some(5000, 5060, 1024, 65535, 6000, 40000)
        port = self.often(f":{p}", "", ":22", ":1023", ":65536", ":05000", ":005000", ":", ":x", ":5000x", ":99999999999", f":{p}:1", f" :{p}")
        uri = self.often("sip:", "SIP:", "sips:", "tel:", "sip", "sip:sip:", "sip: ") + self.often("a@", "", "a:b@", "a@b@", "@", "a%20@", "a\t@") \
            + self.host(own, other) + port + self.often(self.some("", f";transport={self.proto}"), ";transport=TCP", ";transport=udp", ";transport=", ";transport=sctp",
                                                       ";TRANSPORT=" + self.proto, ";xtransport=tcp", ";transport=tcpx", ";a=b\r\n ;transport=" + self.proto)
        text = self.often("<%s>", "%s", '"n" <%s>', '"x, y" <%s>', "< %s>", "\"sip:\" <%s>", "*", "<%s", "%s %s" % ("%s", uri)).replace("%s", uri)
        return text + self.often("", ";q=0.5", *(";expires=%s" % e for e in self.expiries()), "; expires=300", ";Expires=400", ";xexpires=500")

    @staticmethod
    def expiries():
        return ("600", "0", "", "x", "4294967295", "4294967296", "00000000600", "000000000600", "700", "600x", "0x10", " 600")

    def head(self, first, fields, body, length=None):
        nl = self.often("\r\n", "\n", "\r", "\n\r")
        lines = [first]
        names = {"Contact": "m", "Content-Length": "l", "Via": "v", "From": "f", "To": "t", "Call-ID": "i"}
        if length is None:
            length = self.often(str(len(body)), "0", str(len(body) + 1), str(max(0, len(body) - 1)), "99999", "", "x", "4294967296", "4294967295", "4294967328", "-1", " 5")
        fields = fields + [("Content-Length", length)]
        if self.r.random() < self.odd:
            self.r.shuffle(fields)
        for name, value in fields:
            if self.r.random() < self.odd / 4:
                continue
            if self.r.random() < 0.15 and name in names:
                name = names[name]
            name = self.often(name, name.upper(), name.lower(), name + " ", name + "\t", name + "X", "X" + name, name + nl + " ", " " + name, name[:-1])
            separator = self.often(": ", ":", ":  ", ":\t", " : ", ":" + nl + " ", ":" + nl + "\t ", ":" + nl, " ", "::")
            lines.append(name + separator + value)
            if self.r.random() < self.odd / 3:
                lines.append(name + separator + value)
        end = self.often(nl + nl, nl, "\r\n\r\n", "\n\n", "")
        text = (nl.join(lines) + end + body).encode("latin-1")
        return self.change(text) if self.r.random() < self.dirt else text

    def change(self, text):
        text = bytearray(text)
        for _ in range(self.some(1, 1, 2, 4)):
            at = self.r.randrange(len(text))
            what = self.r.randrange(4)
            if what == 0:
                text[at] = self.r.choice(ALPHABET)
            elif what == 1:
                text.insert(at, self.r.choice(ALPHABET))
            elif what == 2:
                del text[at:at + self.some(1, 2, 5)]
            else:
                text[at:at] = text[at:at + self.some(1, 10, 60)]
            if not text:
                text = bytearray(b"x" * 12)
        return bytes(text)

    def sdp(self, own, other):
        net = "IP4" if self.version == 4 else "IP6"
        nl = self.often("\r\n", "\n", "\r")

        def address():
            return self.often(own, other, own + "/127", own + " ", own + ".1", "0.0.0.0", "::", "h.example", own + "a", own.upper(), "0" + own)

        def connection():
            return self.often(f"c=IN {net} {address()}", f"C=IN {net} {address()}", f"c=IN {'IP6' if net == 'IP4' else 'IP4'} {address()}", f"c= IN {net} {address()}",
                              f"c=in {net} {address()}", f"c=IN  {net} {address()}", "c=", f" c=IN {net} {address()}", f"c=x IN {net} {address()}")

        lines = [self.often("v=0", "V=0", "v=", "v=x", "v=0 "), f"o=- 1 1 IN {net} {own}", "s=-"]
        if self.r.random() < 0.8:
            lines.append(connection())
        lines.append("t=0 0")
        for _ in range(self.some(1, 1, 2, 3, 4)):
            p = self.some(6000, 6001, 6002, 1024, 65534, 65535, 0, 30000 + self.r.randrange(40))
            p = self.often(p, 22, 1023, 65536, "", "x", "06000", "000000006000", "0000000006000", "99999999999")
            kind = self.some("audio", "audio", "video", "image", "application", self.often("audio", "Audio", "audio1", "x-y", "", "audio ", "text"))
            lines.append(self.often("m=", "M=", "m =", " m=", "m= ") + f"{kind} {p}" + self.often(" RTP/AVP 0", "/2 RTP/AVP 0", "", "\t", "x"))
            if self.r.random() < 0.3:
                lines.append(connection())
            if self.r.random() < 0.3:
                lines.append(self.some("a=rtpmap:0 PCMU/8000", "a=rtcp:7001", "a=rtcp-mux", "a=x m=audio 7000"))
        return nl.join(lines) + self.often(nl, "", nl + nl)

    def fields(self, method, cseq, own, other):
        via = f"SIP/2.0/{self.proto.upper()} {own}:5060;branch=z9hG4bK-{self.number}"
        return [("Via", via), ("Max-Forwards", "70"), ("To", "<sip:b@e.example>"), ("From", "<sip:a@e.example>;tag=1"), ("Call-ID", "abc"),
                ("CSeq", self.often(f"{cseq} {method}", f"{cseq}  {method}", f"{cseq}", f"x {method}", f"{cseq}\t{method.lower()}", f"4294967296 {method}", f"0 {method}",
                                    f"000{cseq} {method}", f"{cseq}{method}"))]

    def request(self, method, own, other):
        fields, body = self.fields(method, self.cseq, own, other), ""
        if method == "REGISTER":
            contacts = [self.contact(own, other) for _ in range(self.often(1, 2, 3, 0))]
            fields.append(("Contact", ", ".join(contacts)) if self.r.random() < 0.7 or not contacts else ("Contact", contacts[0]))
            if self.r.random() < 0.85:
                fields.append(("Expires", self.often("600", *self.expiries())))
        elif method not in ("BYE", "OPTIONS"):
            fields.append(("Contact", self.contact(own, other)))
            if self.r.random() < 0.85:
                body = self.sdp(own, other)
                fields.append(("Content-Type", "application/sdp"))
        first = f"{method} sip:e.example SIP/2.0"
        first = self.often(first, first.lower(), method + "  sip:e SIP/2.0", method + "\tsip:e SIP/2.0", method + "X sip:e SIP/2.0", method + " 1 SIP/2.0",
                           method + " \xe4:x SIP/2.0", " " + first, "\r\n" + first, "GET / HTTP/1.1", method + " x")
        return self.head(first, fields, body)

    def response(self, method, own, other):
        """Of the side whose peer is `own`'s owner: a registrar names the client's Contact, a callee its own media."""
        code = self.some("200", "200", "200", "100", "180", "183", "202", "401", "486", "300")
        cseq = self.often(self.cseq, self.cseq + 1, 0)
        fields, body = self.fields(method, cseq, own, other), ""
        if method == "REGISTER":
            contacts = [self.contact(own, other) for _ in range(self.often(1, 1, 2, 3, 0))]
            if self.last and self.r.random() < 0.7:
                contacts.insert(self.r.randrange(len(contacts) + 1), self.last)
            for contact in contacts if self.r.random() < 0.3 else [self.often(", ", ",", " , ", ",\r\n ").join(contacts)]:
                fields.append(("Contact", contact))
            if self.r.random() < 0.7:
                fields.append(("Expires", self.often("600", *self.expiries())))
        elif self.r.random() < 0.6:
            body = self.sdp(other, own)
        first = self.often(f"SIP/2.0 {code} OK", f"sip/2.0 {code} OK", f"SIP/2.0  {code} OK", f"SIP/2.0 0{code}", "SIP/2.0 x OK", "SIP/2.0 0 OK", f"SIP/2.0\t{code} OK",
                           "HTTP/1.1 200 OK", f"SIP/2.0 {code}000000000000 OK")
        return self.head(first, fields, body)

    def build(self):
        self.last = None
        for _ in range(self.some(1, 1, 2, 3)):
            method = self.some("REGISTER", "REGISTER", "REGISTER", "INVITE", "INVITE", "UPDATE", "ACK", "PRACK", "BYE", "OPTIONS")
            forward = self.r.random() < 0.85
            mine, theirs = (self.c, self.s) if forward else (self.s, self.c)
            who, whose = ("c", "s") if forward else ("s", "c")
            request = self.request(method, mine, theirs)
            found = re.search(rb"(?:Contact|m): ([^\r\n,]*)", request)
            self.last = found.group(1).decode("latin-1") if found else None
            self.say(who, self.pieces(self.wrap(request)))
            if self.r.random() < 0.1:
                self.say(who, [request])
            for _ in range(self.some(0, 1, 1, 1, 2)):
                self.say(whose, self.pieces(self.response(method, mine, theirs)))
            if self.r.random() < 0.6:
                self.cseq += 1

    def wrap(self, request):
        """What stands before a message in the same segment, and behind it."""
        if self.proto == "udp" or self.r.random() < 0.7:
            return request
        body = self.some("", "x" * 20, "\r\n\r\n")
        length = self.often(len(body), len(body) + 1, 0, 9999)
        before = self.some(f"POST / HTTP/1.1\r\nHost: e\r\nContent-Length: {length}\r\n\r\n{body}", f"OPTIONS sip:e SIP/2.0\r\nCSeq: 1 OPTIONS\r\nl: {length}\r\n\r\n{body}",
                           "\r\n\r\n", "junk\r\n", f"x\r\nContent-Length: {length}\r\nA: b\r\n\r\n{body}").encode()
        return self.some(before + request, before + request, before + before + request, request + before, request + self.request("REGISTER", self.c, self.s))

    def pieces(self, text):
        if self.proto == "udp" or len(text) < 3 or self.r.random() < 0.85:
            return [text]
        cuts = sorted(self.r.sample(range(1, len(text)), self.some(1, 1, 2)))
        return [text[a:b] for a, b in zip([0] + cuts, cuts + [len(text)])]

    def say(self, who, pieces):
        self.segments += [(who, piece[:1380]) for piece in pieces if piece]


def play(talk):
    """Says it segment by segment, each when the one before has come or is given up; tells which datagrams did not come."""
    family = socket.AF_INET if talk.version == 4 else socket.AF_INET6
    kind = socket.SOCK_STREAM if talk.proto == "tcp" else socket.SOCK_DGRAM
    enter("s")
    there = socket.socket(family, kind)
    there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    there.bind((talk.s, talk.port))
    enter("c")
    here = socket.socket(family, kind)
    here.bind((talk.c, 0))
    lost = []
    if talk.proto == "tcp":
        there.listen(1)
        here.settimeout(3)
        here.connect((talk.s, talk.port))
        listener, (there, _) = there, there.accept()
        listener.close()
        for end in (here, there):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    else:
        here.connect((talk.s, talk.port))
        there.connect(here.getsockname())
    for number, (who, data) in enumerate(talk.segments, 1):
        sender, receiver = (here, there) if who == "c" else (there, here)
        sender.send(data)
        got = 0
        waiting = select.poll()
        waiting.register(receiver, select.POLLIN)
        while got < len(data) and waiting.poll(50):
            got += len(receiver.recv(65536)) or 65536
        if got < len(data) and talk.proto == "udp":
            lost.append(number)
    return [here, there], lost


def hole(line):
    found = re.search(r"proto=(\d+) src=(\S+) dst=(\S+) sport=\d+ dport=(\d+) mask-src=(\S+) .*master-src=(\S+) ", line)
    proto, source, to, port, mask, master = found.groups()
    anybody = set(mask) <= set("0.:")
    return master, f"{proto} {'any' if anybody else source} {to} {port}"


def main():
    folder, seed, count = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "1", int(sys.argv[3]) if len(sys.argv) > 3 else 600
    os.makedirs(folder, exist_ok=True)
    talks = [Talk(seed, number) for number in range(count)]
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    setup([vars(talk) for talk in talks])
    pcap = os.path.join(folder, "sip-kernel.pcap")
    inside = ["ip", "netns", "exec", NS["r"]]
    try:
        tcpdump = subprocess.Popen([*inside, "tcpdump", "-i", "any", "-Q", "in", "-s2048", "-B", "16384", "--immediate-mode", "-Z", "root", "-w", pcap,
                                    "tcp or udp"], stderr=subprocess.PIPE, text=True)
        events = subprocess.Popen([*inside, "conntrack", "-E", "expect"], stdout=open(pcap + ".events", "w"), stderr=subprocess.DEVNULL)
        time.sleep(1.5)
        did = {talk.c: [] for talk in talks}
        open_sockets, begun = [], time.time()
        for talk in talks:
            sockets, lost = play(talk)
            open_sockets += sockets
            did[talk.c] += [f"!{number}" for number in lost]
        took = time.time() - begun
        standing = "".join(sh(" ".join(inside) + f" conntrack -L expect -f {family} 2>/dev/null") for family in ("ipv4", "ipv6"))
        time.sleep(1)
        events.terminate(), tcpdump.terminate()
        events.wait(), tcpdump.wait()
        print(f"{count} conversations, seed {seed}, {took:.0f} s; {tcpdump.stderr.read().splitlines()[-1]}", file=sys.stderr)
        for line in open(pcap + ".events"):
            if "[NEW]" in line or "[DESTROY]" in line:
                master, what = hole(line)
                if master in did:
                    did[master].append(("+" if "[NEW]" in line else "-") + what)
        for line in standing.splitlines():
            master, what = hole(line)
            did[master].append("=" + what + (" shut" if "INACTIVE" in line else ""))
        with gzip.GzipFile(os.path.join(folder, "sip-kernel.txt.gz"), "w", mtime=0) as out:
            for talk in talks:
                out.write(("\t".join([talk.c, *did[talk.c]]) + "\n").encode())
        with open(pcap, "rb") as capture, gzip.GzipFile(pcap + ".gz", "w", mtime=0) as out:
            out.write(capture.read())
        os.remove(pcap), os.remove(pcap + ".events")
    finally:
        teardown()


if __name__ == "__main__":
    main()
