package org.sandbar.protocol.sip;

import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;

/**
 * Reads the messages of one flow in order. Over TCP each ends where its Content-Length says; behind a gap the next one is looked for where
 * segments begin, and bytes that are no message end what is read of a direction. The flow's thread alone.
 */
final class SipAnalyzer implements Analyzer {
    private static final byte[] LENGTH = Ascii.bytes("content-length");
    private static final byte[] COMPACT_LENGTH = Ascii.bytes("l");
    private static final int MOST_DIGITS = 9;
    private static final long MISSING = -1;
    private static final long MALFORMED = -2;

    private static final class Side {
        boolean lost;
        /** Bytes are missing; a message is looked for. */
        boolean seeking;
    }

    private final Output output;
    private final boolean overTcp;
    private final int mostBytes;
    private final Transactions transactions;
    private final Side client = new Side();
    private final Side server = new Side();
    private int ended;

    SipAnalyzer(Output output, boolean overTcp) {
        this.output = output;
        this.overTcp = overTcp;
        mostBytes = output.limits().of(Bound.SIP_MESSAGE_BYTES);
        transactions = new Transactions(output);
    }

    private Side side(Direction direction) {
        return direction == Direction.TO_SERVER ? client : server;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        if (overTcp) {
            return side(direction).lost ? SKIP_ALL : readStream(direction, buffer, offset, offset + length);
        }
        readDatagram(direction, buffer, offset, offset + length);
        return length;
    }

    private void readDatagram(Direction direction, byte[] buffer, int from, int to) {
        int at = StartLine.skipLineEnds(buffer, from, to);
        if (StartLine.probe(buffer, at, to) != Probe.MATCH) {
            return;
        }
        int head = endOfHead(buffer, at, to);
        int body = head < 0 ? to : head;
        long length = contentLength(buffer, at, body);
        int faults = length == MALFORMED ? Fault.LENGTH_MALFORMED.bit() : length > to - body ? Fault.BODY_CUT.bit() : 0;
        int end = length >= 0 && length < to - body ? body + (int) length : to;
        onMessage(direction, buffer, at, body, Math.min(end, at + mostBytes), faults);
    }

    private long readStream(Direction direction, byte[] buffer, int from, int to) {
        Side side = side(direction);
        int at = StartLine.skipLineEnds(buffer, from, to);
        while (at < to) {
            Probe probe = StartLine.probe(buffer, at, to);
            int head = probe == Probe.MATCH ? endOfHead(buffer, at, to) : -1;
            boolean isMore = head < 0 && to - at < mostBytes;
            if (probe == Probe.NO_MATCH || head < 0 && !isMore) {
                return unframed(side, probe, to - from);
            }
            if (isMore) {
                break;
            }
            long length = contentLength(buffer, at, head);
            long end = head + Math.max(0, length);
            if (to < Math.min(end, at + (long) mostBytes)) {
                break;
            }
            side.seeking = false;
            int faults = end - at > mostBytes ? Fault.MESSAGE_TOO_LONG.bit() : 0;
            faults |= length == MISSING ? Fault.LENGTH_MISSING.bit() : 0;
            faults |= length == MALFORMED ? Fault.LENGTH_MALFORMED.bit() : 0;
            onMessage(direction, buffer, at, head, (int) Math.min(end, to), faults);
            if (length == MALFORMED) {
                side.lost = true;
                return SKIP_ALL;
            }
            if (end > to) {
                return end - from;
            }
            at = StartLine.skipLineEnds(buffer, (int) end, to);
        }
        return at - from;
    }

    /** No message begins here, or one whose headers do not end. */
    private long unframed(Side side, Probe probe, int length) {
        if (side.seeking && probe != Probe.MATCH) {
            return length;
        }
        side.lost = true;
        transactions.fault(probe == Probe.MATCH ? Fault.MESSAGE_TOO_LONG : Fault.FRAMING_LOST);
        return SKIP_ALL;
    }

    /** Behind the empty line, or -1 where it is not there. */
    private static int endOfHead(byte[] buffer, int from, int to) {
        int feed = Ascii.indexOfLineFeed(buffer, from, to);
        while (feed >= 0) {
            int next = feed + 1;
            next = next < to && buffer[next] == '\r' ? next + 1 : next;
            if (next < to && buffer[next] == '\n') {
                return next + 1;
            }
            feed = Ascii.indexOfLineFeed(buffer, feed + 1, to);
        }
        return -1;
    }

    private static long contentLength(byte[] buffer, int from, int headEnd) {
        int line = Ascii.indexOfLineFeed(buffer, from, headEnd) + 1;
        while (line > 0 && line < headEnd) {
            int next = Ascii.indexOfLineFeed(buffer, line, headEnd);
            int end = next < 0 ? headEnd : next;
            int colon = Ascii.indexOf(buffer, line, end, ':');
            int nameEnd = colon < 0 ? line : Ascii.trimEnd(buffer, line, colon);
            boolean is = Ascii.equalsIgnoreCase(buffer, line, nameEnd, LENGTH)
                    || Ascii.equalsIgnoreCase(buffer, line, nameEnd, COMPACT_LENGTH);
            if (is) {
                return number(buffer, Ascii.skipBlanks(buffer, colon + 1, end), Ascii.trimEnd(buffer, colon + 1, end));
            }
            line = next + 1;
        }
        return MISSING;
    }

    private static long number(byte[] buffer, int from, int to) {
        long value = 0;
        for (int at = from; at < to; at++) {
            if (!Ascii.isDigit(buffer[at]) || at - from >= MOST_DIGITS) {
                return MALFORMED;
            }
            value = value * 10 + buffer[at] - '0';
        }
        return from < to ? value : MALFORMED;
    }

    private void onMessage(Direction direction, byte[] buffer, int from, int headEnd, int bodyEnd, int faults) {
        SipMessage message = SipMessage.of(buffer, from, headEnd, Math.max(headEnd, bodyEnd), output.limits());
        message.faults = faults;
        transactions.onMessage(message, direction == Direction.TO_SERVER);
    }

    @Override
    public void onGap(Direction direction, long missing) {
        side(direction).seeking = true;
    }

    @Override
    public void onEnd(Direction direction) {
        if (++ended == 2) {
            transactions.end();
        }
    }
}
