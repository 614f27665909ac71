package org.sandbar.alg.linux;

import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Bytes;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Packet;

/**
 * {@code nf_conntrack_tftp.c}: a datagram that begins with the opcode of a read or a write request, whoever sends it and whatever
 * follows, lets the server reach the client's port from any of its own. One hole a flow. Stateless, any thread.
 */
public final class LinuxTftp extends LinuxGateway {
    private static final int READ_REQUEST = 1;
    private static final int WRITE_REQUEST = 2;
    private static final int OPCODE_BYTES = 2;
    private static final int TIMEOUT_SECONDS = 300;

    public LinuxTftp() {
        super(Linux.NAME, "tftp", Packet.UDP, 69);
    }

    /** {@code tftp_help}. */
    @Override
    public Inspection inspect(Flow flow, Holes holes) {
        return (direction, packet) -> {
            int from = packet.payloadOffset;
            if (packet.payloadLength < OPCODE_BYTES) {
                return;
            }
            int opcode = Bytes.u16(packet.buffer, from);
            if (opcode == READ_REQUEST || opcode == WRITE_REQUEST) {
                Hole hole = Hole.open(Packet.UDP, flow.server(), flow.client(), flow.clientPort(), TIMEOUT_SECONDS);
                holes.open(this, hole, from, from + packet.payloadLength);
            }
        };
    }
}
