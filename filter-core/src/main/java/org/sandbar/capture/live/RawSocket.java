package org.sandbar.capture.live;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import org.sandbar.capture.live.CannotWatch.Cause;

/** Sends whole IP packets, with whatever addresses they name. One thread. */
public final class RawSocket implements AutoCloseable {
    private static final int LONGEST_PACKET = 1_500;
    private static final int ADDRESS_BYTES = 28;
    private static final int ADDRESS = 4;
    private static final int ADDRESS_V6 = 8;
    private static final int NONE = -1;

    private final Memory packet = new Memory(LONGEST_PACKET);
    private final Memory address = new Memory(ADDRESS_BYTES);
    private final int v4 = Sockets.socket(Sockets.AF_INET, Sockets.SOCK_RAW, Sockets.IPPROTO_RAW);
    private final int v6 = Sockets.socket(Sockets.AF_INET6, Sockets.SOCK_RAW, Sockets.IPPROTO_RAW);

    private RawSocket() {}

    /** @throws CannotWatch where the right to it is missing */
    public static RawSocket open() {
        NativeParts.requireQueue();
        RawSocket opened = new RawSocket();
        if (opened.v4 == NONE) {
            opened.close();
            throw new CannotWatch(
                    Cause.MACHINE,
                    "no right to send what rejects a connection; run it as root, or with net_raw beside net_admin");
        }
        return opened;
    }

    /**
     * Sends a packet to the host whose address stands in it; what cannot be sent is let go.
     *
     * @param destination where in the packet the address stands: 4 bytes or 16, by the packet's version
     */
    public void send(byte[] bytes, int length, int version, int destination) {
        boolean six = version == 6;
        packet.write(0, bytes, 0, length);
        address.clear();
        address.setShort(0, (short) (six ? Sockets.AF_INET6 : Sockets.AF_INET));
        address.write(six ? ADDRESS_V6 : ADDRESS, bytes, destination, six ? 16 : 4);
        Sockets.sendto(
                six ? v6 : v4,
                Pointer.nativeValue(packet),
                length,
                0,
                Pointer.nativeValue(address),
                six ? ADDRESS_BYTES : 16);
    }

    @Override
    public void close() {
        if (v4 != NONE) {
            Sockets.close(v4);
        }
        if (v6 != NONE) {
            Sockets.close(v6);
        }
    }
}
