package org.sandbar.protocol.policyfile;

import java.util.Arrays;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;

/**
 * One policy file as it comes, in pieces of any size: a socket's reply, or the body of an HTTP response. It is whole at the end of its
 * root element or at a NUL, which ends Flash's; else when there is no more. Keeps at most {@code policy-bytes} of it. The pieces are the
 * caller's. One thread.
 */
final class PolicyText {
    private static final byte[] SILVERLIGHT_END = Ascii.bytes("</access-policy");
    private static final byte[] FLASH_END = Ascii.bytes("</cross-domain-policy");
    /** A tag, or one of the marks of an encoding; what begins otherwise is no XML. */
    private static final String FIRST = "<\u00ef\u00fe\u00ff";

    private static final int FIRST_BYTES = 1_024;
    /** A comment may hold what looks like the end; whoever puts in many of them has to wait for the real one. */
    private static final int MOST_ENDS = 8;

    private final PolicyReader reader;
    private final int most;
    private byte[] text = new byte[FIRST_BYTES];
    private int length;
    private int ends;
    private Policy policy;

    PolicyText(PolicyReader reader, Limits limits) {
        this.reader = reader;
        most = limits.of(Bound.POLICY_BYTES);
    }

    /** Takes a piece in, of a policy from this source, and returns how many of its bytes are the policy's: all until it is whole. */
    int add(byte[] buffer, int offset, int size, Policy.Source source) {
        for (int at = offset; at < offset + size; at++) {
            if (length == most) {
                finish(Finding.TOO_LARGE, source);
                return at - offset;
            }
            if (buffer[at] == 0 && !mayBeWide()) {
                finish(null, source);
                return at - offset + 1;
            }
            if (length == text.length) {
                text = Arrays.copyOf(text, Math.min(most, 2 * length));
            }
            text[length++] = buffer[at];
            if (length == 1 && FIRST.indexOf((char) (text[0] & 0xff)) < 0) {
                finish(null, source);
                return at - offset + 1;
            }
            if (buffer[at] == '>' && endsRoot() && ++ends <= MOST_ENDS && isWhole(source)) {
                return at - offset + 1;
            }
        }
        return size;
    }

    /** Whether a NUL that comes now may be half a letter. */
    private boolean mayBeWide() {
        return length == 1 ? text[0] == '<' : PolicyReader.isWide(text, length);
    }

    private boolean isWhole(Policy.Source source) {
        Policy read = reader.read(text, length, source);
        policy = read.complete() ? read : null;
        return policy != null;
    }

    /** Whether a root's end tag ends here; blanks may stand before its last letter. */
    private boolean endsRoot() {
        int end = length - 1;
        while (end > 0 && (Ascii.isBlank(text[end - 1]) || text[end - 1] == '\n' || text[end - 1] == '\r')) {
            end--;
        }
        return endsWith(SILVERLIGHT_END, end) || endsWith(FLASH_END, end);
    }

    private boolean endsWith(byte[] word, int end) {
        return end >= word.length && Ascii.startsWith(text, end - word.length, end, word);
    }

    /** Nothing more of it comes, for the given reason, or null where it has just ended. */
    Policy finish(Finding reason, Policy.Source source) {
        if (policy == null) {
            policy = reader.read(text, length, source);
            if (reason != null && !policy.complete()) {
                policy.findings().add(reason);
            }
        }
        return policy;
    }

    /** The policy, once it is whole or can not become so; null before. */
    Policy policy() {
        return policy;
    }
}
