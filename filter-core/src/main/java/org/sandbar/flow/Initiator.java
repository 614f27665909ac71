package org.sandbar.flow;

import org.sandbar.wire.Packet;
import org.sandbar.wire.Services;

/**
 * Who began a conversation, judged from the first packet of it that was seen. A SYN tells for sure. Without one, the port
 * that is more like a service's is taken for the server's; where the ports tell nothing, the sender is the client.
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

    /** Higher is more like a client's port: of NFS and Amanda, servers trust those clients alone whose ports are privileged. */
    private static int rank(int port) {
        boolean isPrivileged = port < 1_024;
        if (Services.at(port) != null) {
            return isPrivileged ? 0 : 1;
        }
        return isPrivileged ? 2 : port < EPHEMERAL_FROM ? 3 : 4;
    }
}
