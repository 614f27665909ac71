package org.sandbar.event;

import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Packet;

/**
 * What is told of every flow: that it began, that its protocol was recognised, a signal of who is talking, and, at its end, what was
 * counted. Rules of the service {@code flow} see beginning, recognition and end; only the end is written.
 */
public final class FlowEvents {
    public static final EventKind FLOW = new EventKind("flow");
    public static final Field PACKETS_TO_SERVER =
            FLOW.eve("flow.pkts_toserver", Type.NUMBER, Unit.PACKETS, "packets of the client");
    public static final Field PACKETS_TO_CLIENT =
            FLOW.eve("flow.pkts_toclient", Type.NUMBER, Unit.PACKETS, "packets of the server");
    public static final Field BYTES_TO_SERVER =
            FLOW.eve("flow.bytes_toserver", Type.NUMBER, Unit.BYTES, "bytes of the client, link layer included");
    public static final Field BYTES_TO_CLIENT =
            FLOW.eve("flow.bytes_toclient", Type.NUMBER, Unit.BYTES, "bytes of the server, link layer included");
    public static final Field START = FLOW.eve("flow.start", Type.TIME, "time of the first packet");
    public static final Field END = FLOW.eve("flow.end", Type.TIME, "time of the last packet");
    public static final Field AGE =
            FLOW.eve("flow.age", Type.NUMBER, Unit.SECONDS, "seconds from first to last packet");
    public static final Field STATE = FLOW.eve("flow.state", Type.TEXT, "new, established or closed");
    public static final Field REASON = FLOW.eve(
            "flow.reason",
            Type.TEXT,
            "why it ended: closed, timeout, tcp_reuse, forced (a limit) or shutdown (the run ended)");
    public static final Field ACTION = FLOW.eve("flow.action", Type.TEXT, "drop, where guard stopped it");
    public static final Field ALERTED = FLOW.eve("flow.alerted", Type.FLAG, "a rule fired on it");
    public static final Field TCP_FLAGS =
            FLOW.eve("tcp.tcp_flags", Type.TEXT, "all TCP flags seen, as two hexadecimal digits");
    public static final Field TCP_FLAGS_TO_SERVER = FLOW.eve("tcp.tcp_flags_ts", Type.TEXT, "those of the client");
    public static final Field TCP_FLAGS_TO_CLIENT = FLOW.eve("tcp.tcp_flags_tc", Type.TEXT, "those of the server");
    public static final Field SYN = FLOW.eve("tcp.syn", Type.FLAG, "a SYN was seen");
    public static final Field FIN = FLOW.eve("tcp.fin", Type.FLAG, "a FIN was seen");
    public static final Field RST = FLOW.eve("tcp.rst", Type.FLAG, "a reset was seen");
    public static final Field GAP_TO_SERVER = FLOW.eve("tcp.ts_gap", Type.FLAG, "bytes of the client are missing");
    public static final Field GAP_TO_CLIENT = FLOW.eve("tcp.tc_gap", Type.FLAG, "bytes of the server are missing");
    public static final Field PHASE =
            FLOW.own("flow.phase", Type.TEXT, "begin, recognised or end; only the end is written");
    public static final Field PAYLOAD_TO_SERVER = FLOW.own(
            "flow.payload_toserver",
            Type.NUMBER,
            Unit.BYTES,
            "bytes of the client's TCP stream, by its sequence numbers: exact where start and end were seen");
    public static final Field PAYLOAD_TO_CLIENT =
            FLOW.own("flow.payload_toclient", Type.NUMBER, Unit.BYTES, "bytes of the server's TCP stream");
    public static final Field OVERLAP_DIFFERS = FLOW.own(
            "flow.overlap_differs",
            Type.FLAG,
            "a TCP segment repeated bytes with other content; the first ones were taken");
    public static final Field FIRST_SPEAKER =
            FLOW.own("flow.first_speaker", Type.TEXT, "who sent the first payload: client or server");
    public static final Field VERDICT_ACTION = FLOW.own(
            "verdict.action",
            Type.TEXT,
            "the action of its rules that wins: pass over drop over alert; a reject is a drop, and so is what guard's policy stops");
    public static final Field VERDICT_RULES =
            FLOW.own("verdict.rules", Type.TEXTS, "slugs of the rules that fired on it");

    /** A signal about who is talking. */
    public static final EventKind EVIDENCE = EventKind.unwritten("evidence");

    public static final Field SIGNAL = EVIDENCE.own("signal", Type.TEXT, "its name in the table of weights");
    public static final Field DETAIL = EVIDENCE.own("detail", Type.TEXT, "what was seen");

    /** The first bytes of whoever spoke first on a TCP flow: by them stage 2 knows a flow again that somebody redirects. */
    public static final EventKind OPENING = EventKind.unwritten("opening");

    public static final Field OPENING_BYTES =
            OPENING.own("opening.bytes", Type.TEXT, "the first bytes, a character for each");
    public static final Field OPENING_SPEAKER = OPENING.own("opening.speaker", Type.TEXT, "client or server");

    /** How even the bytes of a flow are that nobody recognises. */
    public static final EventKind MEASURED = EventKind.unwritten("measured");

    public static final Field ENTROPY = MEASURED.own(
            "entropy", Type.DECIMAL, Unit.BITS_PER_BYTE, "bits a byte over the first kilobyte of payload, from 0 to 8");

    public static final String BEGIN = "begin";
    public static final String RECOGNISED = "recognised";
    public static final String ENDED = "end";

    private FlowEvents() {}

    /** Sets what the flow has counted so far. */
    public static Event count(Event event, Flow flow) {
        event.set(PACKETS_TO_SERVER, flow.packets(Direction.TO_SERVER))
                .set(PACKETS_TO_CLIENT, flow.packets(Direction.TO_CLIENT))
                .set(BYTES_TO_SERVER, flow.bytes(Direction.TO_SERVER))
                .set(BYTES_TO_CLIENT, flow.bytes(Direction.TO_CLIENT))
                .set(START, flow.firstNs())
                .set(END, flow.lastNs())
                .set(AGE, (flow.lastNs() - flow.firstNs()) / 1_000_000_000L)
                .set(STATE, stateName(flow.state()));
        if (flow.protocol() == Packet.TCP) {
            int toServer = flow.tcpFlags(Direction.TO_SERVER);
            int toClient = flow.tcpFlags(Direction.TO_CLIENT);
            int all = toServer | toClient;
            event.set(TCP_FLAGS, hex(all))
                    .set(TCP_FLAGS_TO_SERVER, hex(toServer))
                    .set(TCP_FLAGS_TO_CLIENT, hex(toClient));
            event.set(SYN, (all & Packet.SYN) != 0 ? true : null)
                    .set(FIN, (all & Packet.FIN) != 0 ? true : null)
                    .set(RST, (all & Packet.RST) != 0 ? true : null);
        }
        return event;
    }

    private static String stateName(Flow.State state) {
        return switch (state) {
            case NEW -> "new";
            case ESTABLISHED -> "established";
            case CLOSED -> "closed";
        };
    }

    private static String hex(int flags) {
        return Character.toString("0123456789abcdef".charAt(flags >> 4 & 15)) + "0123456789abcdef".charAt(flags & 15);
    }
}
