package org.sandbar.bench.mix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What one side says in one go: texts, and stretches of noise in between. All noise is cut from one block that is shared, so that a body of
 * any size takes no memory until it stands in a packet.
 */
final class Message {
    private static final int NOISE_BYTES = 1 << 20;
    private static final byte[] NOISE = new byte[NOISE_BYTES];

    static {
        new SplittableRandom(4502).nextBytes(NOISE);
    }

    private byte[][] sources = new byte[2][];
    private int[] offsets = new int[2];
    /** Where in the message each piece ends. */
    private int[] ends = new int[2];

    private int pieces;

    static Message of(String text) {
        return new Message().text(text);
    }

    /** Each char is one byte. */
    Message text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return add(bytes, 0, bytes.length);
    }

    Message noise(SplittableRandom random, int length) {
        return add(NOISE, random.nextInt(NOISE_BYTES - length), length);
    }

    private Message add(byte[] source, int offset, int length) {
        if (pieces == ends.length) {
            sources = Arrays.copyOf(sources, 2 * pieces);
            offsets = Arrays.copyOf(offsets, 2 * pieces);
            ends = Arrays.copyOf(ends, 2 * pieces);
        }
        int before = length();
        sources[pieces] = source;
        offsets[pieces] = offset;
        ends[pieces++] = before + length;
        return this;
    }

    int length() {
        return pieces == 0 ? 0 : ends[pieces - 1];
    }

    /** Copies {@code length} bytes that stand at {@code from} in the message. */
    void copy(int from, int length, byte[] to, int at) {
        int piece = 0;
        while (ends[piece] <= from) {
            piece++;
        }
        for (int done = 0; done < length; piece++) {
            int start = piece == 0 ? 0 : ends[piece - 1];
            int inside = from + done - start;
            int count = Math.min(length - done, ends[piece] - start - inside);
            System.arraycopy(sources[piece], offsets[piece] + inside, to, at + done, count);
            done += count;
        }
    }
}
