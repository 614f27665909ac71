"""Ethernet frames with TCP or UDP in IPv4 or IPv6, made and taken apart, and captures of them."""
import ipaddress
import struct

TCP, UDP = 6, 17
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
NUMBER = {"tcp": TCP, "udp": UDP}


class Frame:
    """What was read of a frame; `payload` is None where it is neither TCP nor UDP."""

    __slots__ = ("source", "destination", "protocol", "sport", "dport", "sequence", "acknowledgement", "flags", "payload")


def _sum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def build(macs, source, destination, protocol, sport, dport, payload, sequence=0, acknowledgement=0, flags=0):
    """`macs` is the destination's and the source's address; `source` and `destination` are packed IP addresses."""
    if protocol == TCP:
        head = struct.pack("!HHIIBBHHH", sport, dport, sequence & 0xFFFFFFFF, acknowledgement & 0xFFFFFFFF, 0x50, flags, 65535, 0, 0)
        at = 16
    else:
        head = struct.pack("!HHHH", sport, dport, 8 + len(payload), 0)
        at = 6
    length = len(head) + len(payload)
    pseudo = source + destination + struct.pack("!II", length, protocol)
    checksum = _sum(pseudo + head + payload) or 0xFFFF
    head = head[:at] + struct.pack("!H", checksum) + head[at + 2:]
    if len(source) == 4:
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + length, 0, 0x4000, 64, protocol, 0) + source + destination
        ip = ip[:10] + struct.pack("!H", _sum(ip)) + ip[12:]
        return macs + b"\x08\x00" + ip + head + payload
    ip = struct.pack("!IHBB", 0x60000000, length, protocol, 64) + source + destination
    return macs + b"\x86\xdd" + ip + head + payload


def parse(frame):
    got = Frame()
    got.payload = None
    kind = frame[12:14]
    if kind == b"\x08\x00":
        at = 14 + (frame[14] & 15) * 4
        end = 14 + struct.unpack_from("!H", frame, 16)[0]
        got.protocol = frame[23]
        got.source, got.destination = frame[26:30], frame[30:34]
    elif kind == b"\x86\xdd":
        at = 54
        end = at + struct.unpack_from("!H", frame, 18)[0]
        got.protocol = frame[20]
        got.source, got.destination = frame[22:38], frame[38:54]
    else:
        return got
    if got.protocol == TCP:
        got.sport, got.dport, got.sequence, got.acknowledgement = struct.unpack_from("!HHII", frame, at)
        got.flags = frame[at + 13]
        got.payload = frame[at + (frame[at + 12] >> 4) * 4:end]
    elif got.protocol == UDP:
        got.sport, got.dport = struct.unpack_from("!HH", frame, at)
        got.flags = 0
        got.payload = frame[at + 8:end]
    return got


def text(packed):
    return str(ipaddress.ip_address(packed))


class Capture:
    """A pcap file; its packets have one millisecond each."""

    def __init__(self, path):
        self.file = open(path, "wb")
        self.file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        self.count = 0

    def write(self, frame):
        """The number of the packet, from 1."""
        second, milli = divmod(self.count, 1000)
        self.file.write(struct.pack("<IIII", 1_700_000_000 + second, milli * 1000, len(frame), len(frame)) + frame)
        self.count += 1
        return self.count

    def close(self):
        self.file.close()
