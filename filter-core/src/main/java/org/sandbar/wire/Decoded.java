package org.sandbar.wire;

/** What came of decoding a frame. Everything but {@link #FLOW} is counted by this name in the summary and goes no further. */
public enum Decoded {
    /** An IP packet with a transport header: it belongs to a flow. */
    FLOW("flow"),
    /** A fragment that waits for the rest of its datagram. */
    FRAGMENT("fragment"),
    /** Not IP: ARP, spanning tree and the like. */
    NOT_IP("not-ip"),
    /** A link type that Sandbar does not read. */
    UNKNOWN_LINK("unknown-link-type"),
    /** Cut by the snap length before the transport header ended. */
    CUT("cut-short"),
    /** Headers contradict themselves. */
    MALFORMED("malformed");

    private final String key;

    Decoded(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
