package org.sandbar.bench.mix;

import java.util.Locale;

/** What is counted of a mix, by its maker and by whoever inspects it. */
public enum Quantity {
    PACKETS,
    BYTES,
    FLOWS,
    FLOWS_HTTP,
    FLOWS_TLS,
    FLOWS_FTP,
    FLOWS_FTP_DATA,
    FLOWS_POLICY,
    FLOWS_PLUGIN,
    FLOWS_DNS,
    HTTP_REQUESTS,
    HTTP_RESPONSES,
    FTP_COMMANDS,
    FTP_BOUNCE,
    PLUGIN_FTP_PORT,
    /** Pairs of segments of which the second comes first: what the network did, nothing that an inspector tells. */
    SEGMENTS_REORDERED,
    SEGMENTS_DUPLICATED,
    SEGMENTS_LOST;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an inspector that has missed nothing counts the same. */
    public boolean isTold() {
        return compareTo(SEGMENTS_REORDERED) < 0;
    }
}
