package org.sandbar.alg.linux;

import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * {@code nf_conntrack_irc.c}: a client's packet that begins with {@code PRIVMSG} and has a DCC command where its message begins lets
 * anybody reach the client's port that the command names. Any packet does, whatever the stream is. IPv4 alone, eight holes a flow.
 *
 * <p>Before Linux 6.0 (CVE-2022-2663, whose fixes the older lines got too) a DCC command counted wherever in the packet it stood, so in
 * the PONG that echoes a server's PING too, and the server's address was as good as the client's. What that rule opens and the one of
 * today does not is told for a filter of its own, {@code linux-before-6.0}, which is armed with this one. Stateless, any thread.
 */
public final class LinuxIrc extends LinuxGateway {
    private static final byte[] PRIVATE_MESSAGE = Ascii.bytes("privmsg ");
    private static final byte[] DCC = Ascii.bytes("\u0001DCC ");
    private static final byte[][] VERBS = {
        Ascii.bytes("SEND "), Ascii.bytes("CHAT "), Ascii.bytes("MOVE "), Ascii.bytes("TSEND "), Ascii.bytes("SCHAT ")
    };

    /** {@code MAX_SEARCH_SIZE}. */
    private static final int MOST_SEARCHED = 4_095;

    private static final int SHORTEST_MESSAGE = 10;
    /** Bytes that must be behind the blank before the message, at least. */
    private static final int SHORTEST_OFFER = 26;

    private static final int SHORTEST_OFFER_BEFORE_FIX = 24;
    /** Bytes that must be behind a file's name, at least. */
    private static final int SHORTEST_ENDPOINT = 12;

    private static final int TIMEOUT_SECONDS = 300;

    private static final class BeforeFix extends LinuxGateway {
        BeforeFix() {
            super("linux-before-6.0", "irc", Packet.TCP, 6_667);
        }

        @Override
        public Inspection inspect(Flow flow, Holes holes) {
            return new Session(this, this, flow, holes);
        }
    }

    private final Gateway beforeFix = new BeforeFix();

    public LinuxIrc() {
        super(Linux.NAME, "irc", Packet.TCP, 6_667);
    }

    @Override
    public Inspection inspect(Flow flow, Holes holes) {
        return new Session(this, beforeFix, flow, holes);
    }

    private static final class Session implements Inspection {
        private final Gateway today;
        private final Gateway beforeFix;
        private final Flow flow;
        private final Holes holes;
        private final Address client;
        private final Address server;
        private long address;
        private int port;
        /** Of what was found: where it begins, and where its line ends. */
        private int start;

        private int lineEnd;

        Session(Gateway today, Gateway beforeFix, Flow flow, Holes holes) {
            this.today = today;
            this.beforeFix = beforeFix;
            this.flow = flow;
            this.holes = holes;
            client = flow.client();
            server = flow.server();
        }

        /** {@code help}. */
        @Override
        public void see(Direction direction, Packet packet) {
            if (direction == Direction.TO_CLIENT || packet.ipVersion != 4) {
                return;
            }
            int from = packet.payloadOffset;
            int to = from + packet.payloadLength;
            if (find(packet.buffer, from, Math.min(to, from + MOST_SEARCHED))) {
                open(today);
            } else if (findBeforeFix(packet.buffer, from, to)) {
                open(beforeFix);
            }
        }

        private void open(Gateway gateway) {
            holes.open(gateway, Hole.open(Packet.TCP, null, client, port, TIMEOUT_SECONDS), start, lineEnd);
        }

        private boolean find(byte[] buffer, int from, int to) {
            int at = from;
            while (at < to - SHORTEST_MESSAGE && (buffer[at] == ' ' || buffer[at] == '\r' || buffer[at] == '\n')) {
                at++;
            }
            start = at;
            if (!Ascii.startsWithIgnoreCase(buffer, at, to, PRIVATE_MESSAGE)) {
                return false;
            }
            at += PRIVATE_MESSAGE.length;
            while (at < to - SHORTEST_OFFER) {
                if (buffer[at] != ' ' || buffer[at + 1] != ':') {
                    at++;
                    continue;
                }
                at += 2;
                if (!Ascii.startsWith(buffer, at, to, DCC)) {
                    return false;
                }
                at += DCC.length;
                byte[] verb = verb(buffer, at, to);
                if (verb != null) {
                    return readEndpoint(buffer, at + verb.length, to) && address == client.low() && port != 0;
                }
            }
            return false;
        }

        private static byte[] verb(byte[] buffer, int at, int to) {
            for (byte[] verb : VERBS) {
                if (Ascii.startsWith(buffer, at, to, verb)) {
                    return verb;
                }
            }
            return null;
        }

        /** What could not be read, or was of another host, did not end the search. */
        private boolean findBeforeFix(byte[] buffer, int from, int to) {
            int at = Ascii.indexOf(buffer, from, to, DCC[0]);
            while (at >= 0 && at < to - SHORTEST_OFFER_BEFORE_FIX) {
                start = at;
                if (Ascii.startsWith(buffer, at, to, DCC)) {
                    at += DCC.length;
                    for (byte[] verb : VERBS) {
                        if (Ascii.startsWith(buffer, at, to, verb)) {
                            at += verb.length;
                            if (readEndpoint(buffer, at, to) && (address == client.low() || address == server.low())) {
                                return true;
                            }
                        }
                    }
                } else {
                    at++;
                }
                at = Ascii.indexOf(buffer, at, to, DCC[0]);
            }
            return false;
        }

        /**
         * {@code parse_dcc}: behind a name without blanks, and before a line end, two numbers of whatever length, of which what is too
         * much is lost; kernels from the middle of 2026 refuse a port that is too large.
         */
        private boolean readEndpoint(byte[] buffer, int from, int to) {
            int at = from;
            while (at < to && buffer[at++] != ' ') {
                if (at > to - SHORTEST_ENDPOINT) {
                    return false;
                }
            }
            lineEnd = Ascii.indexOfLineFeed(buffer, at, to);
            if (lineEnd < 0) {
                return false;
            }
            int end = skipDigits(buffer, at);
            address = number(buffer, at, end) & 0xffff_ffffL;
            at = end;
            while (buffer[at] == ' ') {
                at++;
            }
            port = (int) number(buffer, at, skipDigits(buffer, at)) & 0xffff;
            return true;
        }

        /** The line's end is no digit. */
        private static int skipDigits(byte[] buffer, int from) {
            int at = from;
            while (Ascii.isDigit(buffer[at])) {
                at++;
            }
            return at;
        }

        /** {@code simple_strtoul}: what is more than 64 bits is lost. */
        private static long number(byte[] buffer, int from, int to) {
            long number = 0;
            for (int at = from; at < to; at++) {
                number = number * 10 + buffer[at] - '0';
            }
            return number;
        }
    }
}
