package org.sandbar.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.sandbar.bytes.Limits;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.protocol.policyfile.PolicyFileProtocol;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * A scripted conversation for tests of analyzers: who said what, in which segments. It keeps the contract of the stream below
 * (unconsumed bytes come again, skipped ones do not come at all), and can play the same words cut differently or with a segment lost.
 */
public final class Dialogue {
    /** One segment, or, where {@code bytes} is null, a loss of {@code missing} bytes. */
    public record Segment(Direction direction, byte[] bytes, int missing) {}

    private final List<Segment> segments = new ArrayList<>();
    private String client = "192.168.1.5";
    private String server = "198.51.100.21";
    private int clientPort = 40_000;
    private int serverPort = 21;
    private boolean midstream;
    private Limits limits = Limits.USUAL;

    /** The flow's beginning was not seen. */
    public Dialogue midstream() {
        midstream = true;
        return this;
    }

    public Dialogue between(String client, int clientPort, String server, int serverPort) {
        this.client = client;
        this.clientPort = clientPort;
        this.server = server;
        this.serverPort = serverPort;
        return this;
    }

    public Dialogue limits(Limits limits) {
        this.limits = limits;
        return this;
    }

    /** One segment; each char is one byte. */
    public Dialogue client(String bytes) {
        segments.add(new Segment(Direction.TO_SERVER, bytes.getBytes(StandardCharsets.ISO_8859_1), 0));
        return this;
    }

    public Dialogue server(String bytes) {
        segments.add(new Segment(Direction.TO_CLIENT, bytes.getBytes(StandardCharsets.ISO_8859_1), 0));
        return this;
    }

    public Dialogue lost(Direction direction, int bytes) {
        segments.add(new Segment(direction, null, bytes));
        return this;
    }

    public List<Segment> segments() {
        return segments;
    }

    private Dialogue with(List<Segment> others) {
        Dialogue copy =
                new Dialogue().between(client, clientPort, server, serverPort).limits(limits);
        copy.midstream = midstream;
        copy.segments.addAll(others);
        return copy;
    }

    /** Each run of bytes in one direction cut into pieces of {@code size}. */
    public Dialogue inPiecesOf(int size) {
        List<Segment> pieces = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.bytes == null) {
                pieces.add(segment);
                continue;
            }
            for (int at = 0; at < segment.bytes.length; at += size) {
                byte[] piece =
                        java.util.Arrays.copyOfRange(segment.bytes, at, Math.min(segment.bytes.length, at + size));
                pieces.add(new Segment(segment.direction, piece, 0));
            }
        }
        return with(pieces);
    }

    /** Segment {@code index} cut in two at {@code at}. */
    public Dialogue cut(int index, int at) {
        List<Segment> pieces = new ArrayList<>(segments);
        Segment whole = pieces.remove(index);
        byte[] head = java.util.Arrays.copyOfRange(whole.bytes, 0, at);
        byte[] tail = java.util.Arrays.copyOfRange(whole.bytes, at, whole.bytes.length);
        pieces.add(index, new Segment(whole.direction, tail, 0));
        pieces.add(index, new Segment(whole.direction, head, 0));
        return with(pieces);
    }

    /** Segment {@code index} lost. */
    public Dialogue losing(int index) {
        List<Segment> pieces = new ArrayList<>(segments);
        Segment whole = pieces.get(index);
        pieces.set(index, new Segment(whole.direction, null, whole.bytes.length));
        return with(pieces);
    }

    /** Plays the conversation to a new analyzer and returns what it told. */
    public Told play(Protocol protocol) {
        Told told = new Told(flow(protocol.transport()), limits);
        Analyzer analyzer = protocol.analyzer(told);
        Map<Direction, ByteArrayOutputStream> unfinished = new EnumMap<>(Direction.class);
        Map<Direction, Long> skip = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            unfinished.put(direction, new ByteArrayOutputStream());
            skip.put(direction, 0L);
        }
        told.streams = (direction, again) -> {
            if (!again) {
                skip.put(direction, Analyzer.SKIP_ALL);
            } else if (unfinished.get(direction).size() > 0) {
                offer(told, analyzer, new Segment(direction, new byte[0], 0), unfinished.get(direction), skip);
            }
        };
        for (Segment segment : segments) {
            told.ordinal++;
            if (!told.abandoned) {
                if (segment.bytes != null) {
                    long position = told.position(segment.direction);
                    analyzer.onSegment(segment.direction, segment.bytes, 0, segment.bytes.length, position);
                }
                int length = segment.bytes == null ? segment.missing : segment.bytes.length;
                told.positions.merge(segment.direction, (long) length, Long::sum);
                offer(told, analyzer, segment, unfinished.get(segment.direction), skip);
            }
        }
        told.answered = !told.abandoned && analyzer.isAnswered();
        for (Direction direction : Direction.values()) {
            if (!told.abandoned) {
                analyzer.onEnd(direction);
            }
        }
        return told;
    }

    private static void offer(
            Told told,
            Analyzer analyzer,
            Segment segment,
            ByteArrayOutputStream unfinished,
            Map<Direction, Long> skip) {
        Direction direction = segment.direction;
        long skipping = skip.get(direction);
        int length = segment.bytes == null ? segment.missing : segment.bytes.length;
        int skipped = (int) Math.min(skipping, length);
        if (skipping != Analyzer.SKIP_ALL) {
            skip.put(direction, skipping - skipped);
        }
        if (skipped == length && unfinished.size() == 0) {
            return;
        }
        if (segment.bytes == null) {
            unfinished.reset();
            analyzer.onGap(direction, length - skipped);
            return;
        }
        unfinished.write(segment.bytes, skipped, length - skipped);
        // Bytes before and behind the offered ones are poison: an analyzer that reads outside its range is found out.
        byte[] all = unfinished.toByteArray();
        byte[] framed = new byte[all.length + 64];
        java.util.Arrays.fill(framed, (byte) '\n');
        System.arraycopy(all, 0, framed, 32, all.length);
        long consumed = analyzer.onData(direction, framed, 32, all.length);
        if (consumed < 0) {
            throw new AssertionError("consumed " + consumed);
        }
        unfinished.reset();
        if (skip.get(direction) == Analyzer.SKIP_ALL) {
            return;
        }
        if (consumed < all.length) {
            unfinished.write(all, (int) consumed, all.length - (int) consumed);
            told.mostUnfinished = Math.max(told.mostUnfinished, unfinished.size());
        } else {
            skip.put(direction, consumed == Analyzer.SKIP_ALL ? consumed : consumed - all.length);
        }
    }

    private Flow flow(int transport) {
        Packet packet = new Packet();
        Address from = Address.parse(client);
        Address to = Address.parse(server);
        packet.ipVersion = from.version();
        packet.sourceHigh = from.high();
        packet.sourceLow = from.low();
        packet.destinationHigh = to.high();
        packet.destinationLow = to.low();
        packet.sourcePort = clientPort;
        packet.destinationPort = serverPort;
        packet.protocol = transport;
        packet.tcpFlags = midstream ? Packet.ACK : Packet.SYN;
        packet.ordinal = 1;
        return new FlowTable<>(Flow::new, limits).begin(packet);
    }

    /** What an analyzer told, in order. */
    public static final class Told implements Output {
        private final Flow flow;
        private final Limits limits;
        private long ordinal = 1;
        public final List<Event> events = new ArrayList<>();
        /** With what is for stage 2 alone. */
        public final List<Event> all = new ArrayList<>();

        public final List<String> evidence = new ArrayList<>();
        public boolean abandoned;
        /** Whether the server had nothing more to say before the flow ended. */
        public boolean answered;
        /** To whom the flow was handed over. */
        public String heir;

        /** The most bytes that the stream had to keep of a direction. */
        public int mostUnfinished;

        /** Offers a direction again where the flag says so, and otherwise takes nothing more of it. */
        private BiConsumer<Direction, Boolean> streams;

        private final Map<Direction, Long> positions = new EnumMap<>(Direction.class);

        Told(Flow flow, Limits limits) {
            this.flow = flow;
            this.limits = limits;
            for (Direction direction : Direction.values()) {
                positions.put(direction, 0L);
            }
        }

        @Override
        public Flow flow() {
            return flow;
        }

        @Override
        public Limits limits() {
            return limits;
        }

        @Override
        public boolean isTunnelled() {
            return false;
        }

        @Override
        public long position(Direction direction) {
            return positions.get(direction);
        }

        @Override
        public Event event(EventKind kind) {
            return Event.at(kind, flow.conversation(), ordinal, ordinal * 1_000_000L);
        }

        @Override
        public void tell(Event event) {
            all.add(event);
            if (event.kind().isWritten()) {
                events.add(event);
            }
        }

        @Override
        public void evidence(Signal signal, String detail) {
            if (!evidence.contains(signal.name())) {
                evidence.add(signal.name());
            }
        }

        @Override
        public void handOver(String protocol) {
            abandoned = true;
            heir = protocol == null ? "anew" : protocol;
        }

        @Override
        public Analyzer body(String protocol, String asker) {
            return new PolicyFileProtocol().body(this, asker);
        }

        @Override
        public void offerAgain(Direction direction) {
            streams.accept(direction, true);
        }

        @Override
        public void lose(Direction direction) {
            streams.accept(direction, false);
        }

        @Override
        public void abandon() {
            abandoned = true;
        }

        /** One line an event: its kind, and the fields of its own that are set. */
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            for (Event event : events) {
                StringBuilder line = new StringBuilder(event.kind().name());
                for (Field field : event.kind().fields()) {
                    if (event.get(field) != null) {
                        line.append(' ').append(field.path()).append('=').append(event.get(field));
                    }
                }
                lines.add(line.toString());
            }
            return lines;
        }
    }
}
