"""What the sessions were: truth.py FOLDER.

Joins what ftp.sh made (made.tsv) with what tshark sees in each capture, and writes one row for each data
connection to truth.tsv. Where the two disagree the truth is in doubt: that is told, and the exit code is 1.
"""
import subprocess
import sys
from pathlib import Path

CLIENT = ("192.168.1.5", "2001:db8:1::5")
FIELDS = ("tcp.stream", "ip.src", "ipv6.src", "ip.dst", "ipv6.dst", "tcp.srcport", "tcp.dstport", "tcp.flags.syn", "tcp.flags.ack",
          "tcp.flags.fin", "tcp.seq", "tcp.len", "ftp.request.command", "ftp.request.arg", "ftp.response.code")
KINDS = {"RETR": "get", "STOR": "put", "LIST": "list", "NLST": "list", "MLSD": "list"}
COLUMNS = "session ipv security auth_234 mode connection command file announced_by bytes bytes_both_ways finished"


class Stream:
    """One TCP connection: who opened it, and the pieces of payload that each side sent."""

    def __init__(self, source, source_port, target, target_port):
        self.ip = "6" if ":" in source else "4"
        self.mode = "passive" if source in CLIENT else "active"
        self.control = target_port == "21"
        self.name = f"{source}:{source_port}-{target}:{target_port}"
        self.pieces = {"client": set(), "server": set()}
        self.finished = set()

    def sent(self, side):
        """Payload bytes of one side, whatever the order of its segments and however often they were sent."""
        end = 1
        for seq, length in sorted(self.pieces[side]):
            if seq > end:
                raise ValueError(f"{self.name}: bytes {end} to {seq} are not in the capture")
            end = max(end, seq + length)
        return end - 1


def read(capture):
    """Streams in the order of their SYNs, transfer commands with what announced their connections, and AUTHs answered 234."""
    # Without its TLS tshark goes on to look for commands, and finds those that follow CCC.
    command = ["tshark", "-r", str(capture), "--disable-protocol", "tls", "-Y", "tcp", "-T", "fields", "-E", "aggregator=;"]
    packets = subprocess.run(command + [word for field in FIELDS for word in ("-e", field)],
                             check=True, capture_output=True, text=True).stdout.split("\n")[:-1]
    streams, transfers, announced_by, last, auths = {}, [], "", "", 0
    for packet in packets:
        number, ip, ip6, to, to6, port, to_port, syn, ack, fin, seq, length, verbs, arguments, codes = packet.split("\t")
        if (syn, ack) == ("1", "0"):
            streams.setdefault(number, Stream(ip or ip6, port, to or to6, to_port))
        if number not in streams:
            raise ValueError(f"stream {number} has no SYN in the capture")
        stream = streams[number]
        side = "client" if (ip or ip6) in CLIENT else "server"
        if length != "0" or fin == "1":
            stream.pieces[side].add((int(seq), int(length)))
        if fin == "1":
            stream.finished.add(side)
        if not stream.control:
            continue
        for last, argument in zip(verbs.split(";") if verbs else [], arguments.split(";") + [""]):
            if last in ("PORT", "EPRT"):
                announced_by = last
            if last in KINDS:
                transfers.append((last, "" if KINDS[last] == "list" else argument, announced_by))
        for code in codes.split(";"):
            announced_by = code if code in ("227", "229") else announced_by
            auths += last == "AUTH" and code == "234"
    return streams.values(), transfers, auths


def rows(session, made):
    """The rows of one session: its data connections in order beside its transfers in order."""
    streams, transfers, auths = read(folder / f"{session}.pcap")
    control = [stream for stream in streams if stream.control]
    data = [stream for stream in streams if not stream.control]
    security = made[0][6]
    if len(control) != 1 or len(data) != len(made):
        raise ValueError(f"{len(control)} control and {len(data)} data connections for {len(made)} transfers")
    control[0].sent("client"), control[0].sent("server")
    if auths != (security != "clear"):
        raise ValueError(f"{auths} times AUTH with 234")
    readable = security in ("clear", "ccc")
    if len(transfers) != len(made) * readable:
        raise ValueError(f"tshark sees the transfers {transfers}")
    for stream, (_, kind, file, size, mode, ip, _), transfer in zip(data, made, transfers or [("", "", "")] * len(data)):
        sender, receiver = ("client", "server") if kind == "put" else ("server", "client")
        sent, back = stream.sent(sender), stream.sent(receiver)
        if (stream.mode, stream.ip) != (mode, ip):
            raise ValueError(f"{stream.name} is not {mode} over IPv{ip}")
        least = sent if size == "-" else int(size)
        # TLS puts records, its handshake and tickets on top.
        if sent < max(least, 1) or security in ("clear", "control") and (sent, back) != (least, 0):
            raise ValueError(f"{stream.name} carried {sent} and {back} bytes for {kind} {file} of {size}")
        if readable and (KINDS[transfer[0]], transfer[1]) != (kind, file.strip("-")):
            raise ValueError(f"tshark sees {transfer} for {kind} {file}")
        # Pure-FTPd often resets a connection under TLS and sends no FIN. With the receiver's alone it is anybody's call.
        finished = "yes" if sender in stream.finished else "" if stream.finished else "no"
        yield (session, ip, security, auths, mode, stream.name, *transfer, sent, sent + back, finished)


folder = Path(sys.argv[1])
sessions = {}
for line in (folder / "made.tsv").read_text().splitlines():
    sessions.setdefault(line.split("\t")[0], []).append(line.split("\t"))
doubts = 0
with open(folder / "truth.tsv", "w") as out:
    print(*COLUMNS.split(), sep="\t", file=out)
    for session, made in sessions.items():
        try:
            for row in rows(session, made):
                print(*row, sep="\t", file=out)
        except ValueError as doubt:
            doubts += 1
            print(f"{session}: the truth is in doubt: {doubt}", file=sys.stderr)
sys.exit(doubts > 0)
