#!/usr/bin/env python3
"""Play conversations through the real kernel's H.323 helpers, and say what it opened for each.

usage: kernel.py CONVERSATIONS.ndjson HOLES.ndjson CAPTURE.pcap      (as root; iproute2, iptables, conntrack, tcpdump)

A conversation, one a line: {"proto": "tcp"|"udp", "talk": [["c"|"s", "hex"], ...], "child": {"to": "c"|"s", "port": N,
"talk": [...]}}: each item leaves as one segment or datagram, is waited for at the other side, and then the next one leaves. The child is
a connection that the other side makes to that port once the first talk is over, while the first connection stands. HOLES has a line for
each: {"client_port": N, "holes": ["TCP from to port", ...]}; with a child its holes are among them. CAPTURE is the client's side.
The client is 10.88.1.2, the server 10.88.2.2, or with FAMILY=6 in the environment fd88:1::2 and fd88:2::2; the router has no route but
to their two networks.
"""
import ctypes, json, os, re, signal, socket, subprocess, sys, time

NS = {n: f"h3d{os.getpid()}{n}" for n in "crs"}
V6 = os.environ.get("FAMILY") == "6"
FAMILY = socket.AF_INET6 if V6 else socket.AF_INET
IP = {"c": "fd88:1::2", "s": "fd88:2::2"} if V6 else {"c": "10.88.1.2", "s": "10.88.2.2"}
PORT = {"tcp": 1720, "udp": 1719}
FLUSH_EVERY = int(os.environ.get("FLUSH_EVERY", 20))  # a hole that stands for another connection is refused
FIRST_PORT = 10000  # one for each conversation, below those that the children take
libc = ctypes.CDLL(None, use_errno=True)


def sh(line, check=True):
    return subprocess.run(line, shell=True, check=check, capture_output=True, text=True)


def setup():
    for n in NS.values():
        sh(f"ip netns add {n}; ip -n {n} link set lo up")
        sh(f"ip netns exec {n} sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.forwarding=1")
    for end, dev in (("c", "lan"), ("s", "wan")):
        router, bits = IP[end][:-1] + "1", 64 if V6 else 24
        sh(f"ip link add eth0 netns {NS[end]} type veth peer name {dev} netns {NS['r']}")
        sh(f"ip -n {NS[end]} addr add {IP[end]}/{bits} dev eth0; ip -n {NS['r']} addr add {router}/{bits} dev {dev}")
        sh(f"ip -n {NS[end]} link set eth0 up; ip -n {NS['r']} link set {dev} up")
        sh(f"ip -n {NS[end]} route add default via {router}")
        sh(f"ip netns exec {NS[end]} ethtool -K eth0 tso off gso off", check=False)
    r, iptables = f"ip netns exec {NS['r']}", "ip6tables" if V6 else "iptables"
    sh(f"{r} sysctl -qw net.ipv4.ip_forward=1")
    for proto, helper in (("tcp", "Q.931"), ("udp", "RAS")):
        sh(f"{r} {iptables} -t raw -A PREROUTING -p {proto} --dport {PORT[proto]} -j CT --helper {helper}")
    sh(f"{r} {iptables} -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED,NEW -j ACCEPT")


def made_in(side, kind):
    """A socket in the namespace of the client or the server."""
    with open(f"/run/netns/{NS[side]}") as there, open("/proc/self/ns/net") as here:
        if libc.setns(there.fileno(), 0):
            raise OSError(ctypes.get_errno(), "setns")
        try:
            made = socket.socket(FAMILY, kind)
        finally:
            libc.setns(here.fileno(), 0)
    made.settimeout(0.5)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return made


def listening(side, port, kind):
    made = made_in(side, kind)
    made.bind((IP[side], port))
    if kind == socket.SOCK_STREAM:
        made.listen(64)
    return made


def say(ends, talk, stream):
    for who, text in talk:
        data = bytes.fromhex(text)
        try:
            ends[who].send(data)
            got = 0
            while got < len(data):
                heard = ends["s" if who == "c" else "c"].recv(65535)
                got += len(heard) if stream and heard else len(data)
        except OSError:
            return  # the kernel dropped it


def tcp_pair(caller, listener, called, port=0):
    call = made_in(caller, socket.SOCK_STREAM)
    call.bind((IP[caller], port))
    call.connect(listener.getsockname()[:2])
    answer, _ = listener.accept()
    for end in (call, answer):
        end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        end.settimeout(0.5)
    return {caller: call, called: answer}


def play(conversation, listeners, port):
    """The sockets to be closed later; the client speaks from that port."""
    kept = []
    if conversation["proto"] == "udp":
        client, server = made_in("c", socket.SOCK_DGRAM), listeners["udp"]
        client.bind((IP["c"], port))
        client.connect((IP["s"], PORT["udp"]))
        server.connect(client.getsockname()[:2])
        client.send(b"\x00")
        server.recv(10)
        say({"c": client, "s": server}, conversation["talk"], False)
        libc.connect(server.fileno(), b"\0" * 16, 16)  # AF_UNSPEC: no longer connected
        return [client]
    ends = tcp_pair("c", listeners["tcp"], "s", port)
    kept += ends.values()
    say(ends, conversation["talk"], True)
    child = conversation.get("child")
    if child:
        called = child["to"]
        caller = "s" if called == "c" else "c"
        try:
            listener = listening(called, child["port"], socket.SOCK_STREAM)
            kept.append(listener)
            inner = tcp_pair(caller, listener, called)
            kept += inner.values()
            say(inner, child["talk"], True)
        except OSError:
            pass
    return kept


def holes(lines):
    """By the client's port of the connection that each belongs to, or of that connection's parent."""
    found, parents = {}, {}
    for line in lines:
        event = re.search(r"\[NEW\]\s+\d+ proto=(\d+) src=(\S+) dst=(\S+) sport=\d+ dport=(\d+) mask-src=(\S+) .*?"
                          r"master-src=(\S+) master-dst=(\S+) sport=(\d+) dport=(\d+)", line)
        if not event:
            continue
        proto, src, dst, dport, mask, msrc, mdst, msport, mdport = event.groups()
        key = (msrc, mdst, msport, mdport)
        parents[(dst, dport)] = parents.get((mdst, mdport), int(msport)) if mdport not in ("1720", "1719") else int(msport)
        owner = int(msport) if mdport in ("1720", "1719") else parents.get((mdst, mdport))
        kind = "TCP" if proto == "6" else "UDP"
        found.setdefault(owner, set()).add(f"{kind} {'any' if mask in ('0.0.0.0', '::') else src} {dst} {dport}")
    return found


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    conversations = [json.loads(line) for line in open(sys.argv[1])]
    setup()
    router = ["ip", "netns", "exec", NS["r"]]
    background = []
    try:
        background.append(subprocess.Popen(router + ["tcpdump", "-qUni", "lan", "-B", "8192", "-w", sys.argv[3]], stderr=subprocess.DEVNULL))
        log = open(sys.argv[2] + ".events", "w+")
        background.append(subprocess.Popen(router + ["conntrack", "-E", "expect"], stdout=log, stderr=subprocess.DEVNULL))
        time.sleep(1.5)
        listeners = {"tcp": listening("s", PORT["tcp"], socket.SOCK_STREAM), "udp": listening("s", PORT["udp"], socket.SOCK_DGRAM)}
        ports, open_sockets = [], []
        for number, conversation in enumerate(conversations):
            ports.append(FIRST_PORT + number)
            open_sockets += play(conversation, listeners, FIRST_PORT + number)
            if number % FLUSH_EVERY == FLUSH_EVERY - 1:
                sh(" ".join(router) + " conntrack -F" + (" -f ipv6" if V6 else ""))
                for each in open_sockets:
                    each.close()
                open_sockets = []
        time.sleep(1)
        for each in background:
            each.send_signal(signal.SIGINT)
            each.wait(timeout=10)
        log.seek(0)
        found = holes(log)
        with open(sys.argv[2], "w") as out:
            for port in ports:
                out.write(json.dumps({"client_port": port, "holes": sorted(found.get(port, []))}) + "\n")
    finally:
        for each in background:
            each.kill()
        for n in NS.values():
            sh(f"ip netns del {n}", check=False)


if __name__ == "__main__":
    main()
