"""Conversations on an FTP control channel, genuine and mutated."""
import ipaddress

from talk import Talk, cut

TRANSPORT = "tcp"
PORT = 21
VERSIONS = (4, 6)


def conversation(random, ends):
    talk = Talk()
    if random.random() < 0.9:
        talk.say("s", random.choice(("220 ready\r\n", "220-hi\r\n220 there\r\n", "220 x\n", "220 ready")))
    if random.random() < 0.8:
        talk.say("c", "USER anonymous\r\n")
        talk.say("s", "331 ok\r\n")
        talk.say("c", "PASS x@y\r\n")
        talk.say("s", "230 in\r\n")
    if random.random() < 0.15:
        talk.say("c", random.choice(("POST / HTTP/1.1\r\n", "x" * 600 + "\r\n", "NOOP\n", "NOOP", "\r\n", "\n", "x\ny\n")))
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        (_active if random.random() < 0.55 else _passive)(random, ends, talk)
    _disturb(random, talk)
    return talk.segments


def known(c, nat):
    """The reason of a difference that cannot be mended, or None."""
    if not nat or all(not hole.endswith(" 0") for hole in c.kernel) or not c.model_dropped <= c.dropped:
        return None
    # Behind a server's packet that was dropped, the LAN side does not know where a line begins.
    blind = [i for i, hole in enumerate(c.kernel) if hole.endswith(f" {c.ends.server} 0")]
    sure = blind[0] if blind else None
    if c.kernel[:sure] == c.model[:sure]:
        return "a NAT opens the hole for port 0, and drops the packet all the same"
    return None


def _active(random, ends, talk):
    command = _mutated(random, _port(random, ends) if ends.version == 4 and random.random() < 0.65 else _eprt(random, ends))
    _say(random, talk, "c", command, "NOOP\r\n")
    if random.random() < 0.8:
        talk.say("s", random.choice(("200 ok\r\n", "500 no\r\n", "200 " + command.replace("\r\n", "") + "\r\n")))


def _passive(random, ends, talk):
    extended = ends.version == 6 or random.random() < 0.4
    if random.random() < 0.8:
        talk.say("c", random.choice(("EPSV\r\n", "EPSV 1\r\n") if extended else ("PASV\r\n", "pasv\r\n")))
    reply = _mutated(random, _229(random, ends) if extended else _227(random, ends))
    _say(random, talk, "s", reply, "226 done\r\n")


def _say(random, talk, side, line, other):
    """The line as one segment, in pieces, behind or before another line, or behind the end of one."""
    way = random.random()
    if way < 0.6:
        talk.say(side, line)
    elif way < 0.72:
        talk.say(side, *cut(random, line))
    elif way < 0.78:
        talk.say(side, other + line)
    elif way < 0.84:
        talk.say(side, line + other)
    elif way < 0.9:
        talk.say(side, *cut(random, other + line, 2))
    else:
        talk.say(side, "x" * random.choice((1, 7, 100)) + random.choice(("\r\n", "\n", "")), line)


def _number(random, value, most):
    """A number as filters may misread it: padded, beyond its bits, empty, signed."""
    way = random.random()
    if way < 0.82:
        return str(value)
    return random.choice((
        f"0{value}", f"00{value}", str(value + most + 1), str(value + (1 << 32)), str(value + (1 << 16)), "", f"+{value}", f" {value}",
        f"{value} ", str(random.randrange(most + 1)), str(most + 1), str(most), "0", f"{value}x", str(value + (1 << 64))))


def _announced(random, ends, own):
    """Whose address is announced."""
    other = ends.server if own == ends.client else ends.client
    return random.choices((own, ends.third, other, "0.0.0.0"), (0.85, 0.07, 0.05, 0.03))[0]


def _octets(random, address):
    packed = ipaddress.IPv4Address(address).packed
    way = random.random()
    if way < 0.04:
        return ["0", "0", "0", str(int.from_bytes(packed, "big"))]
    if way < 0.08 and packed[2] > 0:
        return [str(packed[0]), str(packed[1]), str(packed[2] - 1), str(packed[3] + 256)]
    return [_number(random, octet, 255) for octet in packed]


def _target(random):
    return random.choices(
        (random.randrange(1024, 65536), random.randrange(0, 1024), 5000, 0, 65535), (0.7, 0.12, 0.1, 0.05, 0.03))[0]


def _numbers(random, address):
    port = _target(random)
    fields = _octets(random, address) + [_number(random, port >> 8, 255), _number(random, port & 255, 255)]
    if random.random() < 0.05:
        fields.append(str(random.randrange(256)))
    if random.random() < 0.04:
        fields.pop(random.randrange(len(fields)))
    return ("," if random.random() < 0.96 else random.choice((".", ", ", ",,", ";"))).join(fields)


def _verb(random, verb):
    return random.choices((verb, verb.lower(), verb.capitalize(), verb + "X", " " + verb, verb + "\t"), (0.8, 0.07, 0.04, 0.05, 0.02, 0.02))[0]


def _gap(random):
    return random.choices((" ", "  ", "\t", "", " x "), (0.9, 0.04, 0.02, 0.02, 0.02))[0]


def _end(random):
    return random.choices(("\r\n", "\n", "\r", "", " \r\n", "\0\r\n", "\r\r\n", " x\r\n"), (0.82, 0.05, 0.02, 0.03, 0.03, 0.01, 0.02, 0.02))[0]


def _port(random, ends):
    return _verb(random, "PORT") + _gap(random) + _numbers(random, _announced(random, ends, ends.client)) + _end(random)


def _eprt(random, ends):
    delimiter = random.choices(("|", "!", ",", "1", "~", " ", ".", ":"), (0.83, 0.04, 0.03, 0.02, 0.02, 0.02, 0.02, 0.02))[0]
    if ends.version == 4:
        own = _announced(random, ends, ends.client)
        family, address = random.choices(("1", "2", "", "11"), (0.9, 0.05, 0.03, 0.02))[0], ".".join(_octets(random, own))
    else:
        family, address = random.choices(("2", "1", ""), (0.92, 0.05, 0.03))[0], _v6(random, ends)
    tail = random.choices((delimiter, "", delimiter + "x", delimiter * 2), (0.88, 0.05, 0.04, 0.03))[0]
    body = delimiter + family + delimiter + address + delimiter + _number(random, _target(random), 65535) + tail
    return _verb(random, "EPRT") + _gap(random) + body + _end(random)


def _v6(random, ends):
    address = ipaddress.IPv6Address(random.choices((ends.client, ends.third, ends.server), (0.88, 0.07, 0.05))[0])
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    full = address.exploded
    mixed = ":".join(full.split(":")[:6]) + ":" + str(last)
    return random.choice((
        str(address), str(address), str(address), full, str(address).upper(), full.replace(":0000", ":0"),
        str(address) + "%1", "[" + str(address) + "]", "0" + str(address),
        mixed, mixed + f":{random.randrange(70_000)}", f"{address}\0{random.randrange(70_000)}", full.replace(":0001", ":0000001"),
        str(address)[:-1], str(address) + ":", ":" + str(address), full + ":1", "::ffff:" + str(last), "::", ""))


def _227(random, ends):
    numbers = _numbers(random, _announced(random, ends, ends.server))
    form = random.choices(
        ("227 Entering Passive Mode ({})", "227 Entering Passive Mode ({}).", "227 Entering passive mode. {}", "227 ={}", "227 {}",
         "227-At ({})", "227 v1.2 ({})", "227 At ({}", "227", "227 none", "227 At {})", "500-no\r\n227 ({})", "227  ({})", "227({})"),
        (40, 10, 8, 6, 6, 5, 5, 5, 2, 2, 3, 3, 3, 2))[0]
    return form.format(numbers) + _end(random)


def _229(random, ends):
    delimiter = random.choices(("|", "!", "1", ",", " ", "("), (0.88, 0.04, 0.02, 0.02, 0.02, 0.02))[0]
    port = _number(random, _target(random), 65535)
    form = random.choices(
        ("229 Entering Extended Passive Mode (ddd{}d)", "229 Ext (ddd{}d).", "229 (ddd{}d", "229 (ddd{})", "229 (dd{}d)", "229 ddd{}d",
         "229-(ddd{}d)", "229", "229 (d1d10.99.0.1d{}d)", "229 x(y (ddd{}d)", "229(ddd{}d)"),
        (50, 10, 6, 6, 5, 5, 5, 3, 4, 4, 2))[0]
    head, hole, tail = form.partition("{}")
    cutoff = head.rfind("(") if "(" in head else head.find("d")
    return head[:cutoff] + head[cutoff:].replace("d", delimiter) + (port if hole else "") + tail.replace("d", delimiter) + _end(random)


def _mutated(random, line):
    """Sometimes one byte is another."""
    if random.random() < 0.9 or not line:
        return line
    at = random.randrange(len(line))
    other = random.choice(("", chr(random.randrange(256)), random.choice("0123456789,.|() \r\n"), line[at] * 2))
    return line[:at] + other + line[at + 1:]


def _disturb(random, talk):
    """Segments that come again, with other bytes, or in another order."""
    for _ in range(random.choices((0, 1, 2), (0.65, 0.25, 0.1))[0]):
        last = len(talk.segments) - 1
        way = random.random()
        if way < 0.15:
            # Ahead of the stream, as after a loss, or as an injected packet is.
            side = random.choice("cs")
            talk.ahead(side, random.choice((1, 2, 20, 1400)), random.choice(("x\r\n", "\n", "NOOP\r\n", "227 ", "POR")))
        elif way < 0.45:
            talk.again(random.randint(max(0, last - 3), last))
        elif way < 0.65:
            index = random.randint(max(0, last - 3), last)
            old = talk.segments[index].payload
            line = b"PORT 10,89,0,1,19,136\r\n" if talk.segments[index].side == "c" else b"227 (10,99,0,1,19,136)\r\n"
            talk.forge(index, random.choice((old.swapcase(), old[::-1], line[:max(1, len(old))], old[: len(old) // 2] or b"x")))
        elif last > 0:
            talk.swap(random.randint(max(0, last - 4), last - 1))
        if random.random() < 0.3:
            talk.say("c", "NOOP\r\n")
