package org.sandbar.capture.live;

import com.sun.jna.Native;

/**
 * libpcap, mapped directly: what every version of it has. Pointers are {@code long}, for with primitive arguments a call allocates
 * nothing. What the functions do is in their manual pages.
 */
final class LibPcap {
    static final String NAME = "pcap";

    /** What pcap_next_ex answers: a packet, or none yet. */
    static final int PACKET = 1;

    static final int NOT_YET = 0;

    /** What pcap_activate answers; warnings are above, 0 is success. */
    static final int ERROR = -1;

    static final int NO_SUCH_DEVICE = -5;
    static final int RIGHTS = -8;
    static final int NOT_UP = -9;
    static final int PROMISCUOUS_RIGHTS = -11;

    static final int ERROR_BYTES = 256;

    static {
        Native.register(LibPcap.class, NAME);
    }

    private LibPcap() {}

    static native String pcap_lib_version();

    static native long pcap_create(String device, long error);

    static native int pcap_set_snaplen(long handle, int bytes);

    static native int pcap_set_promisc(long handle, int on);

    static native int pcap_set_timeout(long handle, int milliseconds);

    static native int pcap_set_buffer_size(long handle, int bytes);

    static native int pcap_activate(long handle);

    static native int pcap_setnonblock(long handle, int on, long error);

    static native int pcap_get_selectable_fd(long handle);

    static native int pcap_datalink(long handle);

    static native String pcap_datalink_val_to_name(int linkType);

    static native int pcap_compile(long handle, long program, String expression, int optimize, int netmask);

    static native int pcap_setfilter(long handle, long program);

    static native void pcap_freecode(long program);

    /** The hot call: {@code header} and {@code data} are the addresses of two pointers that it fills. */
    static native int pcap_next_ex(long handle, long header, long data);

    static native int pcap_stats(long handle, long statistics);

    static native String pcap_geterr(long handle);

    static native void pcap_close(long handle);
}
