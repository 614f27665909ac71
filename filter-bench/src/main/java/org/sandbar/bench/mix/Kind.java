package org.sandbar.bench.mix;

/** A kind of conversation, and its share of a mix in percent. */
public enum Kind {
    HTTP(46),
    TLS(20),
    FTP(8),
    PLUGIN(6),
    DNS(20);

    private final int share;

    Kind(int share) {
        this.share = share;
    }

    /** The kind that this number from 0 to 99 falls to. */
    static Kind of(int percentile) {
        int left = percentile;
        for (Kind kind : values()) {
            left -= kind.share;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalArgumentException("beyond all shares: " + percentile);
    }
}
