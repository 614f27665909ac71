"""How often a kilobyte of this or that is taken for random: entropy.py

The rates behind `thresholds: entropy` in rules/trust.yaml. Measures bits a byte over 1024 bytes, as Sandbar does on plugin
ports, of data made up here and found on this machine, and prints for each kind the range and how much of it reaches each
threshold. Takes about a minute; needs openssl."""
import base64
import bz2
import glob
import lzma
import math
import os
import random
import struct
import subprocess
import zlib
from collections import Counter

BYTES = 1024
THRESHOLDS = 7.70, 7.73, 7.74, 7.75, 7.76
MADE = 20_000
LOG = [0] + [n * math.log2(n) for n in range(1, BYTES + 1)]
WORDS = "alice bob position health inventory sword shield chat hello world level score".split()

noise = random.Random(7)
found = {}


def entropy(block):
    return math.log2(BYTES) - sum(LOG[n] for n in Counter(block).values()) / BYTES


def add(kind, blocks):
    found.setdefault(kind, []).extend(entropy(block) for block in blocks if len(block) == BYTES)


def within(blob, count):
    return [blob[at : at + BYTES] for at in (noise.randrange(max(1, len(blob) - BYTES)) for _ in range(count))]


def filled(part):
    """A kilobyte of what `part` gives, again and again."""
    block = b""
    while len(block) < BYTES:
        block += part()
    return block[:BYTES]


def files(*patterns, most=2_000):
    for path in [path for pattern in patterns for path in glob.glob(pattern, recursive=True)][:most]:
        if os.path.isfile(path):
            with open(path, "rb") as file:
                yield file.read()


def framed(header, least, most):
    size = noise.randrange(least, most)
    return header + struct.pack(">H", size) + noise.randbytes(size)


def varint(number):
    return (bytes([number & 127 | 128]) + varint(number >> 7)) if number > 127 else bytes([number])


def clamp(number):
    return max(-32768, min(32767, int(number)))


def floats():
    return struct.pack(">HBI6f", 29, 1, noise.randrange(5_000), *(noise.uniform(-100, 100) for _ in range(6)))


def shorts():
    place = [clamp(noise.gauss(0, 9_000)) for _ in range(3)]
    return struct.pack("<BHhhhBb", noise.randrange(6), noise.randrange(400), *place, noise.randrange(256), noise.randrange(-90, 90))


def protobuf():
    message = b"\x08" + varint(noise.randrange(1 << noise.randrange(1, 40))) + b"\x12\x09" + noise.choice(WORDS).encode().ljust(9)
    message += b"\x1d" + struct.pack("<f", noise.gauss(0, 50)) + b"\x22\x10" + noise.randbytes(16)
    return varint(len(message)) + message


def amf():
    pairs = (bytes([2 * len(word) + 1]) + word.encode() + b"\x05" + struct.pack(">d", noise.gauss(0, 1_000)) for word in noise.sample(WORDS, 3))
    return b"\x0a\x0b\x01" + b"".join(pairs) + b"\x01"


def sound():
    start, step = noise.uniform(0, 6), noise.uniform(0.01, 0.3)
    return b"".join(struct.pack("<h", clamp(12_000 * math.sin(start + step * i) + noise.gauss(0, 1_500))) for i in range(BYTES // 2))


add("random", [os.urandom(BYTES) for _ in range(10 * MADE)])
cipher = subprocess.run(
    f"head -c {MADE * BYTES} /dev/zero | openssl enc -aes-256-ctr -pass pass:x -nosalt -pbkdf2", shell=True, capture_output=True, check=True
).stdout
add("AES-256-CTR of zeros", [cipher[at : at + BYTES] for at in range(0, len(cipher), BYTES)])
add("random in TLS records of 100 to 600 bytes", [filled(lambda: framed(b"\x17\x03\x03", 100, 600)) for _ in range(MADE)])
add("random in frames of 20 to 200 bytes", [filled(lambda: framed(b"", 20, 200)) for _ in range(MADE)])
for name, part in ("game states, floats", floats), ("game states, 16-bit numbers", shorts), ("protobuf, a third random ids", protobuf), ("AMF3", amf), ("sound, 16 bits", sound):
    add(name, [filled(part) for _ in range(MADE)])
for text in files("/usr/lib/python3*/**/*.py", os.path.dirname(__file__) + "/../*/src/**/*.java"):
    if len(text) < 8_000:
        continue
    add("source text", within(text, 20))
    add("text under XOR with 8 bytes", [bytes(byte ^ b"sandbar!"[i % 8] for i, byte in enumerate(block)) for block in within(text, 3)])
    for name, pack in ("deflate", zlib.compress), ("bzip2", bz2.compress), ("xz", lzma.compress):
        packed = pack(text)
        add(name + ", from its start", [packed[:BYTES]])
        add(name + ", within", within(packed, 10))
    add("base64 of deflate", within(base64.b64encode(zlib.compress(text)), 5))
    for head in 100, 200:
        add(f"deflate behind {head} bytes of text", [text[:head] + zlib.compress(text)[2 : 2 + BYTES - head]])
for picture in files("/usr/share/**/*.png"):
    add("PNG, from its start", [picture[:BYTES]])
for kind, *patterns in (
    ("ELF programs", "/usr/bin/*", "/usr/lib/x86_64-linux-gnu/*.so*"),
    ("Java classes", os.path.dirname(__file__) + "/../*/target/**/*.class"),
    ("message catalogues", "/usr/share/**/*.mo"),
    ("TrueType fonts", "/usr/share/fonts/**/*.ttf"),
    ("XML", "/usr/share/**/*.xml"),
):
    for blob in files(*patterns):
        if kind != "ELF programs" or blob.startswith(b"\x7fELF"):
            add(kind, within(blob, 10))

print(f"{'kind':42}{'blocks':>8}{'least':>7}{'middle':>8}{'most':>7}  at or above, in %:", *(f"{at:6.2f}" for at in THRESHOLDS))
for kind, values in found.items():
    values.sort()
    reached = (100 * sum(value >= at for value in values) / len(values) for at in THRESHOLDS)
    print(f"{kind:42}{len(values):8}{values[0]:7.3f}{values[len(values) // 2]:8.3f}{values[-1]:7.3f}", " " * 19, *(f"{share:6.2f}" for share in reached))
