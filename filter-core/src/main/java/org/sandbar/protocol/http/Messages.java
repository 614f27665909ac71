package org.sandbar.protocol.http;

import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.bytes.Text;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;

/**
 * The messages of one direction: start line, header lines, body skipped by count (RFC 9112 section 2.1). A line that should start a
 * message and does not is passed over, up to {@code unfinished-bytes} of them; after a gap the next message is looked for at the
 * beginning of what is offered. What the lines mean is for {@link Requests} and {@link Responses} to say. One analyzer's thread.
 */
abstract class Messages {
    /** A body's length that is not a number. */
    static final long CHUNKED = -1;

    static final long UNTIL_CLOSE = -2;

    private static final int LONGEST_EVIDENCE = 256;

    /** What a line in the place of a start line turned out to be. */
    enum Start {
        /** The first line of a head. */
        HEAD,
        /** A whole message. */
        WHOLE,
        /** The first line of a body that ends with the connection. */
        BODY,
        JUNK
    }

    private enum State {
        START,
        HEAD,
        /** A body, or a chunk of one, whose first bytes are looked at. */
        BODY,
        CHUNK,
        TRAILER,
        LOST,
        OVER,
        /** Another protocol goes on. */
        HANDED_OVER
    }

    final Output output;
    final Exchanges exchanges;
    final Agents agents;
    private final AlgBait bait;
    final Framing framing = new Framing();
    final Findings findings = new Findings();
    final StartLine start = new StartLine();

    private final int mostLineBytes;
    private final int mostHeaders;
    private final int mostJunk;
    private final int mostText;
    private final Lines lines;
    private State state = State.START;
    /** Of a body whose first bytes are looked at: what is left of it, how much is wanted at once, how much of that was offered. */
    private long bodyLeft;

    private int bodyWanted;
    private int bodyOffered;
    private State behindBody;
    private int headers;
    private int folds;
    private int junk;

    Messages(Output output, Exchanges exchanges, Agents agents, AlgBait bait) {
        this.output = output;
        this.bait = bait;
        this.exchanges = exchanges;
        this.agents = agents;
        mostJunk = output.limits().of(Bound.UNFINISHED_BYTES);
        // A line must be decided before the stream gives up keeping its beginning.
        mostLineBytes = Math.min(output.limits().of(Bound.HTTP_LINE_BYTES), mostJunk - 2);
        mostHeaders = output.limits().of(Bound.HTTP_HEADERS);
        mostText = output.limits().of(Bound.EVENT_TEXT_BYTES);
        lines = new Lines(mostLineBytes);
    }

    abstract Direction direction();

    /** Looks at a line in the place of a start line. */
    abstract Start onStart(byte[] line, int from, int to, boolean cut);

    /**
     * One header: its line from {@code from}, its name up to {@code nameEnd}, its value from {@code value} to {@code to}. It is hidden
     * where white space or a fold keeps some readers from seeing it.
     */
    abstract void onHeader(Header header, byte[] line, int from, int nameEnd, int value, int to, boolean hidden);

    /** The chunks of a body have something that they should not. */
    abstract void onChunkFault(Fault fault);

    /** The head is whole. Returns the length of the body, or {@link #CHUNKED}, or {@link #UNTIL_CLOSE}. */
    abstract long onHead();

    /** How many of the body's first bytes {@link #onBody} is to see at once; asked when they are about to come. */
    int bodyBytesWanted() {
        return 0;
    }

    /** The first bytes of a body, or of its first chunk: as many as were wanted, or all that there are. */
    void onBody(byte[] buffer, int from, int to) {}

    /** Who reads the body at hand as it comes, or null. */
    Analyzer bodyReader() {
        return null;
    }

    /** Nothing more of that body comes; bytes of it may be missing. */
    void onBodyEnd(boolean missing) {}

    /** The head broke off behind its first line. */
    abstract void onBrokenHead();

    abstract void onLost();

    /** No more messages will come. */
    abstract void onOver();

    abstract Probe probe(byte[] buffer, int from, int to);

    /** Whether a body in chunks that are none is taken for the rest of the connection. */
    abstract boolean isOverByBrokenChunk();

    final long onData(byte[] buffer, int offset, int length) {
        if (state == State.OVER) {
            return Analyzer.SKIP_ALL;
        }
        if (isHeld()) {
            return 0;
        }
        if (state == State.LOST) {
            Probe found = probe(buffer, offset, offset + length);
            if (found != Probe.MATCH) {
                return found == Probe.NEED_MORE && length <= mostLineBytes ? 0 : length;
            }
            state = State.START;
        }
        lines.over(buffer, offset, length);
        while (state == State.BODY ? hasBody() : lines.next(state == State.HEAD)) {
            long awaited = lines.skip(state == State.BODY ? lookAtBody(buffer) : onLine());
            if (state == State.OVER) {
                return Analyzer.SKIP_ALL;
            }
            if (awaited > 0) {
                return length + awaited;
            }
            if (state == State.HANDED_OVER || isHeld()) {
                break;
            }
        }
        return lines.consumed();
    }

    /** Whether no message is at hand, but for a body that is skipped. */
    final boolean isBetween() {
        return state == State.START || state == State.OVER;
    }

    private boolean hasBody() {
        bodyOffered = lines.left();
        return bodyOffered >= bodyWanted;
    }

    /** Returns how much of the body is to be skipped, or was read. */
    private long lookAtBody(byte[] buffer) {
        if (bodyReader() != null) {
            return readBody(buffer);
        }
        if (bodyWanted > 0) {
            onBody(buffer, lines.position(), lines.position() + bodyWanted);
        }
        state = behindBody;
        return bodyLeft;
    }

    private long readBody(byte[] buffer) {
        int here = (int) Math.min(bodyLeft, lines.left());
        bodyReader().onData(direction(), buffer, lines.position(), here);
        bodyLeft -= here;
        if (bodyLeft == 0) {
            state = behindBody;
            if (state == State.START) {
                onBodyEnd(false);
            }
        }
        return here;
    }

    /** Awaits the first bytes of a body, where anybody wants to see them; returns how much of it is to be skipped now. */
    private long beginBody(long length, State behind) {
        bodyWanted = (int) Math.min(length, bodyReader() != null ? 1 : bodyBytesWanted());
        state = bodyWanted == 0 ? behind : State.BODY;
        bodyLeft = length;
        bodyOffered = 0;
        behindBody = behind;
        return bodyWanted == 0 ? length : 0;
    }

    /** What follows is another protocol's, from the next byte on. */
    final void handOver(String protocol) {
        state = State.HANDED_OVER;
        output.handOver(protocol);
    }

    /** Whether nothing can be read before the other direction has decided what it is. */
    boolean isHeld() {
        return false;
    }

    /** The other direction will not decide it any more: what was held is read as it stands. */
    void release() {}

    final void onGap(long missing) {
        if (bodyReader() != null) {
            onBodyEnd(true);
        }
        if (state == State.BODY && missing <= bodyLeft - bodyOffered) {
            // What is missing is of the body, and so is what was offered and not taken.
            bodyLeft -= bodyOffered + missing;
            bodyWanted = 0;
            return;
        }
        breakHead();
        lines.forget();
        state = State.LOST;
        onLost();
    }

    /** Whether bytes went missing, and no message has begun behind them. */
    final boolean isLost() {
        return state == State.LOST;
    }

    final void onEnd() {
        if (bodyReader() != null) {
            onBodyEnd(false);
        }
        release();
        if (state != State.OVER) {
            over();
        }
    }

    /** Nothing of this direction is looked at any more. */
    final void over() {
        breakHead();
        state = State.OVER;
        onOver();
    }

    private void breakHead() {
        if (state == State.HEAD) {
            onBrokenHead();
        }
    }

    /** Takes the line at hand; returns how many bytes of body follow it. */
    private long onLine() {
        switch (state) {
            case START -> onStart();
            case HEAD -> {
                if (lines.isEmpty()) {
                    return endHead();
                }
                onHeader();
            }
            case CHUNK -> {
                return onChunkSize();
            }
            case TRAILER -> {
                if (lines.isEmpty()) {
                    state = State.START;
                } else {
                    onChunkFault(Fault.TRAILER);
                }
            }
            default -> throw new IllegalStateException(state.name());
        }
        return 0;
    }

    private void onStart() {
        if (lines.from() == lines.to()) {
            return;
        }
        headers = 0;
        folds = 0;
        findings.clear();
        framing.clear();
        Start begun = onStart(lines.bytes(), lines.from(), lines.to(), lines.isCut());
        switch (begun) {
            case HEAD -> state = State.HEAD;
            case BODY -> over();
            case JUNK -> {
                bait.look(direction(), lines.bytes(), lines.from(), lines.to(), AlgBait.BEHIND_MESSAGE);
                passOver();
            }
            default -> {}
        }
        if (begun != Start.JUNK) {
            junk = 0;
            findings.fault(Fault.BARE_LINE_FEED, lines.isBareLineFeed());
        }
    }

    private void passOver() {
        junk += lines.to() - lines.from() + 1;
        if (junk > mostJunk || lines.isCut()) {
            state = State.OVER;
            exchanges.onRequestsOver();
            exchanges.onResponsesOver();
            output.abandon();
        }
    }

    private void onHeader() {
        folds += lines.folds();
        if (headers++ >= mostHeaders) {
            findings.fault(Fault.HEADERS_TOO_MANY, true);
            return;
        }
        byte[] line = lines.bytes();
        int from = lines.from();
        int to = lines.to();
        int colon = Ascii.indexOf(line, from, to, ':');
        int nameEnd = Ascii.trimEnd(line, from, Math.max(colon, from));
        boolean hidden = nameEnd < colon || lines.folds() > 0;
        long before = findings.faults();
        findings.judgeLine(lines, headers == 1, nameEnd, colon);
        if (colon >= 0) {
            onHeader(
                    Header.of(line, from, nameEnd),
                    line,
                    from,
                    nameEnd,
                    Ascii.skipBlanks(line, colon + 1, to),
                    to,
                    hidden);
        }
        if (findings.faults() != before) {
            findings.keepEvidence(rawLine());
        }
    }

    /** The line at hand as it came. */
    final String rawLine() {
        return lines.raw(LONGEST_EVIDENCE);
    }

    /** Copies the line at hand as it came, so that it can become evidence later; returns its length. */
    final int copyLine(byte[] kept) {
        return lines.copyRaw(kept);
    }

    static byte[] roomForLine() {
        return new byte[LONGEST_EVIDENCE];
    }

    private long endHead() {
        state = State.START;
        long length = onHead();
        if (state == State.HANDED_OVER) {
            return 0;
        }
        if (length == UNTIL_CLOSE) {
            onOver();
            return beginBody(Long.MAX_VALUE, State.OVER);
        }
        if (length == CHUNKED) {
            state = State.CHUNK;
            return 0;
        }
        if (length == 0 && bodyReader() != null) {
            onBodyEnd(false);
        }
        return beginBody(length, State.START);
    }

    /** RFC 9112 section 7.1. The line end behind a chunk's data is an empty line here. */
    private long onChunkSize() {
        byte[] line = lines.bytes();
        int from = Ascii.skipBlanks(line, lines.from(), lines.to());
        int to = lines.to();
        if (from == to) {
            return 0;
        }
        int at = from;
        long size = 0;
        while (at < to && at - from < 15 && Character.digit(line[at], 16) >= 0) {
            size = size << 4 | Character.digit(line[at++], 16);
        }
        int behind = Ascii.skipBlanks(line, at, to);
        if (behind < to && line[behind] == ';') {
            onChunkFault(Fault.CHUNK_EXTENSION);
        }
        if (at - from > 1 && line[from] == '0') {
            onChunkFault(Fault.CHUNK_SIZE_LEADING_ZERO);
        }
        if (at == from || behind < to && line[behind] != ';') {
            state = State.START;
            onChunkFault(Fault.CHUNK_SIZE_INVALID);
            if (isOverByBrokenChunk()) {
                over();
            }
            return 0;
        }
        if (size == 0) {
            state = State.TRAILER;
            if (bodyReader() != null) {
                onBodyEnd(false);
            }
            return 0;
        }
        return beginBody(size, State.CHUNK);
    }

    final int headers() {
        return headers;
    }

    final int folds() {
        return folds;
    }

    final String text(byte[] line, int from, int to) {
        return Text.of(line, from, to, mostText);
    }
}
