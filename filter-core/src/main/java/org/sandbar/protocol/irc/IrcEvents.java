package org.sandbar.protocol.irc;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;
import org.sandbar.event.Signal;

/** What is told of IRC: a registration, or, with {@code irc.dcc}, an offer of a direct connection. EVE has no record for it. */
public final class IrcEvents {
    public static final EventKind IRC = new EventKind("irc");
    public static final Field COMMAND = IRC.own(
            "irc.command", Type.TEXT, "the word of the message that an offer stands in: PRIVMSG, NOTICE, PONG, …");
    public static final Field SENDER = IRC.own("irc.sender", Type.TEXT, "of the offer: client or server");
    public static final Field TARGET = IRC.own("irc.target", Type.TEXT, "to whom the offer is made");
    public static final Field REGISTERED = IRC.own(
            "irc.registered", Type.FLAG, "the server has welcomed the client; absent where that may have been missed");
    public static final Field NICK = IRC.own("irc.nick", Type.TEXT, "the client's nickname, as the server says it");
    public static final Field USER = IRC.own("irc.user", Type.TEXT, "the user's name that the client gave");
    public static final Field SERVER = IRC.own("irc.server", Type.TEXT, "the name that the server gives itself");
    public static final Field DCC =
            IRC.own("irc.dcc", Type.TEXT, "what is offered: SEND, CHAT, …; the event is an offer where it is there");
    public static final Field FILE = IRC.own("irc.file", Type.TEXT, "the file that is offered, or the kind of chat");
    public static final Field SIZE = IRC.own("irc.size", Type.NUMBER, Unit.BYTES, "bytes of the file, as offered");
    public static final Field ENDPOINT_IP = IRC.own("irc.endpoint.ip", Type.ADDRESS, "the offered address");
    public static final Field ENDPOINT_PORT = IRC.own("irc.endpoint.port", Type.NUMBER, Unit.PORT, "the offered port");
    public static final Field ENDPOINT_PRIVATE = IRC.own(
            "irc.endpoint.private", Type.FLAG, "the offered address is private, of the link, or of the host itself");
    public static final Field ENDPOINT_SERVICE =
            IRC.own("irc.endpoint.service", Type.TEXT, "name of the service that is at home on the offered port");
    public static final Field THIRD_PARTY = IRC.own(
            "irc.third_party", Type.FLAG, "the offered address is not the client's own, where the client offers it");
    public static final Field PRIVILEGED = IRC.own("irc.privileged", Type.FLAG, "the offered port is below 1024");
    public static final Field PASSIVE =
            IRC.own("irc.passive", Type.FLAG, "true for the port 0: the other side is asked to listen instead");

    public static final Signal CLIENT =
            new Signal("irc-client", "the client has registered with an IRC server, which welcomed it");

    static {
        IRC.announces(ENDPOINT_PORT);
    }

    private IrcEvents() {}
}
