package org.sandbar.alg.linux;

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
 * {@code nf_conntrack_ftp.c}: a packet that begins just behind a line end which was the last byte of a packet before is read, and no
 * other; what begins like a command and is none is dropped. The address must be the sender's own ({@code loose=0}). Stateless, any thread.
 */
public final class LinuxFtp extends LinuxGateway {
    private static final byte[][] COMMANDS = {Ascii.bytes("port"), Ascii.bytes("eprt")};
    private static final byte[][] REPLIES = {Ascii.bytes("227 "), Ascii.bytes("229 ")};
    private static final int TIMEOUT_SECONDS = 300;

    public LinuxFtp() {
        super(Linux.NAME, "ftp", Packet.TCP, 21);
    }

    @Override
    public Inspection inspect(Flow flow, Holes holes) {
        return new Session(this, flow, holes);
    }

    private static final class Session implements Inspection {
        private final Gateway gateway;
        private final Flow flow;
        private final Holes holes;
        private final LineEnds ofClient = new LineEnds();
        private final LineEnds ofServer = new LineEnds();

        Session(Gateway gateway, Flow flow, Holes holes) {
            this.gateway = gateway;
            this.flow = flow;
            this.holes = holes;
        }

        @Override
        public void see(Direction direction, Packet packet) {
            LineEnds lineEnds = direction == Direction.TO_SERVER ? ofClient : ofServer;
            int from = packet.payloadOffset;
            int to = from + packet.payloadLength;
            if (lineEnds.isBehindOne(packet.tcpSequence) && !read(direction, packet.buffer, from, to)) {
                return;
            }
            if (packet.buffer[to - 1] == '\n') {
                lineEnds.remember(packet.tcpSequence + packet.payloadLength);
            }
        }

        /** Returns whether the packet is let through. */
        private boolean read(Direction direction, byte[] buffer, int from, int to) {
            boolean command = direction == Direction.TO_SERVER;
            if (!begins(command ? COMMANDS : REPLIES, buffer, from, to)) {
                return true;
            }
            Address sender = command ? flow.client() : flow.server();
            Address receiver = command ? flow.server() : flow.client();
            FilterReading reading =
                    FilterReading.of(Linux.NAME, Arrays.copyOfRange(buffer, from, to), direction, sender);
            if (!reading.isEndpoint()) {
                holes.drop(gateway, from, to);
                return false;
            }
            if (reading.address().equals(sender)) {
                holes.open(gateway, Hole.open(Packet.TCP, receiver, sender, reading.port(), TIMEOUT_SECONDS), from, to);
            }
            return true;
        }

        /** Whether the packet begins like one of the words, or is the beginning of one. */
        private static boolean begins(byte[][] words, byte[] buffer, int from, int to) {
            for (byte[] word : words) {
                int common = Math.min(word.length, to - from);
                int at = 0;
                while (at < common && Ascii.lower(buffer[from + at]) == word[at]) {
                    at++;
                }
                if (at == common) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Where the next line begins, of the last packets that ended with one: two of them, the oldest goes first. */
    private static final class LineEnds {
        private int count;
        private int first;
        private int second;

        boolean isBehindOne(int sequence) {
            return count > 0 && first == sequence || count > 1 && second == sequence;
        }

        void remember(int sequence) {
            if (isBehindOne(sequence)) {
                return;
            }
            if (count == 0) {
                first = sequence;
                count = 1;
            } else if (count == 1) {
                second = sequence;
                count = 2;
            } else if (first - second < 0) {
                first = sequence - first > 0 ? sequence : first;
            } else {
                second = sequence - second > 0 ? sequence : second;
            }
        }
    }
}
