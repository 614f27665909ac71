package org.sandbar.alg.linux.h323;

import org.sandbar.alg.Inspection;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Packet;

/** {@code ras_help}: each datagram is a message. One thread. */
final class Registration implements Inspection {
    private final PerDecoder decoder = new PerDecoder();
    private final Openings openings;

    Registration(Openings openings) {
        this.openings = openings;
    }

    @Override
    public void see(Direction direction, Packet packet) {
        int from = packet.payloadOffset;
        int to = from + packet.payloadLength;
        if (decoder.decode(H225.RAS_MESSAGE, packet.buffer, from, to)) {
            openings.open(decoder.findings(), direction, packet.buffer, from, to);
        }
    }
}
