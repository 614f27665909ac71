package org.sandbar.proxy;

import java.nio.ByteBuffer;

/** How one direction of a session goes on. Both buffers stand ready to be filled, before and after. */
@FunctionalInterface
interface Passage {
    /** All as it comes. */
    Passage AS_IT_IS = (in, out, last) -> {
        in.flip();
        move(in, in.limit(), out);
        in.compact();
    };

    /**
     * Moves what may go on and finds room. Where it leaves something that needs no more bytes to go on, something stands in {@code out}.
     *
     * @param last nothing comes behind what is there
     */
    void pass(ByteBuffer in, ByteBuffer out, boolean last);

    /** Moves bytes up to an index, as far as there is room. */
    static void move(ByteBuffer in, int end, ByteBuffer out) {
        int length = Math.min(end - in.position(), out.remaining());
        out.put(in.array(), in.position(), length);
        in.position(in.position() + length);
    }
}
