package org.sandbar.proxy;

import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.sandbar.bytes.Ascii;
import org.sandbar.protocol.ftp.ActiveCommand;

/**
 * What a client says, line by line, with another command in the place of one that announces where it listens. All else goes on as it came,
 * byte for byte: lines that are longer than the buffer, and everything behind the first byte that begins no line, for it is encrypted. One
 * session, one thread.
 */
final class Commands implements Passage {
    private final UnaryOperator<ActiveCommand> substitution;
    /** In the middle of a line too long to be looked at. */
    private boolean within;

    private boolean opaque;

    /** @param substitution what is said in a command's place; null for that command itself */
    Commands(UnaryOperator<ActiveCommand> substitution) {
        this.substitution = substitution;
    }

    @Override
    public void pass(ByteBuffer in, ByteBuffer out, boolean last) {
        in.flip();
        while (in.hasRemaining() && passNext(in, out, last)) {}
        in.compact();
    }

    /** The next line, or piece of something else; false where it is to wait. */
    private boolean passNext(ByteBuffer in, ByteBuffer out, boolean last) {
        int feed = Ascii.indexOfLineFeed(in.array(), in.position(), in.limit());
        int end = feed < 0 ? in.limit() : feed + 1;
        opaque |= !within && !ActiveCommand.mayBegin(in.get(in.position()));
        if (!opaque && !within) {
            if (feed >= 0) {
                return passLine(in, end, out);
            }
            if (!last && in.remaining() < in.capacity()) {
                return false;
            }
        }
        Passage.move(in, opaque ? in.limit() : end, out);
        within = !opaque && (feed < 0 || in.position() < end);
        return out.hasRemaining();
    }

    /** One command of the kind at a time, for the kernel takes its time over each, and others wait. */
    private boolean passLine(ByteBuffer in, int end, ByteBuffer out) {
        if (out.remaining() < Math.max(end - in.position(), ActiveCommand.MOST_BYTES)) {
            return false;
        }
        ActiveCommand command = ActiveCommand.of(in.array(), in.position(), end);
        ActiveCommand other = command == null ? null : substitution.apply(command);
        if (other == null) {
            Passage.move(in, end, out);
        } else {
            out.put(other.line());
            in.position(end);
        }
        return command == null;
    }
}
