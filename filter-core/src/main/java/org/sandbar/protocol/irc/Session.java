package org.sandbar.protocol.irc;

import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Announcements;
import org.sandbar.protocol.Output;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;
import org.sandbar.wire.Services;

/** What is known of one client at its server: who it is, whether it was welcomed, and what it offers. One flow, one thread. */
final class Session {
    private static final byte[] NICK = Ascii.bytes("nick");
    private static final byte[] USER = Ascii.bytes("user");
    private static final byte[] PRIVATE_MESSAGE = Ascii.bytes("privmsg");
    private static final int NOT_REGISTERED = 451;
    private static final int FIRST_UNPRIVILEGED_PORT = 1_024;

    private final Output output;
    private final int mostText;
    /** Null where it is not known: joined in mid-stream, or bytes are missing. */
    private Boolean registered;

    private String nick;
    private String user;
    private String server;
    private boolean told;

    Session(Output output) {
        this.output = output;
        mostText = output.limits().of(Bound.EVENT_TEXT_BYTES);
        registered = output.flow().isMidstream() ? null : Boolean.FALSE;
    }

    private boolean isRegistered() {
        return Boolean.TRUE.equals(registered);
    }

    void ofClient(IrcLine line) {
        if (!isRegistered() && line.is(NICK)) {
            nick = line.parameter(0, mostText);
        } else if (!isRegistered() && line.is(USER)) {
            user = line.parameter(0, mostText);
        } else {
            lookForOffer(line, Direction.TO_SERVER);
        }
    }

    void ofServer(IrcLine line) {
        int numeric = line.numeric();
        if (!isRegistered() && (isWelcome(numeric) || registered == null && line.isOfUser())) {
            registered = true;
            if (numeric >= 0) {
                welcome(line);
            }
        } else if (registered == null && numeric == NOT_REGISTERED) {
            registered = false;
        }
        if (numeric < 0) {
            lookForOffer(line, Direction.TO_CLIENT);
        }
    }

    /** Replies that nobody gets before the first of them: welcome, statistics, the message of the day (RFC 2812 section 5.1). */
    private static boolean isWelcome(int numeric) {
        return numeric >= 1 && numeric <= 5
                || numeric >= 251 && numeric <= 255
                || numeric == 372
                || numeric == 375
                || numeric == 376
                || numeric == 422;
    }

    private void welcome(IrcLine line) {
        boolean asked = nick != null && user != null;
        nick = line.parameter(0, mostText);
        server = line.prefix(mostText);
        tellRegistration();
        if (asked) {
            output.evidence(IrcEvents.CLIENT, nick);
        }
    }

    private void tellRegistration() {
        told = true;
        output.tell(
                ofSession(output.event(IrcEvents.IRC)).set(IrcEvents.USER, user).set(IrcEvents.SERVER, server));
    }

    private Event ofSession(Event event) {
        return event.set(IrcEvents.REGISTERED, registered).set(IrcEvents.NICK, nick);
    }

    private void lookForOffer(IrcLine line, Direction direction) {
        int at = DccOffer.find(line.bytes(), line.dataFrom(), line.end());
        if (at >= 0) {
            DccOffer offer = DccOffer.read(line.bytes(), at, line.end(), mostText);
            tell(offer, line, direction);
            boolean genuine =
                    direction == Direction.TO_SERVER && line.is(PRIVATE_MESSAGE) && !Boolean.FALSE.equals(registered);
            if (genuine && offer.port() > 0) {
                output.tell(output.event(Announcements.ANNOUNCED)
                        .set(Announcements.TRANSPORT, Packet.TCP)
                        .set(Announcements.IP, offer.address())
                        .set(Announcements.PORT, offer.port())
                        // Nobody answers it; that the server takes it is all there is.
                        .set(Announcements.ACCEPTED, registered));
            }
        }
    }

    private void tell(DccOffer offer, IrcLine line, Direction direction) {
        boolean byClient = direction == Direction.TO_SERVER;
        Event event = ofSession(output.event(IrcEvents.IRC))
                .set(IrcEvents.COMMAND, line.command())
                .set(IrcEvents.SENDER, byClient ? "client" : "server")
                .set(IrcEvents.TARGET, line.is(PRIVATE_MESSAGE) ? line.parameter(0, mostText) : null)
                .set(IrcEvents.DCC, offer.verb())
                .set(IrcEvents.FILE, offer.file())
                .set(IrcEvents.SIZE, offer.size() < 0 ? null : offer.size());
        if (offer.hasEndpoint()) {
            Address address = offer.address();
            Address client = output.flow().client();
            int port = offer.port();
            boolean comparable = byClient && port > 0 && address.version() == client.version();
            event.set(IrcEvents.ENDPOINT_IP, address)
                    .set(IrcEvents.ENDPOINT_PORT, port)
                    .set(
                            IrcEvents.ENDPOINT_PRIVATE,
                            address.isPrivate() || address.isLoopback() || address.isLinkLocal())
                    .set(IrcEvents.ENDPOINT_SERVICE, Services.at(port))
                    .set(IrcEvents.THIRD_PARTY, comparable ? !address.equals(client) : null)
                    .set(IrcEvents.PRIVILEGED, port > 0 && port < FIRST_UNPRIVILEGED_PORT)
                    .set(IrcEvents.PASSIVE, port == 0 ? true : null);
        }
        output.tell(event);
    }

    /** Bytes of this direction are missing: the welcome may be among them. */
    void missed(Direction direction) {
        if (direction == Direction.TO_CLIENT && Boolean.FALSE.equals(registered)) {
            registered = null;
        }
    }

    /** A registration that came to nothing is told in the end. */
    void end() {
        if (!told && (nick != null || user != null)) {
            tellRegistration();
        }
    }
}
