"""A router in a network namespace, with the kernel's gateways armed, and both ends of its wires in another one.

No host stands at the ends: this process makes every packet itself and sees what comes out at the other side, so that order,
repetition, overlap and cuts are its to choose, and every drop is seen.
"""
import os
import re
import socket
import subprocess
import tempfile
import time

import frames

LAN, WAN = "lan", "wan"
CLIENT_GATEWAY, SERVER_GATEWAY = "10.88.0.2", "10.98.0.2"
CLIENT_GATEWAY6, SERVER_GATEWAY6 = "fd88::2", "fd98::2"
WAN_ADDRESS, WAN_ADDRESS6 = "10.98.0.1", "fd98::1"
# The raw table's own name of a helper differs from the module's here.
HELPERS = {"h323": "Q.931"}
_OUTGOING = 4
_SENTINEL_PORT = 9


def sh(command, check=True):
    return subprocess.run(command, shell=True, check=check, text=True, capture_output=True).stdout


class Router:
    def __init__(self, helper, protocol, port, nat):
        self.name = f"sbd{os.getpid()}"
        self.ends, self.router = self.name + "e", self.name + "r"
        self.events = None
        self.macs = {}
        self.sockets = {}
        self._make()
        self._arm(HELPERS.get(helper, helper), protocol, port, nat)
        self._open_ends()

    def _make(self):
        for namespace in (self.ends, self.router):
            sh(f"ip netns add {namespace}")
            sh(f"ip -n {namespace} link set lo up")
        inside, outside = f"ip netns exec {self.router}", f"ip netns exec {self.ends}"
        sh(f"{outside} sysctl -qw net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1")
        for side in (LAN, WAN):
            sh(f"ip link add {side} netns {self.ends} type veth peer name {side} netns {self.router}")
            sh(f"ip -n {self.ends} link set {side} up")
        sh(f"{inside} sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv6.conf.lan.accept_dad=0"
           " net.ipv6.conf.wan.accept_dad=0")
        for side, address, address6, gateway, gateway6, net, net6 in (
                (LAN, "10.88.0.1/24", "fd88::1/64", CLIENT_GATEWAY, CLIENT_GATEWAY6, "10.89.0.0/16", "fd89::/32"),
                (WAN, WAN_ADDRESS + "/24", WAN_ADDRESS6 + "/64", SERVER_GATEWAY, SERVER_GATEWAY6, "10.99.0.0/16", "fd99::/32")):
            sh(f"ip -n {self.router} link set {side} up")
            mac = self._mac(self.ends, side)
            for a, g, n in ((address, gateway, net), (address6, gateway6, net6)):
                sh(f"ip -n {self.router} addr add {a} dev {side} {'nodad' if ':' in a else ''}")
                sh(f"ip -n {self.router} neigh replace {g} lladdr {mac} nud permanent dev {side}")
                sh(f"ip -n {self.router} route add {n} via {g} dev {side}")
            self.macs[side] = bytes.fromhex((self._mac(self.router, side) + mac).replace(":", ""))

    @staticmethod
    def _mac(namespace, side):
        return re.search(r"link/ether (\S+)", sh(f"ip -n {namespace} link show {side}")).group(1)

    def _arm(self, helper, protocol, port, nat):
        for iptables in ("iptables", "ip6tables"):
            run = f"ip netns exec {self.router} {iptables} -w"
            sh(f"{run} -t raw -A PREROUTING -p udp --dport {_SENTINEL_PORT} -j CT --notrack")
            sh(f"{run} -t raw -A PREROUTING -p {protocol} --dport {port} -j CT --helper {helper}")
            sh(f"{run} -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED,NEW,INVALID,UNTRACKED -j ACCEPT")
            if nat:
                sh(f"{run} -t nat -A POSTROUTING -o {WAN} -j MASQUERADE")

    def _open_ends(self):
        """Sockets live in the namespace that they were made in."""
        here = os.open("/proc/self/ns/net", os.O_RDONLY)
        there = os.open(f"/run/netns/{self.ends}", os.O_RDONLY)
        libc = __import__("ctypes").CDLL(None, use_errno=True)
        if libc.setns(there, 0):
            raise OSError("setns")
        for side in (LAN, WAN):
            end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
            end.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_RCVBUFFORCE", 33), 1 << 26)
            end.bind((side, 0))
            end.settimeout(2)
            self.sockets[side] = end
        libc.setns(here, 0)
        os.close(here)
        os.close(there)

    def listen(self):
        """From now on, what the kernel opens is written down."""
        self.log = tempfile.NamedTemporaryFile("r", suffix=".events")
        self.events = subprocess.Popen(
            ["ip", "netns", "exec", self.router, "stdbuf", "-oL", "conntrack", "-E", "expect"],
            stdout=open(self.log.name, "w"), stderr=subprocess.STDOUT)
        time.sleep(0.5)

    def opened(self):
        """The lines of what was opened since the last call, when no more come."""
        size = -1
        while size != os.path.getsize(self.log.name):
            size = os.path.getsize(self.log.name)
            time.sleep(0.3)
        lines = self.log.read().splitlines()
        if any("ENOBUFS" in line for line in lines):
            raise OSError("events were lost: the batch is too large")
        return [line for line in lines if "[NEW]" in line]

    def forget(self):
        """Drops all connections and what they expect."""
        for family in ("ipv4", "ipv6"):
            sh(f"ip netns exec {self.router} conntrack -F -f {family}", check=False)
        sh(f"ip netns exec {self.router} conntrack -F expect", check=False)

    def send(self, side, frame):
        self.sockets[side].send(frame)

    def arrivals(self):
        """What came out on either side of all that was sent: a packet that follows the others on their way says when that is all."""
        got = []
        for to, into in ((WAN, LAN), (LAN, WAN)):
            source, destination = b"\x0a\x59\xff\xfe", b"\x0a\x63\xff\xfe"
            if into == WAN:
                source, destination = destination, source
            self.send(into, frames.build(self.macs[into], source, destination, frames.UDP, 9999, _SENTINEL_PORT, b"sentinel"))
            while True:
                frame, address = self.sockets[to].recvfrom(65535)
                if address[2] == _OUTGOING:
                    continue
                packet = frames.parse(frame)
                if packet.payload is None:
                    continue
                if packet.protocol == frames.UDP and packet.dport == _SENTINEL_PORT:
                    break
                got.append((to, frame, packet))
        return got

    def close(self):
        if self.events:
            self.events.terminate()
            self.events.wait(timeout=5)
        for end in self.sockets.values():
            end.close()
        for namespace in (self.ends, self.router):
            sh(f"ip netns del {namespace}", check=False)
