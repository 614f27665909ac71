package org.sandbar.capture.live;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/** The system's calls on sockets that Java has none for, mapped directly. Linux's numbers. */
final class Sockets {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_RAW = 3;
    /** Of a raw socket: the program writes the IP header itself. */
    static final int IPPROTO_RAW = 255;

    static final int MSG_DONTWAIT = 0x40;
    static final int SOL_IP = 0;
    static final int IP_TRANSPARENT = 19;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUFFORCE = 33;
    static final int EPERM = 1;
    static final int EBUSY = 16;
    static final int ENOBUFS = 105;

    static {
        Native.register(Sockets.class, Platform.C_LIBRARY_NAME);
    }

    private Sockets() {}

    static native int socket(int family, int type, int protocol);

    static native long recv(int socket, long data, long bytes, int flags);

    static native long sendto(int socket, long data, long bytes, int flags, long address, int addressBytes);

    static native int setsockopt(int socket, int level, int option, long value, int bytes);

    static native int getsockname(int socket, long address, long addressBytes);

    static native int close(int socket);
}
