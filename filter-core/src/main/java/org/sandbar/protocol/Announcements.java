package org.sandbar.protocol;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/**
 * The seam between protocols that announce endpoints and those who ask whether a filter's hole was asked for: told of each endpoint that a
 * command of a genuine session names, by the reassembled stream, when the command is whole, and once more when the other side has
 * answered it. Stage 2.
 */
public final class Announcements {
    public static final EventKind ANNOUNCED = EventKind.unwritten("announced");
    public static final Field TRANSPORT =
            ANNOUNCED.own("transport", Type.NUMBER, Unit.CODE, "protocol number of what is to come");
    public static final Field IP = ANNOUNCED.own("ip", Type.ADDRESS, "the endpoint's address");
    public static final Field PORT = ANNOUNCED.own("port", Type.NUMBER, Unit.PORT, "the endpoint's port");
    public static final Field ACCEPTED =
            ANNOUNCED.own("accepted", Type.FLAG, "what the other side made of it; absent while that is not known");

    private Announcements() {}
}
