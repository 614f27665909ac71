package org.sandbar.stream;

/** A segment that came before its time, copied. Pooled; a list of them is sorted by sequence number and has no overlaps. */
final class HeldSegment {
    byte[] bytes;
    int sequence;
    int length;
    /** Bytes behind {@code length} that the snap length cut off: a gap of known size. */
    int cut;

    long arrivedNs;
    HeldSegment next;

    int end() {
        return sequence + length + cut;
    }
}
