package org.sandbar.bench.mix;

import picocli.CommandLine.Option;

/** The options that say which mix is wanted, for the commands that make one. */
public final class MixOptions {
    @Option(
            names = "--packets",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "packets, and those that conversations under way then still need (default: ${DEFAULT-VALUE})")
    private long packets;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "the same seed gives the same bytes (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            defaultValue = "2000",
            description = "conversations under way at a time (default: ${DEFAULT-VALUE})")
    private int concurrent;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            description = "conversations of this kind alone: ${COMPLETION-CANDIDATES}; with what belongs to them")
    private Kind only;

    public Kind only() {
        return only;
    }

    public long packets() {
        return packets;
    }

    public long seed() {
        return seed;
    }

    public int concurrent() {
        return concurrent;
    }
}
