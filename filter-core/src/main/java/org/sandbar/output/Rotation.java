package org.sandbar.output;

/**
 * When the next file begins, and how many there may be; 0 is for no bound.
 *
 * @param fullAtBytes a file that has so many is followed by the next
 * @param longestNs nanoseconds of packet time from a file's first packet to its last, at most
 * @param mostFiles beyond so many the one with the lowest number is deleted
 */
public record Rotation(long fullAtBytes, long longestNs, int mostFiles) {
    public static final Rotation NONE = new Rotation(0, 0, 0);

    /** Whether there is more than one file. */
    public boolean isWanted() {
        return fullAtBytes > 0 || longestNs > 0;
    }
}
