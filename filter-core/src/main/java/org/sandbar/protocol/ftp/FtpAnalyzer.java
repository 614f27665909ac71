package org.sandbar.protocol.ftp;

import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Bytes;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;

/**
 * Parses an FTP control channel: lines of commands one way, of replies the other (RFC 959 sections 4 and 5), Telnet commands within
 * them, TLS records after AUTH (RFC 4217), which are skipped by their length, so that what follows a CCC is seen again. A stray line is
 * tolerated; more of them, or bytes that no line has, mean that this is something else. The bytes are the stream's; the flow's
 * thread alone.
 */
final class FtpAnalyzer implements Analyzer {
    private static final byte[] HTTP_VERSION = Ascii.bytes(" HTTP/");
    private static final int STRAY_LINES = 1;
    /** Joined in the middle of a reply, the rest of its lines look stray. */
    private static final int STRAY_LINES_AFTER_LOSS = 64;

    private static final int RECORD_HEADER = 5;
    private static final int TLS_MAJOR_VERSION = 3;
    private static final int FIRST_RECORD_TYPE = 20;
    private static final int LAST_RECORD_TYPE = 24;

    private final Output out;
    private final Exchanges exchanges;
    private final Side client;
    private final Side server;
    private boolean abandoned;

    FtpAnalyzer(Output out) {
        this.out = out;
        exchanges = new Exchanges(out);
        Limits limits = out.limits();
        int lineBytes = limits.of(Bound.FTP_LINE_BYTES);
        client = new Side(lineBytes, new PacketReader(out, Direction.TO_SERVER));
        server = new Side(lineBytes, new PacketReader(out, Direction.TO_CLIENT));
        if (out.flow().isMidstream()) {
            server.strayLines = STRAY_LINES_AFTER_LOSS;
        }
    }

    private static final class Side {
        final LineReader lines;
        final PacketReader packets;
        int strayLines = STRAY_LINES;
        boolean encrypted;
        boolean closed;
        boolean ended;

        Side(int lineBytes, PacketReader packets) {
            lines = new LineReader(lineBytes);
            this.packets = packets;
        }
    }

    private Side side(Direction direction) {
        return direction == Direction.TO_SERVER ? client : server;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        Side side = side(direction);
        int end = offset + length;
        int at = offset;
        // Where in the stream the byte of index 0 would stand.
        long origin = out.position(direction) - end;
        while (at < end) {
            if (side.closed || abandoned) {
                return SKIP_ALL;
            }
            if (side.lines.isAtStart() && LineReader.isNoise(buffer[at])) {
                long next = behindRecord(side, buffer, at, end);
                if (next >= end || next == at) {
                    return next == SKIP_ALL ? next : next - offset;
                }
                at = (int) next;
            } else {
                int begin = side.lines.isAtStart() ? at : -1;
                at = side.lines.read(buffer, at, end, origin + at);
                if (side.lines.isComplete() && side == client && isRequestLine()) {
                    return handOver(begin, offset);
                }
                if (side.lines.isComplete()) {
                    onLine(side, origin + at);
                }
            }
        }
        return abandoned || side.closed ? SKIP_ALL : length;
    }

    /**
     * Before any login, a command with the version of HTTP at its end is a browser's, whatever the server says to make it look like FTP.
     */
    private boolean isRequestLine() {
        int to = client.lines.to();
        int version = to - HTTP_VERSION.length - 3;
        return !exchanges.isLoggedIn()
                && version > client.lines.from()
                && Ascii.startsWith(client.lines.bytes(), version, to, HTTP_VERSION)
                && Ascii.isDigit(client.lines.bytes()[to - 3])
                && Ascii.isDigit(client.lines.bytes()[to - 1]);
    }

    /** HTTP goes on where the line begins, if that is still at hand. */
    private long handOver(int begin, int offset) {
        if (begin < 0) {
            giveUp();
            return SKIP_ALL;
        }
        exchanges.tellAll();
        out.handOver("http");
        return begin - offset;
    }

    /** Where the TLS record at {@code at} ends, or {@code at} where more must be seen of it; gives up where there is none. */
    private long behindRecord(Side side, byte[] buffer, int at, int end) {
        boolean expected = exchanges.mayEncrypt() || exchanges.isSilent();
        boolean record = expected && buffer[at] >= FIRST_RECORD_TYPE && buffer[at] <= LAST_RECORD_TYPE;
        if (record && end - at < RECORD_HEADER) {
            return at;
        }
        if (!record || buffer[at + 1] != TLS_MAJOR_VERSION) {
            giveUp();
            return SKIP_ALL;
        }
        if (!side.encrypted) {
            side.encrypted = true;
            exchanges.encrypted();
        }
        return (long) at + RECORD_HEADER + Bytes.u16(buffer, at + 3);
    }

    @Override
    public void onSegment(Direction direction, byte[] buffer, int offset, int length, long position) {
        Side side = side(direction);
        if (!side.encrypted && !side.closed && !abandoned) {
            side.packets.onSegment(buffer, offset, offset + length, position);
        }
    }

    @Override
    public void onUrgent(Direction direction, long position) {
        side(direction).lines.urgent(position);
    }

    private void onLine(Side side, long next) {
        if (side.encrypted) {
            side.encrypted = false;
            exchanges.cleared();
        }
        side.packets.onLine(side.lines, next, side == server && exchanges.isWithinReply(side.lines));
        boolean taken = side == client ? exchanges.command(side.lines) : exchanges.reply(side.lines);
        if (taken) {
            side.strayLines = STRAY_LINES;
        } else if (side.strayLines-- == 0 || side.lines.hasNoise()) {
            giveUp();
        }
    }

    /** This is no control channel, unless it was one and encryption of a kind that cannot be followed has begun. */
    private void giveUp() {
        exchanges.tellAll();
        if (exchanges.mayEncrypt()) {
            client.closed = true;
            server.closed = true;
        } else {
            abandoned = true;
            out.abandon();
        }
    }

    @Override
    public void onGap(Direction direction, long missing) {
        if (abandoned) {
            return;
        }
        Side side = side(direction);
        // Where the next record begins is lost, and what follows would read as anything.
        side.closed |= side.encrypted;
        side.lines.resynchronise();
        side.packets.onGap();
        if (side == server) {
            server.strayLines = STRAY_LINES_AFTER_LOSS;
            exchanges.missedReplies();
        } else {
            exchanges.missedCommands();
        }
    }

    @Override
    public void onEnd(Direction direction) {
        if (abandoned) {
            return;
        }
        Side side = side(direction);
        side.ended = true;
        side.lines.finish();
        if (side.lines.isComplete() && !side.closed) {
            onLine(side, out.position(direction));
        }
        if (!abandoned && server.ended) {
            exchanges.tellAll();
        }
    }
}
