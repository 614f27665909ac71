package org.sandbar.bench.mix;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * A TCP connection from SYN to the last ACK: what its script says in segments of the usual size, every second one acknowledged, and what
 * the network does to them. While another conversation is held in between, such as a transfer, this one waits.
 */
final class TcpTalk implements Talk {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int PSH = 0x08;
    static final int ACK = 0x10;

    private enum Phase {
        SYN,
        SYN_ACK,
        OPEN,
        TALK,
        CLIENT_FIN,
        SERVER_FIN,
        LAST_ACK,
        CLOSED
    }

    /** Either a message of one side, or a conversation. */
    private record Turn(boolean byClient, Message message, Talk other) {}

    private final Endpoints ends;
    private final Script script;
    private final Disorder disorder;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>(4);
    private Phase phase = Phase.SYN;
    private int clientSequence;
    private int serverSequence;

    private Turn turn;
    private int said;
    private int unacknowledged;
    private Talk other;

    TcpTalk(Endpoints ends, Script script, SplittableRandom random, Disorder disorder) {
        this.ends = ends;
        this.script = script;
        this.disorder = disorder;
        clientSequence = random.nextInt();
        serverSequence = random.nextInt();
    }

    TcpTalk client(String text) {
        return say(true, Message.of(text));
    }

    TcpTalk server(String text) {
        return say(false, Message.of(text));
    }

    TcpTalk say(boolean byClient, Message message) {
        turns.add(new Turn(byClient, message, null));
        return this;
    }

    TcpTalk meanwhile(Talk talk) {
        turns.add(new Turn(false, null, talk));
        return this;
    }

    @Override
    public boolean step(CaptureWriter out) throws IOException {
        if (other != null) {
            if (other.step(out)) {
                return true;
            }
            other = null;
        }
        switch (phase) {
            case SYN -> {
                out.bare(ends, true, SYN, clientSequence++, 0);
                phase = Phase.SYN_ACK;
            }
            case SYN_ACK -> {
                out.bare(ends, false, SYN | ACK, serverSequence++, clientSequence);
                phase = Phase.OPEN;
            }
            case OPEN -> {
                bare(out, true, ACK);
                phase = Phase.TALK;
            }
            case TALK -> {
                return talk(out);
            }
            case CLIENT_FIN -> {
                bare(out, true, FIN | ACK);
                clientSequence++;
                phase = Phase.SERVER_FIN;
            }
            case SERVER_FIN -> {
                bare(out, false, FIN | ACK);
                serverSequence++;
                phase = Phase.LAST_ACK;
            }
            case LAST_ACK -> {
                bare(out, true, ACK);
                phase = Phase.CLOSED;
                other = script.sequel();
            }
            case CLOSED -> {
                return false;
            }
        }
        return true;
    }

    private void bare(CaptureWriter out, boolean fromClient, int flags) throws IOException {
        out.bare(
                ends,
                fromClient,
                flags,
                fromClient ? clientSequence : serverSequence,
                fromClient ? serverSequence : clientSequence);
    }

    private boolean talk(CaptureWriter out) throws IOException {
        if (turn != null && unacknowledged > 0 && (unacknowledged == 2 || said == turn.message.length())) {
            bare(out, !turn.byClient, ACK);
            unacknowledged = 0;
            return true;
        }
        if (turn == null || said == turn.message.length()) {
            turn = null;
            said = 0;
            if (turns.isEmpty() && !script.proceed(this)) {
                phase = Phase.CLIENT_FIN;
                return step(out);
            }
            Turn next = turns.remove();
            if (next.other != null) {
                other = next.other;
                return step(out);
            }
            turn = next;
        }
        int left = turn.message.length() - said;
        if (unacknowledged == 0 && left > CaptureWriter.MOST_PAYLOAD && disorder.reorders()) {
            int first = CaptureWriter.MOST_PAYLOAD;
            send(out, said + first, Math.min(left - first, CaptureWriter.MOST_PAYLOAD));
            send(out, said, first);
            advance(Math.min(left, 2 * first));
            unacknowledged = 2;
        } else {
            int length = Math.min(left, CaptureWriter.MOST_PAYLOAD);
            if (!disorder.loses()) {
                send(out, said, length);
                if (disorder.duplicates()) {
                    send(out, said, length);
                }
            }
            advance(length);
            unacknowledged++;
        }
        return true;
    }

    private void send(CaptureWriter out, int from, int length) throws IOException {
        int ahead = from - said;
        int flags = from + length == turn.message.length() ? PSH | ACK : ACK;
        int sequence = (turn.byClient ? clientSequence : serverSequence) + ahead;
        int acknowledgement = turn.byClient ? serverSequence : clientSequence;
        out.segment(ends, turn.byClient, flags, sequence, acknowledgement, turn.message, from, length);
    }

    private void advance(int length) {
        said += length;
        if (turn.byClient) {
            clientSequence += length;
        } else {
            serverSequence += length;
        }
    }
}
