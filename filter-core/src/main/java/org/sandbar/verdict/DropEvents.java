package org.sandbar.verdict;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/** What is told when guard stops a flow: once, with the first packet that it does not let pass. */
public final class DropEvents {
    public static final EventKind DROP = new EventKind("drop");
    public static final Field LENGTH =
            DROP.eve("drop.len", Type.NUMBER, Unit.BYTES, "length of the packet, from its IP header on");
    public static final Field REASON =
            DROP.eve("drop.reason", Type.TEXT, "rules, or policy where the class of the flow alone decides");
    public static final Field RULE = DROP.own("rule", Type.TEXT, "rule that asked for it");
    public static final Field ACTION = DROP.own("drop.action", Type.TEXT, "drop or reject");
    public static final Field SIMULATED =
            DROP.own("drop.simulated", Type.FLAG, "it passed, for guard was only to say what it would do");

    private DropEvents() {}
}
