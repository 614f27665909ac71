"""A conversation as its protocol's generator tells it: segments of two streams, in the order in which they are sent."""
from dataclasses import dataclass, field


@dataclass
class Ends:
    """Addresses as text, and what a generator may mutate them into."""

    client: str
    server: str
    third: str
    version: int


@dataclass
class Segment:
    side: str  # c or s: who sends it
    offset: int  # where in the sender's stream it stands; nothing in UDP
    payload: bytes


@dataclass
class Talk:
    """`say` goes on with a side's stream; what was said can be sent again, late, or in pieces."""

    segments: list = field(default_factory=list)
    ends: dict = field(default_factory=lambda: {"c": 0, "s": 0})

    def say(self, side, *parts):
        for part in parts:
            part = part.encode("latin-1") if isinstance(part, str) else part
            if part:
                self.segments.append(Segment(side, self.ends[side], part))
                self.ends[side] += len(part)

    def again(self, index):
        self.segments.append(self.segments[index])

    def forge(self, index, payload):
        """Other bytes at the place of a segment."""
        old = self.segments[index]
        self.segments.append(Segment(old.side, old.offset, payload))

    def ahead(self, side, bytes_, payload):
        """Behind bytes that are missing; the stream goes on behind it."""
        self.ends[side] += bytes_
        self.say(side, payload)

    def swap(self, index):
        self.segments[index], self.segments[index + 1] = self.segments[index + 1], self.segments[index]


def cut(random, text, most=3):
    """The text in one or more pieces."""
    data = text.encode("latin-1") if isinstance(text, str) else text
    cuts = sorted({random.randrange(1, len(data)) for _ in range(random.randint(1, most))}) if len(data) > 1 else []
    return [data[a:b] for a, b in zip([0] + cuts, cuts + [len(data)])]
