package org.sandbar.capture.live;

/**
 * How interfaces are watched.
 *
 * @param filter an expression of pcap-filter(7) that the kernel applies, or null
 * @param snapBytes bytes of a packet that are kept
 * @param bufferBytes bytes that the kernel may keep for each interface until they are read
 * @param promiscuous whether packets for others are asked for too
 * @param immediate whether a packet is handed over when it comes, which costs the more the more come
 * @param durationNs the capture ends by itself after so long; {@link Long#MAX_VALUE} for never
 * @param mostPackets and after so many packets; {@link Long#MAX_VALUE} for never
 */
public record LiveSettings(
        String filter,
        int snapBytes,
        int bufferBytes,
        boolean promiscuous,
        boolean immediate,
        long durationNs,
        long mostPackets) {}
