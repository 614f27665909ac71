package org.sandbar.capture;

/**
 * The link types that Sandbar reads, with the numbers that capture files use (tcpdump.org's LINKTYPE_ registry). A number that is
 * not here is carried along as it is and counted as not understood by the decoder.
 */
public final class LinkType {
    public static final int NULL = 0;
    public static final int ETHERNET = 1;
    public static final int PPP = 9;
    public static final int PPP_HDLC = 50;
    public static final int PPP_ETHER = 51;
    /** Raw IP as some systems number it in the DLT space. */
    public static final int RAW_BSD = 12;

    public static final int RAW_OPENBSD = 14;
    public static final int RAW = 101;
    public static final int LOOP = 108;
    public static final int LINUX_SLL = 113;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    public static final int LINUX_SLL2 = 276;

    private LinkType() {}
}
