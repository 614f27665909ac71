package org.sandbar.verdict;

import org.sandbar.trust.TrustClass;

/**
 * What becomes of a packet, and what its connection is marked with, so that the kernel's own rules can go by it. There are only a few
 * of them, and they are made once. Immutable, any thread.
 */
public final class Decision {
    /** The bits of {@link #mark}: two say what the flow is taken for. */
    public static final int CLASS_MASK = 0x0300_0000;

    public static final int SANDBOXED = 0x0100_0000;
    public static final int UNKNOWN = 0x0200_0000;
    public static final int TRUSTED = 0x0300_0000;
    /** The flow was announced by one that may: a way was opened for it alone. */
    public static final int EXPECTED = 0x0400_0000;
    /** Nothing that is still to come of the flow needs to be looked at. */
    public static final int READ = 0x0800_0000;
    /** What its server sends need not be, before its client says more. */
    public static final int SKIPPED = 0x4000_0000;
    /** Not of a decision, but of a packet that is for these reasons not handed over. */
    public static final int PASSED = 0x8000_0000;

    /** Not of a decision, but of the connection: a control channel that goes through the proxy. */
    public static final int PROXIED = 0x1000_0000;
    /** The same of a data connection that the proxy has had announced, which passes only where it is {@link #EXPECTED} too. */
    public static final int TRANSLATED = 0x2000_0000;

    private static final int FLAGS = 8;
    private static final Decision[] ALL = new Decision[Answer.values().length * TrustClass.values().length * FLAGS];

    static {
        for (int i = 0; i < ALL.length; i++) {
            ALL[i] = new Decision(
                    Answer.values()[i / FLAGS / TrustClass.values().length],
                    TrustClass.values()[i / FLAGS % TrustClass.values().length],
                    (i & 1) != 0,
                    (i & 2) != 0,
                    (i & 4) != 0);
        }
    }

    /** Of a packet that belongs to no flow: it passes, and nothing is said of it. */
    public static final Decision NO_FLOW = new Decision(Answer.ACCEPT, 0);

    private final Answer answer;
    private final int mark;

    private Decision(Answer answer, int mark) {
        this.answer = answer;
        this.mark = mark;
    }

    private Decision(Answer answer, TrustClass trustClass, boolean expected, boolean read, boolean skipped) {
        this(answer, bits(trustClass) | (expected ? EXPECTED : 0) | (read ? READ : 0) | (skipped ? SKIPPED : 0));
    }

    public static Decision of(Answer answer, TrustClass trustClass, boolean expected, boolean read, boolean skipped) {
        int row = answer.ordinal() * TrustClass.values().length + trustClass.ordinal();
        return ALL[row * FLAGS + (expected ? 1 : 0) + (read ? 2 : 0) + (skipped ? 4 : 0)];
    }

    private static int bits(TrustClass trustClass) {
        return switch (trustClass) {
            case SANDBOXED -> SANDBOXED;
            case UNKNOWN -> UNKNOWN;
            case TRUSTED -> TRUSTED;
        };
    }

    public Answer answer() {
        return answer;
    }

    /** The bits that say all but the answer; 0 where the packet belongs to no flow. */
    public int mark() {
        return mark;
    }
}
