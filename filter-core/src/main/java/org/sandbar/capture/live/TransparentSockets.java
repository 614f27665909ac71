package org.sandbar.capture.live;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.sandbar.capture.live.CannotWatch.Cause;

/**
 * Sockets for connections that were made to other hosts and that the kernel's packet filter hands over (TPROXY): the own address of what
 * they accept is that of the other host, and all packets keep their addresses. Java has no name for the option that this needs, so it is
 * set from outside, on the descriptor with the socket's port. Any thread.
 */
public final class TransparentSockets {
    private static final File DESCRIPTORS = new File("/proc/self/fd");
    private static final int NAME_BYTES = 28;
    private static final int PORT = 2;

    private TransparentSockets() {}

    /**
     * Listens on a port that nothing else of this process uses.
     *
     * @throws CannotWatch where the right to it is missing, or the port is taken
     */
    public static ServerSocketChannel listen(InetAddress address, int port) {
        try {
            ServerSocketChannel listening = ServerSocketChannel.open();
            try {
                listening.bind(new InetSocketAddress(address, port));
                admitOthers(port);
                return listening;
            } catch (IOException | CannotWatch refused) {
                listening.close();
                throw refused;
            }
        } catch (IOException refused) {
            throw new CannotWatch(Cause.REQUEST, "cannot listen on port " + port + ": " + refused.getMessage());
        }
    }

    private static void admitOthers(int port) {
        String[] descriptors = DESCRIPTORS.list();
        try (Memory bytes = new Memory(NAME_BYTES + Integer.BYTES)) {
            for (String descriptor : descriptors == null ? new String[0] : descriptors) {
                int socket = Integer.parseInt(descriptor);
                if (port == portOf(socket, bytes)) {
                    bytes.setInt(0, 1);
                    long one = Pointer.nativeValue(bytes);
                    if (Sockets.setsockopt(socket, Sockets.SOL_IP, Sockets.IP_TRANSPARENT, one, Integer.BYTES) < 0) {
                        throw new CannotWatch(
                                Cause.MACHINE,
                                "no right to take connections to other hosts (error " + Native.getLastError()
                                        + "); run it as root, or with net_admin");
                    }
                }
            }
        }
    }

    /** The port to which a descriptor is bound, or -1 where it is no socket; both families have it in the same place. */
    private static int portOf(int socket, Memory bytes) {
        long name = Pointer.nativeValue(bytes);
        bytes.setInt(NAME_BYTES, NAME_BYTES);
        if (Sockets.getsockname(socket, name, name + NAME_BYTES) < 0) {
            return -1;
        }
        int family = bytes.getShort(0);
        boolean internet = family == Sockets.AF_INET || family == Sockets.AF_INET6;
        return internet ? (bytes.getByte(PORT) & 0xff) << 8 | bytes.getByte(PORT + 1) & 0xff : -1;
    }
}
