package org.sandbar.capture.live;

import static com.sun.jna.Pointer.nativeValue;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel says of the interfaces of this process's network namespace. Java's own class does not know those without an address,
 * as taps and mirror ports are.
 */
final class SystemInterfaces {
    /** There is no interface with this index. */
    static final int NONE = 0;

    private static final Path LIST = Path.of("/proc/self/net/dev");
    private static final int HEAD_LINES = 2;

    private static final int INET = 2;
    private static final int DATAGRAM = 2;
    private static final long GET_FLAGS = 0x8913;
    private static final int NAME_BYTES = 16;
    private static final int REQUEST_BYTES = 40;
    private static final int UP_AND_RUNNING = 0x41;

    static {
        Native.register(SystemInterfaces.class, Platform.C_LIBRARY_NAME);
    }

    private SystemInterfaces() {}

    private static native int if_nametoindex(String name);

    private static native int socket(int family, int type, int protocol);

    private static native int ioctl(int descriptor, long request, long argument);

    private static native int close(int descriptor);

    /** The number that an interface has as long as it is there, or {@link #NONE}. */
    static int index(String name) {
        return if_nametoindex(name);
    }

    /** Whether it is up, and what it leads to is there. */
    static boolean isUp(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int socket = bytes.length < NAME_BYTES ? socket(INET, DATAGRAM, 0) : -1;
        if (socket < 0) {
            return false;
        }
        try (Memory request = new Memory(REQUEST_BYTES)) {
            request.clear();
            request.write(0, bytes, 0, bytes.length);
            return ioctl(socket, GET_FLAGS, nativeValue(request)) == 0
                    && (request.getShort(NAME_BYTES) & UP_AND_RUNNING) == UP_AND_RUNNING;
        } finally {
            close(socket);
        }
    }

    /** The names of all, in order; none where the kernel does not tell them. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        try {
            for (String line :
                    Files.readAllLines(LIST).stream().skip(HEAD_LINES).toList()) {
                names.add(line.substring(0, line.indexOf(':')).trim());
            }
        } catch (IOException | IndexOutOfBoundsException elsewhere) {
            names.clear();
        }
        names.sort(null);
        return names;
    }
}
