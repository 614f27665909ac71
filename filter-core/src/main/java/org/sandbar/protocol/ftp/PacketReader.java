package org.sandbar.protocol.ftp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.bytes.Text;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.protocol.Output;

/**
 * Looks at one direction of a control channel as a filter of packets or lines does, and at what the stream says of the same bytes. A
 * segment that begins with an announcement which is no line of its own (VU#328867: an echo cut just there, or the tail of an argument),
 * and a line within a reply that looks like a reply of its own (VU#288905), are what such a filter can be made to believe; they
 * are told. One flow, one thread.
 */
final class PacketReader {
    private static final int MOST_WAITING = 8;
    private static final int MOST_REMEMBERED = 16;
    private static final byte[] NOTHING = {};
    private static final long[] NOWHERE = {};

    /** A segment that began with an announcement, and where in the stream; the text is a copy. */
    private record Start(long position, byte[] text) {}

    private final Output out;
    private final Direction direction;
    /** Starts of segments that the stream has not reached. */
    private final List<Start> waiting = new ArrayList<>(0);
    /** Where the last announcements stood that are known: what they look like, or told. */
    private long[] known = NOWHERE;

    private int knownCount;
    /** Only from here on, and up to here, were the lines read. */
    private long readFrom;

    private long readTo;
    private boolean unsure;

    PacketReader(Output out, Direction direction) {
        this.out = out;
        this.direction = direction;
    }

    /** A segment as it came, whether or not its bytes are new. */
    void onSegment(byte[] buffer, int from, int to, long position) {
        byte[] text = announcement(buffer, from, to);
        if (text == NOTHING) {
            return;
        }
        if (position >= readTo) {
            if (waiting.size() < MOST_WAITING) {
                waiting.add(new Start(position, text));
            }
        } else if (position >= readFrom && !isKnown(position)) {
            tell(new Start(position, text));
        }
    }

    /**
     * The next line, before it is taken in, and where in the stream the one behind it begins; it is {@code within} where the stream takes
     * it for the text of a reply of several lines.
     */
    void onLine(LineReader line, long next, boolean within) {
        long begin = line.start();
        if (unsure) {
            readFrom = begin;
            unsure = false;
        }
        byte[] text = announcement(line.bytes(), line.from(), line.to());
        if (text != NOTHING) {
            if (within) {
                tell(new Start(begin, text));
            } else {
                remember(begin);
            }
        }
        readTo = next;
        for (int i = 0; i < waiting.size(); i++) {
            Start start = waiting.get(i);
            if (start.position < next) {
                waiting.remove(i--);
                if (start.position >= begin && !isKnown(start.position)) {
                    tell(start);
                }
            }
        }
    }

    /** Bytes are missing; lines up to the next one that is read were not. */
    void onGap() {
        unsure = true;
        waiting.clear();
    }

    /** The text of an announcement that stands here, for whoever finds it here; {@link #NOTHING} where there is none. */
    private byte[] announcement(byte[] buffer, int from, int to) {
        if (to - from < 8) {
            return NOTHING;
        }
        int end = from;
        while (end < to && buffer[end] != '\r' && buffer[end] != '\n') {
            end++;
        }
        Endpoint endpoint =
                direction == Direction.TO_CLIENT ? replied(buffer, from, end) : commanded(buffer, from, end);
        return endpoint != null && endpoint.isReadable() ? Arrays.copyOfRange(buffer, from, end) : NOTHING;
    }

    private static Endpoint replied(byte[] buffer, int from, int end) {
        if (buffer[from] != '2' || buffer[from + 1] != '2' || buffer[from + 3] != ' ') {
            return null;
        }
        return Endpoint.ofReply(Exchanges.code(buffer, from, end), buffer, from + 3, end);
    }

    private static Endpoint commanded(byte[] buffer, int from, int end) {
        int letter = Ascii.lower(buffer[from]);
        if (letter != 'p' && letter != 'e') {
            return null;
        }
        Verb verb = Verb.of(buffer, from, Math.min(from + 4, end));
        int blank = Ascii.indexOf(buffer, from, end, ' ');
        return blank < 0 ? null : Endpoint.ofCommand(verb, buffer, blank + 1, end);
    }

    private boolean isKnown(long position) {
        if (knownCount > MOST_REMEMBERED && position < known[knownCount % MOST_REMEMBERED]) {
            // So old that nothing is remembered of it.
            return true;
        }
        for (int i = 0; i < Math.min(knownCount, MOST_REMEMBERED); i++) {
            if (known[i] == position) {
                return true;
            }
        }
        return false;
    }

    private void remember(long position) {
        if (known == NOWHERE) {
            known = new long[MOST_REMEMBERED];
        }
        known[knownCount++ % MOST_REMEMBERED] = position;
    }

    private void tell(Start start) {
        remember(start.position);
        byte[] text = start.text;
        boolean reply = direction == Direction.TO_CLIENT;
        Endpoint endpoint = reply ? replied(text, 0, text.length) : commanded(text, 0, text.length);
        Flow flow = out.flow();
        Event event = out.event(FtpEvents.FTP)
                .set(FtpEvents.MODE, reply ? FtpEvents.PASSIVE : FtpEvents.ACTIVE)
                .set(
                        FtpEvents.INJECTED,
                        Text.of(text, 0, text.length, out.limits().of(Bound.EVENT_TEXT_BYTES)));
        new Announcement(endpoint, direction, List.of()).describe(event, flow);
        out.tell(event);
    }
}
