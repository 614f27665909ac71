package org.sandbar.protocol.ftp;

import java.util.ArrayDeque;

/** What stage 2 remembers of a control connection while it lasts: bounded by a constant, keyed by its flow. One thread. */
final class ControlChannel {
    private static final int MOST = 64;

    private record Transfer(String command, String file) {}

    /** Announced last: the next transfer command is about it. */
    Expectation newest;
    /** Remembering its last announcement made an older one forgotten. */
    boolean crowdedOut;
    /** It is encrypted by now. */
    boolean opaque;
    /** What TYPE and PROT set last, or null. */
    String type;

    String protection;
    /** Transfer commands that came before the endpoint that they use, in a pipeline. */
    private final ArrayDeque<Transfer> early = new ArrayDeque<>(0);

    private final ArrayDeque<Expectation> waiting = new ArrayDeque<>(2);

    /** A transfer command whose endpoint the server is still to name. */
    void early(String command, String file) {
        if (early.size() < MOST) {
            early.add(new Transfer(command, file));
        }
    }

    /** An endpoint was announced: it is for the oldest transfer command that has none, if there is one. */
    void announced(Expectation expectation) {
        newest = expectation;
        Transfer transfer = expectation.isActive() ? null : early.poll();
        if (transfer != null) {
            serve(expectation, transfer.command, transfer.file);
        }
    }

    /** A transfer command is about this endpoint, and waits for somebody to connect. */
    void serve(Expectation expectation, String command, String file) {
        expectation.serve(command, file, type, protection);
        if (waiting.size() >= MOST) {
            waiting.poll();
        }
        waiting.add(expectation);
    }

    /** The server refused the transfer: nobody waits for its connection. */
    void refused(String command, String file) {
        for (Expectation expectation : waiting) {
            if (expectation.isMissed() && expectation.isServing(command, file)) {
                expectation.settle();
                return;
            }
        }
    }

    /** Those that transfers wait for, or waited for. */
    ArrayDeque<Expectation> waiting() {
        return waiting;
    }
}
