package org.sandbar.alg.linux;

import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Bytes;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Packet;

/**
 * {@code nf_conntrack_sane.c}: behind a client's packet of exactly eight bytes that is {@code SANE_NET_START}, the server's next packet
 * names the port on which it waits for the client, any port, if it begins with success. One hole a flow. Stateless, any thread.
 */
public final class LinuxSane extends LinuxGateway {
    private static final int NET_START = 7;
    /** Of a request, and of as much of a reply as is read. */
    private static final int MESSAGE_BYTES = 8;

    private static final int TIMEOUT_SECONDS = 300;

    public LinuxSane() {
        super(Linux.NAME, "sane", Packet.TCP, 6_566);
    }

    @Override
    public Inspection inspect(Flow flow, Holes holes) {
        return new Session(flow, holes);
    }

    private final class Session implements Inspection {
        private final Flow flow;
        private final Holes holes;
        private boolean startRequested;

        Session(Flow flow, Holes holes) {
            this.flow = flow;
            this.holes = holes;
        }

        /** {@code help}. */
        @Override
        public void see(Direction direction, Packet packet) {
            if (direction == Direction.TO_CLIENT) {
                if (startRequested) {
                    startRequested = false;
                    reply(packet.buffer, packet.payloadOffset, packet.payloadLength);
                }
            } else if (packet.payloadWireLength == MESSAGE_BYTES && packet.payloadLength == MESSAGE_BYTES) {
                startRequested = Bytes.i32(packet.buffer, packet.payloadOffset) == NET_START;
            }
        }

        private void reply(byte[] buffer, int from, int length) {
            if (length < MESSAGE_BYTES || Bytes.i32(buffer, from) != 0 || Bytes.u16(buffer, from + 4) != 0) {
                return;
            }
            int port = Bytes.u16(buffer, from + 6);
            Hole hole = Hole.open(Packet.TCP, flow.client(), flow.server(), port, TIMEOUT_SECONDS);
            holes.open(LinuxSane.this, hole, from, from + length);
        }
    }
}
