package org.sandbar.protocol.tls;

import java.util.Arrays;
import org.sandbar.bytes.Bytes;
import org.sandbar.bytes.Text;

/**
 * Reads numbers and vectors with their length before them (RFC 8446 section 3.4) within bounds: what goes beyond them is cut off,
 * remembered as such, and reads as nothing. A view over the caller's buffer. One thread.
 */
final class VectorReader {
    private final byte[] buffer;
    private int at;
    private final int end;
    private boolean exceeded;

    VectorReader(byte[] buffer, int from, int to) {
        this.buffer = buffer;
        at = from;
        end = to;
    }

    int left() {
        return end - at;
    }

    /** Whether a length went beyond what holds it. */
    boolean isExceeded() {
        return exceeded;
    }

    void skip(int bytes) {
        exceeded |= bytes > left();
        at += Math.min(bytes, left());
    }

    int u8() {
        skip(1);
        return exceeded ? 0 : buffer[at - 1] & 0xff;
    }

    int u16() {
        skip(2);
        return exceeded ? 0 : Bytes.u16(buffer, at - 2);
    }

    /** What a length of one byte announces, as far as it is there. */
    VectorReader vector8() {
        return vector(u8());
    }

    /** What a length of two bytes announces, as far as it is there. */
    VectorReader vector16() {
        return vector(u16());
    }

    private VectorReader vector(int length) {
        int from = at;
        skip(length);
        return new VectorReader(buffer, from, at);
    }

    /** The rest as numbers of two bytes; an odd byte at the end is left. */
    int[] numbers() {
        int[] numbers = new int[left() / 2];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = u16();
        }
        return numbers;
    }

    byte[] bytes() {
        return Arrays.copyOfRange(buffer, at, end);
    }

    String text(int mostBytes) {
        return Text.of(buffer, at, end, mostBytes);
    }
}
