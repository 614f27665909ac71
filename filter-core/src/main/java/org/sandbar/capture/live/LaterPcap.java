package org.sandbar.capture.live;

import com.sun.jna.Native;

/**
 * What libpcap has from 1.5 on. In a class of its own, because a class whose symbols are not all there cannot be used at all: the
 * callers go on without.
 */
final class LaterPcap {
    private static final int NANOSECONDS = 1;

    static {
        Native.register(LaterPcap.class, LibPcap.NAME);
    }

    private LaterPcap() {}

    private static native int pcap_set_immediate_mode(long handle, int on);

    private static native int pcap_set_tstamp_precision(long handle, int precision);

    private static native int pcap_get_tstamp_precision(long handle);

    /** Packets are handed over as they come; without this they wait for the block or the time to be full. */
    static boolean setImmediate(long handle) {
        try {
            return pcap_set_immediate_mode(handle, 1) == 0;
        } catch (LinkageError older) {
            return false;
        }
    }

    /** Asks for nanoseconds before the handle is active. */
    static void askNanoseconds(long handle) {
        try {
            pcap_set_tstamp_precision(handle, NANOSECONDS);
        } catch (LinkageError older) {
            // It gives microseconds.
        }
    }

    /** Whether an active handle gives nanoseconds. */
    static boolean hasNanoseconds(long handle) {
        try {
            return pcap_get_tstamp_precision(handle) == NANOSECONDS;
        } catch (LinkageError older) {
            return false;
        }
    }
}
