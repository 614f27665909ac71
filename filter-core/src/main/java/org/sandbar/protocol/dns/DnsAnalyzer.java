package org.sandbar.protocol.dns;

import java.util.Arrays;
import org.sandbar.bytes.Bytes;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Names;
import org.sandbar.protocol.Output;

/**
 * Reads the DNS messages of one flow, and tells the addresses of answers to questions that were asked in it: what nobody asked for may be
 * anybody's invention. Of two responses to a question the first is the answer, as for the client, whichever of them is forged. Over TCP
 * each message has its length before it (RFC 7766 section 8). The flow's thread alone.
 */
final class DnsAnalyzer implements Analyzer {
    /** Questions that wait for their answers: a resolver's flow may have many. */
    private static final int MOST_WAITING = 32;

    private static final int USUALLY_WAITING = 2;
    private static final long FREE = 0;
    private static final int LENGTH = 2;

    private final Output output;
    private final boolean overTcp;
    private final DnsMessage message = new DnsMessage();
    private long[] waiting = new long[USUALLY_WAITING];
    private int crowdedOut;
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
        if (message.isResponse() != (direction == Direction.TO_CLIENT)) {
            return;
        }
        if (direction == Direction.TO_SERVER) {
            ask(key());
        } else if (wasAsked(key()) && message.isAnswer() && message.readAddresses()) {
            output.tell(output.event(Names.ANSWERED)
                    .set(Names.NAME, message.nameAsked())
                    .set(Names.ADDRESSES, message.addresses())
                    .set(Names.TTL, message.ttlSeconds()));
        }
    }

    /** Of the question: identifier, name and type; never {@link #FREE}. */
    private long key() {
        return 1L << 48 | (long) message.id() << 32 | message.question() & 0xffff_ffffL;
    }

    private void ask(long question) {
        if (placeOf(question) >= 0) {
            return;
        }
        int place = placeOf(FREE);
        if (place < 0 && waiting.length < MOST_WAITING) {
            place = waiting.length;
            waiting = Arrays.copyOf(waiting, 2 * place);
        }
        waiting[place >= 0 ? place : crowdedOut++ & MOST_WAITING - 1] = question;
    }

    /** Whether the question waited; it does no longer, whatever the response is. */
    private boolean wasAsked(long question) {
        int place = placeOf(question);
        if (place >= 0) {
            waiting[place] = FREE;
        }
        return place >= 0;
    }

    private int placeOf(long question) {
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] == question) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void onGap(Direction direction, long missing) {
        // Where the next message begins is not known any more.
        lost = true;
    }

    @Override
    public void onEnd(Direction direction) {}
}
