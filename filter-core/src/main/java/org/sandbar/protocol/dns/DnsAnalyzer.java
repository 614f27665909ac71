package org.sandbar.protocol.dns;

import org.sandbar.bytes.Bytes;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Names;
import org.sandbar.protocol.Output;

/**
 * Reads the DNS messages of one flow, and tells the addresses of answers to questions that were asked in it: what nobody asked for may be
 * anybody's invention. Over TCP each message has its length before it (RFC 7766 section 8). The flow's thread alone.
 */
final class DnsAnalyzer implements Analyzer {
    /** Questions that wait for their answers: a resolver's flow may have many. */
    private static final int MOST_WAITING = 32;

    private static final int LENGTH = 2;

    private final Output output;
    private final boolean overTcp;
    private final DnsMessage message = new DnsMessage();
    private final long[] waiting = new long[MOST_WAITING];
    private int asked;
    private boolean lost;

    DnsAnalyzer(Output output, boolean overTcp) {
        this.output = output;
        this.overTcp = overTcp;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        if (!overTcp) {
            read(direction, buffer, offset, offset + length);
            return length;
        }
        if (lost) {
            return SKIP_ALL;
        }
        int at = offset;
        int end = offset + length;
        while (end - at >= LENGTH) {
            int size = Bytes.u16(buffer, at);
            if (size > end - at - LENGTH) {
                break;
            }
            read(direction, buffer, at + LENGTH, at + LENGTH + size);
            at += LENGTH + size;
        }
        return at - offset;
    }

    private void read(Direction direction, byte[] buffer, int from, int to) {
        if (to - from < DnsMessage.HEADER) {
            return;
        }
        message.over(buffer, from, to);
        if (direction == Direction.TO_SERVER) {
            if (!message.isResponse()) {
                waiting[asked++ % MOST_WAITING] = key();
            }
        } else if (message.isAnswer() && wasAsked() && message.readAnswers()) {
            output.tell(output.event(Names.ANSWERED)
                    .set(Names.NAME, message.nameAsked())
                    .set(Names.ADDRESSES, message.addresses())
                    .set(Names.TTL, message.ttlSeconds()));
        }
    }

    private long key() {
        return (long) message.id() << 32 | message.question() & 0xffff_ffffL | 1L << 48;
    }

    private boolean wasAsked() {
        long key = key();
        for (long question : waiting) {
            if (question == key) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onGap(Direction direction, long missing) {
        // Where the next message begins is not known any more.
        lost = true;
    }

    @Override
    public void onEnd(Direction direction) {}
}
