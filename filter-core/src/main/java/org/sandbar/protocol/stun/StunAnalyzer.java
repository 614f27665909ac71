package org.sandbar.protocol.stun;

import org.sandbar.bytes.Bytes;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.DtlsClientHello;
import org.sandbar.protocol.DtlsHandshake;
import org.sandbar.protocol.Output;

/**
 * Reads a flow of STUN with all that is multiplexed into it, and looks into what a TURN server relays. Over TCP, a gap or bytes that are
 * no message end what can be followed of a direction; behind a successful ConnectionBind the flow is the peer's (RFC 6062 section 4.4),
 * and is handed on. The flow's thread alone; a packet that tells nothing allocates nothing.
 */
final class StunAnalyzer implements Analyzer {
    private static final int NOT_KNOWN_YET = -1;
    private static final int NO_PACKET = -2;

    private static final class Side {
        long messages;
        boolean lost;
        /** Bytes of a message are there of which the rest is to come. */
        boolean unfinished;
    }

    private final Output output;
    private final boolean overTcp;
    private final int mostMessageBytes;
    private final StunMessage message;
    private final Transactions transactions;
    private final Marks marks;
    private final DtlsHandshake handshake;
    private final Side client = new Side();
    private final Side server = new Side();
    private final long[] packets = new long[Multiplexed.COUNT];
    private StunMessage relayed;
    private int relayedKinds;
    private DtlsClientHello hello;
    private int faults;
    /** RFC 4571: each packet stands behind its length. Null until it is known. */
    private Boolean framed;
    /** The client asked for a connection to a peer: what it sends behind that may be the peer's. */
    private boolean binding;

    private boolean handedOver;
    private int ended;

    StunAnalyzer(Output output, boolean overTcp) {
        this.output = output;
        this.overTcp = overTcp;
        mostMessageBytes = output.limits().of(Bound.STUN_MESSAGE_BYTES);
        message = new StunMessage(output.limits());
        transactions = new Transactions(output);
        marks = new Marks(output);
        handshake = new DtlsHandshake(output.limits());
    }

    private Side side(Direction direction) {
        return direction == Direction.TO_SERVER ? client : server;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        if (!overTcp) {
            onPacket(direction, buffer, offset, offset + length, offset + length);
            return length;
        }
        return side(direction).lost ? SKIP_ALL : readStream(direction, buffer, offset, offset + length);
    }

    private long readStream(Direction direction, byte[] buffer, int from, int to) {
        Side side = side(direction);
        side.unfinished = false;
        int at = from;
        while (at < to && !(binding && direction == Direction.TO_SERVER)) {
            int size = sizeOf(buffer, at, to);
            if (size == NO_PACKET) {
                loseFraming(side);
                return SKIP_ALL;
            }
            int header = framed == Boolean.TRUE ? StunProtocol.FRAME_LENGTH : 0;
            int wanted = header + Math.min(size, mostMessageBytes);
            if (size == NOT_KNOWN_YET || to - at < wanted) {
                side.unfinished = true;
                break;
            }
            int packet = at + header;
            onPacket(direction, buffer, packet, Math.min(to, packet + size), packet + size);
            if (handedOver || packet + size > to) {
                return packet + size - from;
            }
            at = packet + size;
        }
        return at - from;
    }

    /** Bytes of the packet that begins here, without the length before it, or {@link #NOT_KNOWN_YET}, or {@link #NO_PACKET}. */
    private int sizeOf(byte[] buffer, int at, int to) {
        if (framed == null) {
            boolean plain = StunProtocol.mayBegin(buffer, at, to);
            if (to - at < StunMessage.HEADER && (plain || StunProtocol.mayBeFramed(buffer, at, to))) {
                return NOT_KNOWN_YET;
            }
            framed = !plain && StunProtocol.mayBeFramed(buffer, at, to);
        }
        if (framed) {
            return to - at < StunProtocol.FRAME_LENGTH ? NOT_KNOWN_YET : Bytes.u16(buffer, at);
        }
        int first = Bytes.u8(buffer, at);
        if (first >= 64 && first <= 127) {
            // RFC 8656 section 12.5: over TCP, padded to four bytes.
            return to - at < Multiplexed.CHANNEL_HEADER
                    ? NOT_KNOWN_YET
                    : Multiplexed.CHANNEL_HEADER + (Bytes.u16(buffer, at + 2) + 3 & ~3);
        }
        if (!StunProtocol.mayBegin(buffer, at, to)) {
            return NO_PACKET;
        }
        return to - at < StunMessage.HEADER ? NOT_KNOWN_YET : StunMessage.HEADER + Bytes.u16(buffer, at + 2);
    }

    private void loseFraming(Side side) {
        side.lost = true;
        faults |= Fault.FRAMING_LOST.bit();
        transactions.faults(faults);
        output.tell(output.event(StunEvents.STUN)
                .set(StunEvents.FAULTS, Fault.texts(faults))
                .set(StunEvents.FINISHED, false));
    }

    /** One packet, of which the bytes up to {@code to} are there, and which ends at {@code end} by what frames it. */
    private void onPacket(Direction direction, byte[] buffer, int from, int to, int end) {
        Multiplexed kind = overTcp && !framed ? ofStream(buffer, from) : Multiplexed.of(buffer, from, to);
        packets[kind.ordinal()]++;
        switch (kind) {
            case STUN -> onMessage(direction, buffer, from, to, end);
            case DTLS -> onDtls(buffer, from, to, false);
            case CHANNEL_DATA -> {
                int data = from + Multiplexed.CHANNEL_HEADER;
                onRelayed(
                        direction == Direction.TO_SERVER,
                        buffer,
                        data,
                        Math.min(to, data + Bytes.u16(buffer, from + 2)));
            }
            default -> {}
        }
    }

    /** Where nothing frames them, there is nothing but messages and channels. */
    private static Multiplexed ofStream(byte[] buffer, int from) {
        return Bytes.u8(buffer, from) <= 3 ? Multiplexed.STUN : Multiplexed.CHANNEL_DATA;
    }

    private void onMessage(Direction direction, byte[] buffer, int from, int to, int end) {
        side(direction).messages++;
        message.read(buffer, from, Math.min(to, from + mostMessageBytes));
        int before = faults;
        faults |= message.faults() | lengthFaults(from, end);
        transactions.faults(faults);
        boolean toServer = direction == Direction.TO_SERVER;
        marks.onMessage(message, toServer, overTcp, false);
        boolean told = false;
        switch (message.kind()) {
            case StunMessage.REQUEST -> transactions.onRequest(message, toServer);
            case StunMessage.INDICATION -> {
                told = transactions.onIndication(message, toServer);
                if (message.has(Attribute.DATA)) {
                    onRelayed(toServer, buffer, message.valueAt(Attribute.DATA), message.valueEnd(Attribute.DATA));
                }
            }
            default -> told = transactions.onResponse(message, !toServer);
        }
        if (faults != before && !told) {
            transactions.tellFault(message, toServer);
        }
        followConnection(toServer);
    }

    private int lengthFaults(int from, int end) {
        int there = end - from;
        int length = message.length();
        int cut = length > there ? Fault.MESSAGE_CUT.bit() : 0;
        int behind = length < there ? Fault.BYTES_BEHIND_MESSAGE.bit() : 0;
        return cut | behind | (length > mostMessageBytes ? Fault.MESSAGE_TOO_LONG.bit() : 0);
    }

    /** RFC 6062 section 4.4: once the server has bound it, the connection carries what the client and the peer say to each other. */
    private void followConnection(boolean toServer) {
        if (!overTcp || message.method() != Method.CONNECTION_BIND) {
            return;
        }
        if (toServer && message.kind() == StunMessage.REQUEST) {
            binding = true;
        } else if (!toServer && message.kind() == StunMessage.SUCCESS) {
            if (!binding && !output.flow().isMidstream()) {
                output.lose(Direction.TO_SERVER);
            }
            handedOver = true;
            finish();
            output.handOver(null);
        } else if (!toServer && message.kind() == StunMessage.ERROR) {
            binding = false;
            output.offerAgain(Direction.TO_SERVER);
        }
    }

    private void onRelayed(boolean toServer, byte[] buffer, int from, int to) {
        Multiplexed kind = Multiplexed.of(buffer, from, to);
        relayedKinds |= kind.bit();
        if (kind == Multiplexed.STUN) {
            relayed = relayed == null ? new StunMessage(output.limits()) : relayed;
            relayed.read(buffer, from, to);
            marks.onMessage(relayed, toServer, overTcp, true);
        } else if (kind == Multiplexed.DTLS) {
            onDtls(buffer, from, to, true);
        }
    }

    private void onDtls(byte[] buffer, int from, int to, boolean relayed) {
        DtlsClientHello completed = handshake.read(buffer, from, to);
        hello = completed == null ? hello : completed;
        boolean isRecord = DtlsHandshake.isRecords(buffer, from, to) || DtlsHandshake.isShortRecord(buffer, from, to);
        if (completed != null || isRecord && !handshake.isWaiting()) {
            marks.onDtls(completed, relayed);
        }
    }

    @Override
    public void onGap(Direction direction, long missing) {
        onCut(side(direction));
        side(direction).lost = true;
        client.lost |= binding;
    }

    @Override
    public void onEnd(Direction direction) {
        onCut(side(direction));
        if (++ended == 2) {
            finish();
        }
    }

    /** What was there of a message is all that will be. */
    private void onCut(Side side) {
        if (side.unfinished) {
            side.unfinished = false;
            faults |= Fault.MESSAGE_CUT.bit();
            transactions.faults(faults);
        }
    }

    private void finish() {
        transactions.end();
        int others = 0;
        for (Multiplexed kind : Multiplexed.ALL) {
            others |= kind != Multiplexed.STUN && packets[kind.ordinal()] > 0 ? kind.bit() : 0;
        }
        Event event = output.event(StunEvents.STUN)
                .set(StunEvents.FAULTS, Fault.texts(faults))
                .set(StunEvents.FINISHED, true)
                .set(StunEvents.MESSAGES_TO_SERVER, client.messages)
                .set(StunEvents.MESSAGES_TO_CLIENT, server.messages)
                .set(StunEvents.MULTIPLEXED, Multiplexed.texts(others))
                .set(StunEvents.DTLS_PACKETS, count(Multiplexed.DTLS))
                .set(StunEvents.RTP_PACKETS, count(Multiplexed.RTP))
                .set(StunEvents.CHANNEL_PACKETS, count(Multiplexed.CHANNEL_DATA))
                .set(StunEvents.RELAYED, Multiplexed.texts(relayedKinds))
                .set(StunEvents.UNTOLD, transactions.untold() == 0 ? null : transactions.untold());
        if (hello != null) {
            event.set(StunEvents.DTLS_VERSION, hello.version())
                    .set(StunEvents.DTLS_ALPN, hello.alpn().isEmpty() ? null : hello.alpn())
                    .set(StunEvents.DTLS_SRTP_PROFILES, hello.srtpProfiles().isEmpty() ? null : hello.srtpProfiles());
        }
        output.tell(event);
    }

    private Long count(Multiplexed kind) {
        long count = packets[kind.ordinal()];
        return count == 0 ? null : count;
    }
}
