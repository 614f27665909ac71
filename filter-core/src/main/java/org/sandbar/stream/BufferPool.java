package org.sandbar.stream;

/**
 * The memory of a shard's streams: arrays in powers of two from 1 KiB to 64 KiB, given out and taken back, at most so many bytes at
 * once. A request beyond the bound gets null, and the caller's policy for loss applies. One thread.
 */
final class BufferPool {
    private static final int LEAST_BITS = 10;
    private static final int MOST_BITS = 16;
    static final int MOST_BYTES = 1 << MOST_BITS;

    private final byte[][][] free = new byte[MOST_BITS - LEAST_BITS + 1][16][];
    private final int[] count = new int[MOST_BITS - LEAST_BITS + 1];
    private final long bound;
    private long given;

    BufferPool(long bound) {
        this.bound = bound;
    }

    /** An array of at least so many bytes, at most {@link #MOST_BYTES}; null where the bound is reached or more was asked for. */
    byte[] take(int bytes) {
        int size = sizeClass(bytes);
        if (size >= free.length || given + (1L << size + LEAST_BITS) > bound) {
            return null;
        }
        given += 1L << size + LEAST_BITS;
        return count[size] > 0 ? free[size][--count[size]] : new byte[1 << size + LEAST_BITS];
    }

    void give(byte[] buffer) {
        int size = sizeClass(buffer.length);
        given -= buffer.length;
        if (count[size] == free[size].length) {
            free[size] = java.util.Arrays.copyOf(free[size], 2 * count[size]);
        }
        free[size][count[size]++] = buffer;
    }

    private static int sizeClass(int bytes) {
        return Math.max(0, 32 - Integer.numberOfLeadingZeros(Math.max(1, bytes) - 1) - LEAST_BITS);
    }

    /** Bytes that are given out now. */
    long given() {
        return given;
    }

    /** Whether more than half is given out: time to do without what is merely useful. */
    boolean isScarce() {
        return given > bound / 2;
    }
}
