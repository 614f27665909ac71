package org.sandbar.protocol.stun;

import java.util.List;
import org.sandbar.event.Event;

/**
 * What a request said that is worth telling with its outcome, copied; the peers are those of whom nothing was told yet. One that is
 * sent again, or for the same once more, takes the older one's place. One analyzer's thread.
 */
final class Request {
    private static final int MOST_TEXT_BYTES = 128;
    private static final int TRANSPORT_TCP = 6;
    private static final int TRANSPORT_UDP = 17;

    final int method;
    final boolean byClient;
    final List<Peer> peers;
    private final int usernameLength;
    private final String username;
    private final String realm;
    private final String software;
    private final int transport;
    private final Long lifetime;
    private final int channel;
    private final String role;
    private final Long priority;
    private final boolean nominates;
    private final boolean libwebrtc;
    private final boolean classic;
    private final String baited;
    private long transaction;
    private int transactionTail;
    private long attempts;

    Request(StunMessage message, boolean byClient, List<Peer> peers, int mostUsernameBytes) {
        method = message.method();
        this.byClient = byClient;
        this.peers = peers;
        usernameLength = usernameLength(message);
        username = message.text(Attribute.USERNAME, mostUsernameBytes);
        realm = message.text(Attribute.REALM, MOST_TEXT_BYTES);
        software = message.text(Attribute.SOFTWARE, MOST_TEXT_BYTES);
        transport = message.requestedTransport();
        lifetime = message.number(Attribute.LIFETIME);
        channel = message.channel();
        role = message.has(Attribute.ICE_CONTROLLING)
                ? "controlling"
                : message.has(Attribute.ICE_CONTROLLED) ? "controlled" : null;
        priority = message.number(Attribute.PRIORITY);
        nominates = message.has(Attribute.USE_CANDIDATE);
        libwebrtc = message.isOfLibwebrtc();
        classic = !message.hasCookie();
        baited = message.baited();
        repeat(message);
    }

    private static int usernameLength(StunMessage message) {
        return message.has(Attribute.USERNAME) ? message.length(Attribute.USERNAME) : -1;
    }

    /** Whether the message asks for the same, in a transaction of its own or not. */
    boolean isLike(StunMessage message, boolean client, List<Peer> others) {
        return method == message.method()
                && byClient == client
                && usernameLength == usernameLength(message)
                && peers.equals(others);
    }

    void repeat(StunMessage message) {
        transaction = message.transaction();
        transactionTail = message.transactionTail();
        attempts++;
    }

    boolean isAnsweredBy(StunMessage response) {
        return transaction == response.transaction() && transactionTail == response.transactionTail();
    }

    void describe(Event event) {
        event.set(StunEvents.ATTEMPTS, attempts)
                .set(StunEvents.CLASSIC, classic ? true : null)
                .set(StunEvents.USERNAME, username)
                .set(StunEvents.USERNAME_LENGTH, usernameLength < 0 ? null : (long) usernameLength)
                .set(StunEvents.REALM, realm)
                .set(StunEvents.CLIENT_SOFTWARE, software)
                .set(StunEvents.TRANSPORT, transportName())
                .set(StunEvents.LIFETIME, lifetime)
                .set(StunEvents.CHANNEL, channel < 0 ? null : (long) channel)
                .set(StunEvents.ICE_ROLE, role)
                .set(StunEvents.ICE_PRIORITY, priority)
                .set(StunEvents.ICE_NOMINATES, nominates ? true : null)
                .set(StunEvents.LIBWEBRTC, libwebrtc ? true : null)
                .set(StunEvents.BAITED, baited);
    }

    private String transportName() {
        return switch (transport) {
            case -1 -> null;
            case TRANSPORT_TCP -> "tcp";
            case TRANSPORT_UDP -> "udp";
            default -> Integer.toString(transport);
        };
    }

    /** What a response adds. */
    static void describeResponse(Event event, StunMessage response) {
        Peer mapped = response.endpoint(Attribute.XOR_MAPPED_ADDRESS);
        if (mapped == null) {
            mapped = response.endpoint(Attribute.MAPPED_ADDRESS);
        }
        if (mapped != null) {
            event.set(StunEvents.MAPPED_IP, mapped.address()).set(StunEvents.MAPPED_PORT, mapped.port());
        }
        Peer relayed = response.endpoint(Attribute.XOR_RELAYED_ADDRESS);
        if (relayed != null) {
            event.set(StunEvents.RELAYED_IP, relayed.address()).set(StunEvents.RELAYED_PORT, relayed.port());
        }
        Long granted = response.number(Attribute.LIFETIME);
        if (granted != null) {
            event.set(StunEvents.LIFETIME, granted);
        }
        if (response.has(Attribute.REALM)) {
            event.set(StunEvents.REALM, response.text(Attribute.REALM, MOST_TEXT_BYTES));
        }
        if (response.kind() == StunMessage.ERROR) {
            event.set(StunEvents.ERROR_CODE, response.errorCode())
                    .set(StunEvents.ERROR_REASON, response.errorReason(MOST_TEXT_BYTES));
        }
        String baited = response.baited();
        if (baited != null) {
            event.set(StunEvents.BAITED, baited);
        }
        event.set(StunEvents.CLASSIC, response.hasCookie() ? null : true)
                .set(StunEvents.SERVER_SOFTWARE, response.text(Attribute.SOFTWARE, MOST_TEXT_BYTES));
    }
}
