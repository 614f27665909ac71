package org.sandbar.alg.linux.h323;

/**
 * What one message held that the kernel acts upon: addresses by their place in the packet, in the order in which it comes to them.
 * Reused for each message. One thread.
 */
final class Findings {
    /** More than a message can hold: thirty channels of five addresses, four tunnelled ones, ten of its own. */
    private static final int MOST = 256;

    private static final int CALL_FORWARDED = 1;

    private final Role[] roles = new Role[MOST];
    private final int[] offsets = new int[MOST];
    private final int[] lengths = new int[MOST];
    private int count;
    private boolean forwarded;
    private boolean tunnelled;
    private boolean separateStack;

    void clear() {
        count = 0;
        forwarded = false;
        tunnelled = false;
        separateStack = false;
    }

    void enter(Role role) {
        if (role == Role.CHANNEL) {
            separateStack = false;
        } else if (role == Role.TUNNEL) {
            tunnelled = true;
        }
    }

    void chosen(Role role, int index) {
        if (role == Role.REASON) {
            forwarded = index == CALL_FORWARDED;
        } else if (role == Role.T120_STACK) {
            separateStack = index == H245.SEPARATE_LAN_STACK;
        }
    }

    void address(Role role, int offset, int length) {
        if (count < MOST && counts(role)) {
            roles[count] = role;
            offsets[count] = offset;
            lengths[count] = length;
            count++;
        }
    }

    /** process_facility: of a forwarded call's message nothing else is read; process_olc: T.120 has a channel of that protocol. */
    private boolean counts(Role role) {
        return switch (role) {
            case MEDIA_ADDRESS, AGREED_STACK_ADDRESS -> tunnelled || !forwarded;
            case STACK_ADDRESS -> separateStack && (tunnelled || !forwarded);
            case H245_ADDRESS -> !forwarded;
            default -> true;
        };
    }

    int count() {
        return count;
    }

    /** What the address is for. One to forward to counts in a message that says that it forwards. */
    Role role(int index) {
        return roles[index] == Role.ALTERNATIVE_ADDRESS && !forwarded ? Role.NONE : roles[index];
    }

    /** Where the address begins; its port, of two octets, stands behind it. */
    int offset(int index) {
        return offsets[index];
    }

    /** Octets: 4 or 16. */
    int length(int index) {
        return lengths[index];
    }
}
