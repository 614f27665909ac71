package org.sandbar.alg.linux;

import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Packet;

/**
 * {@code nf_conntrack_amanda.c}: in a datagram from the server, between the first {@code CONNECT} and the next line end, the first
 * {@code DATA}, {@code MESG}, {@code INDEX} and {@code STATE} name ports of the server that the client may reach. Four holes a flow.
 * Stateless, any thread.
 */
public final class LinuxAmanda extends LinuxGateway {
    private static final byte[] CONNECT = Ascii.bytes("CONNECT ");
    private static final byte[][] CHANNELS = {
        Ascii.bytes("DATA "), Ascii.bytes("MESG "), Ascii.bytes("INDEX "), Ascii.bytes("STATE ")
    };
    private static final int MOST_DIGITS = 5;
    private static final int TIMEOUT_SECONDS = 180;

    public LinuxAmanda() {
        super(Linux.NAME, "amanda", Packet.UDP, 10_080);
    }

    @Override
    public Inspection inspect(Flow flow, Holes holes) {
        return (direction, packet) -> {
            if (direction == Direction.TO_CLIENT) {
                int from = packet.payloadOffset;
                read(flow, holes, packet.buffer, from, from + packet.payloadLength);
            }
        };
    }

    /** {@code amanda_help}: what names no port ends it, for the channels behind it too. */
    private void read(Flow flow, Holes holes, byte[] buffer, int from, int to) {
        int connect = find(CONNECT, buffer, from, to);
        int start = connect + CONNECT.length;
        int stop = connect < 0 ? -1 : Ascii.indexOfLineFeed(buffer, start, to);
        if (stop < 0) {
            return;
        }
        for (byte[] channel : CHANNELS) {
            int at = find(channel, buffer, start, stop);
            if (at < 0) {
                continue;
            }
            int port = port(buffer, at + channel.length, stop);
            if (port == 0) {
                return;
            }
            Hole hole = Hole.open(Packet.TCP, flow.client(), flow.server(), port, TIMEOUT_SECONDS);
            holes.open(this, hole, connect, stop);
        }
    }

    private static int find(byte[] word, byte[] buffer, int from, int to) {
        int at = Ascii.indexOf(buffer, from, to, word[0]);
        while (at >= 0 && !Ascii.startsWith(buffer, at, to, word)) {
            at = Ascii.indexOf(buffer, at + 1, to, word[0]);
        }
        return at;
    }

    /** Up to five digits; what they exceed a port by is lost. */
    private static int port(byte[] buffer, int from, int to) {
        int port = 0;
        for (int at = from; at < Math.min(to, from + MOST_DIGITS) && Ascii.isDigit(buffer[at]); at++) {
            port = port * 10 + buffer[at] - '0';
        }
        return port & 0xffff;
    }
}
