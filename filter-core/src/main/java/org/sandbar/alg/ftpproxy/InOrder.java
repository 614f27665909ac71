package org.sandbar.alg.ftpproxy;

import java.util.Arrays;
import org.sandbar.stream.Reassembler;
import org.sandbar.wire.Packet;

/**
 * One direction of a connection as a program reads it from its socket: the bytes in order, once, the first that came winning. A few
 * segments that come early are kept; where more would be, those before them are taken for lost. One thread.
 */
final class InOrder {
    private static final int MOST_EARLY = 8;
    /** What is further ahead than this is in no control channel's window, and not the sender's. */
    private static final int FURTHEST = 1 << 16;

    /** Takes the bytes. */
    interface Reader {
        void onBytes(byte[] buffer, int from, int to);

        void onGap();
    }

    private record Early(int sequence, byte[] bytes) {}

    private boolean started;
    private int next;
    private Early[] early;
    private int earlyCount;

    /** The next byte has this number, unless that is known already. */
    void start(int sequence) {
        if (!started) {
            started = true;
            next = sequence;
        }
    }

    void accept(Packet packet, Reader reader) {
        int sequence = Reassembler.firstByte(packet);
        start(sequence);
        if (sequence - next > 0) {
            keep(packet, sequence, reader);
        } else {
            read(packet.buffer, packet.payloadOffset, packet.payloadLength, sequence, reader);
            if (packet.payloadLength < packet.payloadWireLength) {
                skipTo(sequence + packet.payloadWireLength, reader);
            }
        }
        readEarly(reader);
    }

    private void read(byte[] buffer, int offset, int length, int sequence, Reader reader) {
        int old = next - sequence;
        if (old < length) {
            next = sequence + length;
            reader.onBytes(buffer, offset + old, offset + length);
        }
    }

    private void skipTo(int sequence, Reader reader) {
        if (sequence - next > 0) {
            next = sequence;
            reader.onGap();
        }
    }

    private void keep(Packet packet, int sequence, Reader reader) {
        if (sequence - next > FURTHEST) {
            return;
        }
        if (early == null) {
            early = new Early[MOST_EARLY];
        }
        if (earlyCount == MOST_EARLY) {
            skipTo(early[0].sequence, reader);
            readEarly(reader);
        }
        int at = earlyCount;
        while (at > 0 && early[at - 1].sequence - sequence > 0) {
            early[at] = early[--at];
        }
        int from = packet.payloadOffset;
        early[at] = new Early(sequence, Arrays.copyOfRange(packet.buffer, from, from + packet.payloadLength));
        earlyCount++;
    }

    private void readEarly(Reader reader) {
        int done = 0;
        while (done < earlyCount && early[done].sequence - next <= 0) {
            Early segment = early[done++];
            read(segment.bytes, 0, segment.bytes.length, segment.sequence, reader);
        }
        if (done > 0) {
            System.arraycopy(early, done, early, 0, earlyCount - done);
            Arrays.fill(early, earlyCount - done, earlyCount, null);
            earlyCount -= done;
        }
    }
}
