package org.sandbar.protocol;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/**
 * What one protocol learns of names and another needs to know: which addresses the client of a flow was given for a name that it asked
 * for. For stage 2 alone, since protocols do not know each other. Immutable, any thread.
 */
public final class Names {
    /** Of an answer: one that has more is not told, for a part of it would say that the rest is not of the name. */
    public static final int MOST_ADDRESSES = 32;

    public static final EventKind ANSWERED = EventKind.unwritten("name_answered");
    public static final Field NAME =
            ANSWERED.own("name", Type.TEXT, "the name that was asked for, in lower case, without the last dot");
    public static final Field ADDRESSES =
            ANSWERED.own("addresses", Type.ADDRESSES, "all addresses of the answer, aliases followed");
    public static final Field TTL = ANSWERED.own(
            "ttl", Type.NUMBER, Unit.SECONDS, "seconds for which the answer holds: the least of its records");

    private Names() {}
}
