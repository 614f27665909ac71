package org.sandbar.capture;

/**
 * How a live capture stands: packets that were handed to it and packets that were lost before Sandbar saw them, since it began. All
 * interfaces together.
 *
 * @param beganNs when it began, nanoseconds since 1970 on the wall clock
 * @param nowNs when it was counted, on the same clock
 * @param packets packets that the kernel had for it, those included that it dropped
 * @param drops packets that the kernel dropped, for the buffer was full
 * @param interfaceDrops packets that interfaces or their drivers dropped, as far as they say so
 */
public record Reception(long beganNs, long nowNs, long packets, long drops, long interfaceDrops) {}
