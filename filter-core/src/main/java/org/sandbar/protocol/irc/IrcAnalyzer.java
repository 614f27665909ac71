package org.sandbar.protocol.irc;

import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;

/**
 * Cuts both directions of an IRC connection into lines and hands them on. A line ends with CR or LF, as servers have it (RFC 1459
 * section 8), and of one that is too long no more than the bound is looked at; bytes behind the last end are none. Where a server
 * agrees to STARTTLS the flow is TLS. What is no message is tolerated, a few lines on end. The bytes are the stream's; the flow's thread
 * alone.
 */
final class IrcAnalyzer implements Analyzer {
    private static final int STRAY_LINES = 16;
    private static final byte[] START_TLS = Ascii.bytes("starttls");
    /** RPL_STARTTLS. */
    private static final int TLS_BEGINS = 670;

    private final Output output;
    private final Session session;
    private final IrcLine line = new IrcLine();
    private final int mostBytes;
    private final Side client = new Side();
    private final Side server = new Side();
    private boolean gone;
    private boolean tlsAsked;
    /** TLS begins behind the line feed. */
    private boolean encrypted;

    IrcAnalyzer(Output output) {
        this.output = output;
        session = new Session(output);
        mostBytes = output.limits().of(Bound.IRC_LINE_BYTES);
    }

    private static final class Side {
        /** Bytes of the unfinished line that hold no end. */
        int searched;
        /** What comes up to the next end is of no interest. */
        boolean skipping;

        int strayLines;
        boolean ended;
    }

    private Side side(Direction direction) {
        return direction == Direction.TO_SERVER ? client : server;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        Side side = side(direction);
        int end = offset + length;
        int at = offset;
        while (at < end && !gone) {
            int stop = lineEnd(buffer, at + side.searched, end);
            side.searched = 0;
            if (stop >= 0) {
                if (!side.skipping) {
                    onLine(direction, side, buffer, at, stop);
                }
                side.skipping = false;
                at = stop + 1;
                if (encrypted && side == server && buffer[stop] == '\n') {
                    handOver();
                }
            } else if (side.skipping) {
                at = end;
            } else if (end - at > mostBytes) {
                onLine(direction, side, buffer, at, end);
                side.skipping = true;
                at = end;
            } else {
                side.searched = end - at;
                break;
            }
        }
        return at - offset;
    }

    private void handOver() {
        gone = true;
        session.end();
        output.handOver("tls");
    }

    private static int lineEnd(byte[] buffer, int from, int end) {
        int feed = Ascii.indexOfLineFeed(buffer, from, end);
        int carriageReturn = Ascii.indexOf(buffer, from, feed < 0 ? end : feed, '\r');
        return carriageReturn < 0 ? feed : carriageReturn;
    }

    private void onLine(Direction direction, Side side, byte[] buffer, int from, int to) {
        int end = Ascii.trimEnd(buffer, from, Math.min(to, from + mostBytes));
        if (end == from) {
            return;
        }
        if (!line.read(buffer, from, end)) {
            if (++side.strayLines > STRAY_LINES) {
                gone = true;
                output.abandon();
            }
            return;
        }
        side.strayLines = 0;
        if (direction == Direction.TO_SERVER) {
            tlsAsked |= line.is(START_TLS);
            session.ofClient(line);
        } else if (line.numeric() == TLS_BEGINS) {
            encrypted = tlsAsked;
        } else {
            session.ofServer(line);
        }
    }

    @Override
    public void onGap(Direction direction, long missing) {
        Side side = side(direction);
        side.searched = 0;
        side.skipping = true;
        session.missed(direction);
    }

    @Override
    public void onEnd(Direction direction) {
        side(direction).ended = true;
        if (client.ended && server.ended) {
            session.end();
        }
    }
}
