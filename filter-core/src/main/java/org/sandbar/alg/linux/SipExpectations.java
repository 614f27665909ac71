package org.sandbar.alg.linux;

import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.wire.Address;

/**
 * What one flow expects, as {@code nf_conntrack_expect.c} keeps it: so many of a class and no more, the oldest goes; the same once more
 * is put anew; the same in another class stands as it is. What is gone by use is not known here. One thread.
 */
final class SipExpectations {
    static final int SIGNALLING = 3;
    private static final int[] MOST = {4, 4, 2, 1};
    private static final int SUM = 11;
    private static final int TIMEOUT_SECONDS = 180;
    private static final long SECOND_NS = 1_000_000_000L;

    private record Expectation(int group, Hole hole, long untilNs) {
        boolean isMedia() {
            return group != SIGNALLING;
        }
    }

    private final Gateway gateway;
    private final Holes holes;
    /** Oldest first. */
    private Expectation[] standing;

    private int count;

    SipExpectations(Gateway gateway, Holes holes) {
        this.gateway = gateway;
        this.holes = holes;
    }

    /** {@code nf_ct_expect_related}; returns whether it stands for this, and not for another class. */
    boolean expect(int group, int transport, Address sender, Address to, int port, SipText text, long nowNs) {
        expire(nowNs);
        Hole hole = new Hole(transport, sender, to, port, group == SIGNALLING, TIMEOUT_SECONDS * SECOND_NS);
        int same = indexOf(hole);
        if (same >= 0 && standing[same].group != group) {
            return false;
        }
        if (same >= 0) {
            remove(same);
        }
        while (countOf(group) >= MOST[group]) {
            remove(oldestOf(group));
        }
        add(new Expectation(group, hole, nowNs + hole.lifetimeNs()));
        holes.open(gateway, hole, text.start, text.limit);
        return true;
    }

    /** {@code refresh_signalling_expectation}: the registrar agreed; returns whether there was anything to agree to. */
    boolean activate(int transport, SipText text, long seconds, long nowNs) {
        expire(nowNs);
        for (int i = 0; i < count; i++) {
            Hole hole = standing[i].hole;
            boolean is = !standing[i].isMedia()
                    && hole.transport() == transport
                    && hole.toPort() == text.port
                    && text.address.is(hole.to());
            if (is) {
                Hole active = new Hole(transport, hole.from(), hole.to(), hole.toPort(), false, seconds * SECOND_NS);
                standing[i] = new Expectation(SIGNALLING, active, nowNs + active.lifetimeNs());
                holes.open(gateway, active, text.start, text.limit);
                return true;
            }
        }
        return false;
    }

    /** {@code flush_expectations}: the newest first. */
    void flush(boolean media) {
        for (int i = count - 1; i >= 0; i--) {
            if (standing[i].isMedia() == media) {
                remove(i);
            }
        }
    }

    private void expire(long nowNs) {
        for (int i = count - 1; i >= 0; i--) {
            if (standing[i].untilNs <= nowNs) {
                drop(i);
            }
        }
    }

    private int indexOf(Hole hole) {
        for (int i = 0; i < count; i++) {
            if (standing[i].hole.isLike(hole)) {
                return i;
            }
        }
        return -1;
    }

    private int countOf(int group) {
        int of = 0;
        for (int i = 0; i < count; i++) {
            of += standing[i].group == group ? 1 : 0;
        }
        return of;
    }

    private int oldestOf(int group) {
        int at = 0;
        while (standing[at].group != group) {
            at++;
        }
        return at;
    }

    private void add(Expectation expectation) {
        standing = standing == null ? new Expectation[SUM] : standing;
        standing[count++] = expectation;
    }

    private void remove(int index) {
        holes.close(gateway, standing[index].hole);
        drop(index);
    }

    private void drop(int index) {
        System.arraycopy(standing, index + 1, standing, index, --count - index);
    }
}
