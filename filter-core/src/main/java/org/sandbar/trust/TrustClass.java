package org.sandbar.trust;

/** What a flow is taken for. What is not known stays unknown. */
public enum TrustClass {
    /** Content that came with a page and was never installed by anybody. */
    SANDBOXED("sandboxed"),
    /** An application that somebody installed and started. */
    TRUSTED("trusted"),
    UNKNOWN("unknown");

    private final String key;

    TrustClass(String key) {
        this.key = key;
    }

    /** As it stands in events. */
    public String key() {
        return key;
    }
}
