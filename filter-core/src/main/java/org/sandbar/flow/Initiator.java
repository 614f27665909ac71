package org.sandbar.flow;

import org.sandbar.wire.Packet;

/**
 * Who began a conversation, judged from the first packet of it that was seen. A SYN tells for sure. Without one, the well-known or
 * registered port is taken for the server's; where the ports tell nothing, the sender is the client.
 */
final class Initiator {
    private static final int EPHEMERAL_FROM = 32_768;

    private Initiator() {}

    static boolean isSource(Packet packet) {
        if (packet.protocol == Packet.TCP && packet.has(Packet.SYN)) {
            return !packet.has(Packet.ACK);
        }
        int source = rank(packet.sourcePort);
        int destination = rank(packet.destinationPort);
        return packet.protocol != Packet.TCP && packet.protocol != Packet.UDP || source >= destination;
    }

    /** Higher is more like a client's port. */
    private static int rank(int port) {
        return port < 1_024 ? 0 : port < EPHEMERAL_FROM ? 1 : 2;
    }
}
