package org.sandbar.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One direction of a session: reads while there is room, and ends the other side's input when its own has ended. One thread. */
final class OneWay {
    private final SocketChannel from;
    private final SocketChannel to;
    private final Passage passage;
    private final ByteBuffer in;
    private final ByteBuffer out;
    private boolean ended;
    private boolean over;

    OneWay(SocketChannel from, SocketChannel to, int bytes, Passage passage) {
        this.from = from;
        this.to = to;
        this.passage = passage;
        in = ByteBuffer.allocate(bytes);
        out = ByteBuffer.allocate(bytes);
    }

    /** Does what can be done now; says whether anything moved. */
    boolean proceed() throws IOException {
        if (over) {
            return false;
        }
        int written = to.write(out.flip());
        out.compact();
        int read = ended ? 0 : from.read(in);
        ended |= read < 0;
        passage.pass(in, out, ended);
        if (ended && in.position() == 0 && out.position() == 0) {
            over = true;
            to.shutdownOutput();
        }
        return written > 0 || read > 0;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Ended, and all of it passed on. */
    boolean isOver() {
        return over;
    }

    boolean wantsToRead() {
        return !ended && in.hasRemaining();
    }

    boolean wantsToWrite() {
        return out.position() > 0;
    }
}
