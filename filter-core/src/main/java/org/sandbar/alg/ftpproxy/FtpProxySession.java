package org.sandbar.alg.ftpproxy;

import java.util.Arrays;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.protocol.ftp.FilterReading;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * {@code struct session} of {@code ftp-proxy.c}, of which the functions are named here. The hole of PORT and EPRT stands at once (in
 * revisions as old as 1.9 it waited for the server's 200); that of PASV and EPSV when the very next line of the server is its 227 or 229,
 * and no other line of the client came between. One flow, one thread.
 */
final class FtpProxySession implements Inspection {
    private static final byte[] PASV = Ascii.bytes("pasv");
    private static final byte[] PORT = Ascii.bytes("port ");
    private static final byte[] EPSV = Ascii.bytes("epsv");
    private static final byte[] EPRT = Ascii.bytes("eprt ");
    private static final byte[] REPLY_227 = Ascii.bytes("227 ");
    private static final byte[] REPLY_229 = Ascii.bytes("229 ");
    private static final int MIN_PORT = 1_024;
    private static final int MAX_LINE = 500;
    private static final long CONNECT_TIMEOUT_NS = 30_000_000_000L;
    /** A session may be idle for a day, and its rules stand as long as it does. */
    private static final int TIMEOUT_SECONDS = 86_400;

    private final Gateway gateway;
    private final Flow flow;
    private final Holes holes;
    private final Side ofClient = new Side(Direction.TO_SERVER);
    private final Side ofServer = new Side(Direction.TO_CLIENT);
    /** {@code cmd}: PASV or EPSV, while it waits for its reply. */
    private byte[] waiting;

    private boolean serverSpoke;
    private boolean ended;
    private Packet packet;

    FtpProxySession(Gateway gateway, Flow flow, Holes holes) {
        this.gateway = gateway;
        this.flow = flow;
        this.holes = holes;
        serverSpoke = flow.isMidstream();
    }

    @Override
    public void see(Direction direction, Packet packet) {
        // server_error(EVBUFFER_TIMEOUT): a server that says nothing is given up.
        ended |= !serverSpoke && packet.timeNs - flow.firstNs() > CONNECT_TIMEOUT_NS;
        if (ended) {
            return;
        }
        this.packet = packet;
        boolean command = direction == Direction.TO_SERVER;
        serverSpoke |= !command;
        if (packet.has(Packet.ACK)) {
            (command ? ofServer : ofClient).stream.start(packet.tcpAcknowledgement);
        }
        Side side = command ? ofClient : ofServer;
        side.stream.accept(packet, side);
    }

    /** {@code client_parse} with {@code client_parse_cmd}: whether the session goes on. */
    private boolean clientParse(byte[] buffer, int from, int to) {
        waiting = null;
        boolean v6 = flow.ipVersion() == 6;
        if (Ascii.startsWithIgnoreCase(buffer, from, to, PASV)) {
            waiting = PASV;
            return !v6;
        }
        if (Ascii.startsWithIgnoreCase(buffer, from, to, EPSV)) {
            waiting = EPSV;
            return true;
        }
        if (Ascii.startsWithIgnoreCase(buffer, from, to, PORT)) {
            return !v6 && allowDataConnection(Direction.TO_SERVER, buffer, from, to);
        }
        return !Ascii.startsWithIgnoreCase(buffer, from, to, EPRT)
                || allowDataConnection(Direction.TO_SERVER, buffer, from, to);
    }

    /** {@code server_parse}: any line is the answer to what waits. */
    private boolean serverParse(byte[] buffer, int from, int to) {
        boolean solicited = waiting == PASV && Ascii.startsWith(buffer, from, to, REPLY_227)
                || waiting == EPSV && Ascii.startsWith(buffer, from, to, REPLY_229);
        waiting = null;
        return !solicited || allowDataConnection(Direction.TO_CLIENT, buffer, from, to);
    }

    /** {@code parse_port} and {@code allow_data_connection}. */
    private boolean allowDataConnection(Direction direction, byte[] buffer, int from, int to) {
        boolean command = direction == Direction.TO_SERVER;
        Address sender = command ? flow.client() : flow.server();
        Address receiver = command ? flow.server() : flow.client();
        FilterReading reading =
                FilterReading.of(FtpProxy.NAME, Arrays.copyOfRange(buffer, from, to), direction, sender);
        if (reading.port() < MIN_PORT) {
            return false;
        }
        Hole hole = Hole.open(Packet.TCP, receiver, sender, reading.port(), TIMEOUT_SECONDS);
        holes.open(gateway, hole, shownFrom(buffer, from), shownTo(buffer, to));
        return true;
    }

    /** Where a line stands in the packet that completed it; all of the packet, where the line does not stand in it whole. */
    private int shownFrom(byte[] buffer, int from) {
        return buffer == packet.buffer ? from : packet.payloadOffset;
    }

    private int shownTo(byte[] buffer, int to) {
        return buffer == packet.buffer ? to : packet.payloadOffset + packet.payloadLength;
    }

    /** {@code end_session}: the line is not passed on, and nothing after it. */
    private void end(byte[] buffer, int from, int to) {
        ended = true;
        holes.drop(gateway, shownFrom(buffer, from), shownTo(buffer, to));
    }

    /** One direction: {@code client_read} or {@code server_read} with {@code getline}. */
    private final class Side implements InOrder.Reader {
        private final Direction direction;
        private final InOrder stream = new InOrder();
        /** The beginning of a line, as far as it came. */
        private byte[] begun;

        private int length;
        /** Within a line of which bytes are missing. */
        private boolean broken;

        Side(Direction direction) {
            this.direction = direction;
        }

        @Override
        public void onBytes(byte[] buffer, int from, int to) {
            int at = from;
            while (at < to && !ended) {
                int feed = Ascii.indexOfLineFeed(buffer, at, to);
                int end = feed < 0 ? to : feed + 1;
                if (!broken) {
                    take(buffer, at, end, feed >= 0);
                }
                broken &= feed < 0;
                at = end;
            }
        }

        /** A line, or a part of one. */
        private void take(byte[] buffer, int from, int to, boolean complete) {
            int total = length + to - from;
            boolean tooLong = complete ? total > MAX_LINE : total >= MAX_LINE;
            if (tooLong || Ascii.indexOf(buffer, from, to, 0) >= 0) {
                end(buffer, from, to);
            } else if (complete && length == 0) {
                parse(buffer, from, to);
            } else {
                begun = begun == null ? new byte[MAX_LINE] : begun;
                System.arraycopy(buffer, from, begun, length, to - from);
                length = total;
                if (complete) {
                    length = 0;
                    parse(begun, 0, total);
                }
            }
        }

        private void parse(byte[] buffer, int from, int to) {
            boolean goesOn =
                    direction == Direction.TO_SERVER ? clientParse(buffer, from, to) : serverParse(buffer, from, to);
            if (!goesOn) {
                end(buffer, from, to);
            }
        }

        @Override
        public void onGap() {
            length = 0;
            broken = true;
            waiting = null;
        }
    }
}
