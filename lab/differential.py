#!/usr/bin/env python3
"""Plays seeded conversations through the kernel's gateways and through Sandbar's models of them; see README.md."""
import argparse
import collections
import importlib
import ipaddress
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

import frames
import router
from talk import Ends

BATCH = 200
WHERE = {"c": (router.LAN, router.WAN), "s": (router.WAN, router.LAN)}


class Conversation:
    """One connection with its own two addresses, and what became of it."""

    def __init__(self, generator, seed, index, version):
        self.index = index
        self.random = random.Random(f"{seed}/{generator.__name__}/{index}")
        nets = ("10.89.0.0", "10.99.0.0") if version == 4 else ("fd89::1:0:0", "fd99::1:0:0")
        number = 256 + index % 60_000
        client, server = (ipaddress.ip_address(net) + number for net in nets)
        self.ends = Ends(str(client), str(server), "10.77.0.9" if version == 4 else "fd77::9", version)
        self.packed = {"c": client.packed, "s": server.packed}
        self.ports = {"c": self.random.randrange(1024, 65536), "s": generator.PORT}
        self.protocol = frames.NUMBER[generator.TRANSPORT]
        self.next = {side: self.random.choice((1, 1000, 0x7FFFFFF0, 0xFFFFFFF0, 0xFFFFFF00)) for side in "cs"}
        self.segments = generator.conversation(self.random, self.ends)
        # How the server sees the client: another address and port where there is a NAT.
        self.outside = (self.packed["c"], self.ports["c"])
        self.seen = {}
        self.kernel, self.model = [], []
        self.dropped, self.model_dropped = set(), set()
        self.steps = ([("c", None, frames.SYN), ("s", None, frames.SYN | frames.ACK), ("c", None, frames.ACK)]
                      if self.protocol == frames.TCP else []) + [(s.side, s, frames.ACK | frames.PSH) for s in self.segments]
        self.base = {}
        self.step = 0

    def frame(self, macs):
        """The next packet, and which segment it is."""
        side, segment, flags = self.steps[self.step]
        self.step += 1
        other = "s" if side == "c" else "c"
        if side == "c":
            source, destination = (self.packed["c"], self.ports["c"]), (self.packed["s"], self.ports["s"])
        else:
            source, destination = (self.packed["s"], self.ports["s"]), self.outside
        if flags & frames.SYN:
            sequence = self.next[side]
            self.base[side] = (sequence + 1) & 0xFFFFFFFF
        elif self.protocol == frames.TCP:
            sequence = self.base[side] + (segment.offset if segment else 0)
        else:
            sequence = 0
        built = frames.build(
            macs, source[0], destination[0], self.protocol, source[1], destination[1], segment.payload if segment else b"",
            sequence, self.seen.get(other, 0), flags)
        return built, self.step - 4 if self.protocol == frames.TCP else self.step - 1

    def arrived(self, to, packet):
        side = "c" if to == router.WAN else "s"
        if side == "c":
            self.outside = (packet.source, packet.sport)
        if self.protocol == frames.TCP:
            end = packet.sequence + len(packet.payload) + (1 if packet.flags & frames.SYN else 0)
            if side not in self.seen or 0 < (end - self.seen[side]) & 0xFFFFFFFF < 1 << 31:
                self.seen[side] = end & 0xFFFFFFFF

    def told(self):
        return {"index": self.index, "version": self.ends.version, "client": self.ends.client, "server": self.ends.server,
                "segments": [[s.side, s.offset, s.payload.decode("latin-1")] for s in self.segments],
                "kernel": self.kernel, "model": self.model,
                "kernel_dropped": sorted(self.dropped), "model_dropped": sorted(self.model_dropped)}


def play(lab, batch, capture, owner, nat):
    """Sends a packet of each conversation a round; the capture holds what the router's LAN side sees, and without NAT both sides'."""
    of_server = {c.packed["s"]: c for c in batch}
    going = batch
    while going:
        sent = {}
        for c in going:
            side = c.steps[c.step][0]
            frame, number = c.frame(lab.macs[WHERE[side][0]])
            lab.send(WHERE[side][0], frame)
            sent[c] = (side, number)
            if side == "c" or not nat:
                owner[capture.write(frame)] = (c, number)
        for to, frame, packet in lab.arrivals():
            c = of_server.get(packet.destination if to == router.WAN else packet.source)
            if c not in sent:
                continue
            c.arrived(to, packet)
            side, number = sent.pop(c)
            if nat and side == "s":
                owner[capture.write(frame)] = (c, number)
        for c, (side, number) in sent.items():
            c.dropped.add(number)
            if number < 0:
                c.step = len(c.steps)
        going = [c for c in going if c.step < len(c.steps)]


def hole(line, nat):
    """A line of `conntrack -E expect`: whose it is, and the hole."""
    own = dict(re.findall(r"(\S+?)=(\S+)", line.split("mask-")[0]))
    client, server = re.search(r"master-src=(\S+) master-dst=(\S+)", line).groups()
    to = client if nat and own["dst"] in (router.WAN_ADDRESS, router.WAN_ADDRESS6) else own["dst"]
    anyone = int(ipaddress.ip_address(re.search(r"mask-src=(\S+)", line).group(1))) == 0
    source = "any" if anyone else ipaddress.ip_address(own["src"])
    return server, f'{own["proto"]} {source} {ipaddress.ip_address(to)} {own.get("dport", 0)}'


def ask_model(jar, capture, generator, owner):
    name = generator.__name__
    answers = subprocess.run(
        ["java", "-XX:+UseSerialGC", "-cp", jar, "org.sandbar.bench.Would", capture, f"linux.{name}={generator.PORT}"],
        check=True, text=True, capture_output=True).stdout
    for line in answers.splitlines():
        number, model, gateway, *what = line.split("\t")
        if (model, gateway) != ("linux", name):
            continue
        c, segment = owner[int(number)]
        if what == ["drop"]:
            c.model_dropped.add(segment)
        else:
            proto, source, to, port = what
            c.model.append(f"{proto} {source if source == 'any' else ipaddress.ip_address(source)} {ipaddress.ip_address(to)} {port}")


def run(options, generator, nat, indices, folder):
    """All conversations with or without NAT."""
    talks = [Conversation(generator, options.seed, i, generator.VERSIONS[i // 2 % len(generator.VERSIONS)]) for i in indices]
    lab = router.Router(generator.__name__, generator.TRANSPORT, generator.PORT, nat)
    path = os.path.join(folder, "nat.pcap" if nat else "plain.pcap")
    owner = {}
    try:
        capture = frames.Capture(path)
        lab.listen()
        for at in range(0, len(talks), BATCH):
            batch = talks[at:at + BATCH]
            play(lab, batch, capture, owner, nat)
            of_server = {c.ends.server: c for c in batch}
            for line in lab.opened():
                server, what = hole(line, nat)
                of_server[str(ipaddress.ip_address(server))].kernel.append(what)
            lab.forget()
        capture.close()
    finally:
        lab.close()
    ask_model(options.jar, path, generator, owner)
    return talks


def differs(c, nat):
    """Where the model and the kernel did not do the same: `holes`, `drops`, or nothing."""
    dropped = c.dropped
    if nat:
        # What the router dropped of the server's, its LAN side has never seen.
        dropped = {i for i in dropped if i >= 0 and c.segments[i].side == "c"}
    return [what for what, ours, theirs in (("holes", c.model, c.kernel), ("drops", c.model_dropped, dropped)) if ours != theirs]


def main():
    parser = argparse.ArgumentParser(prog="lab/differential.sh")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--protocol", default="ftp")
    parser.add_argument("--keep", help="where captures and disagreements go; a temporary folder, kept if there are any")
    parser.add_argument("--jar", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    generator = importlib.import_module(options.protocol)
    folder = options.keep or tempfile.mkdtemp(prefix="sandbar-lab-")
    os.makedirs(folder, exist_ok=True)
    begun = time.time()
    total = collections.Counter()
    with open(os.path.join(folder, "disagreements.ndjson"), "w") as file:
        for nat in (False, True):
            for c in run(options, generator, nat, range(1 if nat else 0, options.count, 2), folder):
                total["conversations"] += 1
                total["packets"] += len(c.steps)
                total["holes"] += len(c.kernel)
                total["drops"] += len(c.dropped)
                total[f"IPv{c.ends.version}"] += 1
                total["NAT"] += nat
                if differs(c, nat):
                    reason = getattr(generator, "known", lambda c, nat: None)(c, nat)
                    total["known" if reason else "disagreements"] += 1
                    file.write(json.dumps({"known": reason, "nat": nat, **c.told()}) + "\n")
    print(f'{options.protocol}: seed {options.seed}: {total["conversations"]} conversations ({total["IPv4"]} IPv4, {total["IPv6"]} IPv6, '
          f'{total["NAT"]} through NAT), {total["packets"]} packets; the kernel opened {total["holes"]} holes and dropped '
          f'{total["drops"]} packets; {total["disagreements"]} disagreements, {total["known"]} known differences; {time.time() - begun:.1f} s')
    if total["disagreements"]:
        print(f"each is a line of {file.name}, with known null", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
