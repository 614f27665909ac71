package org.sandbar.alg;

/** Takes what gateways would do with the packet that they were shown. */
public interface Holes {
    /**
     * The gateway would open a hole for the bytes from {@code from} to {@code to} of that packet's buffer.
     */
    void open(Gateway gateway, Hole hole, int from, int to);

    /** The gateway would drop the packet, for it looks like the beginning of what it reads and is not. */
    void drop(Gateway gateway, int from, int to);

    /** The gateway would shut a hole that it had opened, before it was used or its time was up. */
    default void close(Gateway gateway, Hole hole) {}
}
