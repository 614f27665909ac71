package org.sandbar.capture.live;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/** Waits until one of several file descriptors has something: poll(2). One thread. */
final class Descriptors {
    private static final int ROW_BYTES = 8;
    private static final int EVENTS = 4;
    private static final short READABLE = 1;

    static {
        Native.register(Descriptors.class, Platform.C_LIBRARY_NAME);
    }

    private final Memory rows;
    private int count;

    Descriptors(int most) {
        rows = new Memory((long) most * ROW_BYTES);
    }

    private static native int poll(long rows, long count, int milliseconds);

    void clear() {
        count = 0;
    }

    /** One below 0 is passed over. */
    void add(int descriptor) {
        long row = (long) count++ * ROW_BYTES;
        rows.setInt(row, descriptor);
        rows.setShort(row + EVENTS, READABLE);
    }

    /** Returns when one of them has something, or the time is over. */
    void await(int milliseconds) {
        poll(Pointer.nativeValue(rows), count, milliseconds);
    }
}
