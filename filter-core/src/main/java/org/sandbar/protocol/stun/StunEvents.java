package org.sandbar.protocol.stun;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/**
 * What is told of a flow of STUN: one event for each kind of transaction with its outcome, and for each peer of TURN, one at the first
 * message of each kind of fault, and one when the flow ends, with all that was multiplexed into it. EVE has nothing of STUN, so all is
 * Sandbar's own. Immutable, any thread.
 */
public final class StunEvents {
    public static final EventKind STUN = new EventKind("stun");

    public static final Field METHOD = STUN.own(
            "stun.method",
            Type.TEXT,
            "binding, allocate, refresh, send, data, create-permission, channel-bind, connect, connection-bind, "
                    + "connection-attempt, goog-ping, or its number in hexadecimal");
    public static final Field OUTCOME = STUN.own(
            "stun.outcome",
            Type.TEXT,
            "success, error or unanswered; request or indication where such a message told it");
    public static final Field REQUESTER =
            STUN.own("stun.requester", Type.TEXT, "who asked, client or server: in ICE both do");
    public static final Field ATTEMPTS = STUN.own(
            "stun.attempts",
            Type.NUMBER,
            Unit.COUNT,
            "requests of the kind up to the outcome; missing where none of them was seen");
    public static final Field CLASSIC = STUN.own("stun.classic", Type.FLAG, "no magic cookie: RFC 3489");
    public static final Field ERROR_CODE = STUN.own("stun.error_code", Type.NUMBER, Unit.CODE, "of an error response");
    public static final Field ERROR_REASON = STUN.own("stun.error_reason", Type.TEXT, "its words");
    public static final Field USERNAME = STUN.own(
            "stun.username",
            Type.TEXT,
            "the request's USERNAME: in ICE the fragments of both sides, with a colon between");
    public static final Field USERNAME_LENGTH = STUN.own(
            "stun.username_length",
            Type.NUMBER,
            Unit.BYTES,
            "its bytes as announced: fewer than 509 (RFC 8489 section 14.3)");
    public static final Field REALM = STUN.own("stun.realm", Type.TEXT, "REALM, the server's where it told one");
    public static final Field CLIENT_SOFTWARE =
            STUN.own("stun.requester_software", Type.TEXT, "SOFTWARE of the request");
    public static final Field SERVER_SOFTWARE =
            STUN.own("stun.responder_software", Type.TEXT, "SOFTWARE of the response");
    public static final Field TRANSPORT = STUN.own(
            "stun.transport", Type.TEXT, "REQUESTED-TRANSPORT between relay and peers: udp, tcp, or its number");
    public static final Field LIFETIME = STUN.own(
            "stun.lifetime",
            Type.NUMBER,
            Unit.SECONDS,
            "seconds, as granted, or as asked for where nothing was granted");
    public static final Field CHANNEL =
            STUN.own("stun.channel", Type.NUMBER, Unit.CODE, "number of the channel that is bound");
    public static final Field MAPPED_IP = STUN.own(
            "stun.mapped.ip", Type.ADDRESS, "the requester's address as the responder sees it (XOR-MAPPED-ADDRESS)");
    public static final Field MAPPED_PORT =
            STUN.own("stun.mapped.port", Type.NUMBER, Unit.PORT, "the port of that address");
    public static final Field RELAYED_IP =
            STUN.own("stun.relayed.ip", Type.ADDRESS, "the address at which the server relays (XOR-RELAYED-ADDRESS)");
    public static final Field RELAYED_PORT =
            STUN.own("stun.relayed.port", Type.NUMBER, Unit.PORT, "the port of that address");
    public static final Field PEER_IP =
            STUN.own("stun.peer.ip", Type.ADDRESS, "whom the server is to relay to (XOR-PEER-ADDRESS)");
    public static final Field PEER_PORT =
            STUN.own("stun.peer.port", Type.NUMBER, Unit.PORT, "the port of that address");
    public static final Field PEER_PRIVATE = STUN.own(
            "stun.peer.private",
            Type.FLAG,
            "that address is private, of the link, unspecified or the server's own loopback");
    public static final Field ICE_ROLE =
            STUN.own("stun.ice.role", Type.TEXT, "controlling or controlled, of a check of ICE");
    public static final Field ICE_PRIORITY =
            STUN.own("stun.ice.priority", Type.NUMBER, Unit.CODE, "PRIORITY of the check");
    public static final Field ICE_NOMINATES = STUN.own("stun.ice.nominates", Type.FLAG, "the check has USE-CANDIDATE");
    public static final Field LIBWEBRTC = STUN.own(
            "stun.libwebrtc",
            Type.FLAG,
            "the request has an attribute that only libwebrtc sends (GOOG-NETWORK-INFO and its like)");
    public static final Field FAULTS = STUN.own(
            "stun.faults",
            Type.TEXTS,
            "kinds of faults in the messages so far: message-cut, bytes-behind-message, length-unaligned, message-too-long, "
                    + "attribute-overrun, too-many-attributes, attribute-behind-integrity, fingerprint-wrong, "
                    + "fingerprint-not-last, address-malformed, username-too-long, text-too-long, username-controls, "
                    + "text-controls, framing-lost");

    public static final Field BAITED = STUN.own(
            "stun.alg_helper",
            Type.TEXT,
            "a text too long or with control characters holds what a gateway would act on: sip or h323");

    public static final Field FINISHED =
            STUN.own("stun.finished", Type.FLAG, "the flow has ended; what follows is told of all of it");
    public static final Field MESSAGES_TO_SERVER =
            STUN.own("stun.messages_toserver", Type.NUMBER, Unit.COUNT, "STUN messages of the client");
    public static final Field MESSAGES_TO_CLIENT =
            STUN.own("stun.messages_toclient", Type.NUMBER, Unit.COUNT, "STUN messages of the server");
    public static final Field MULTIPLEXED = STUN.own(
            "stun.multiplexed",
            Type.TEXTS,
            "what else is in the flow, by first bytes (RFC 7983): dtls, rtp (and RTCP), zrtp, channel-data, other");
    public static final Field DTLS_PACKETS =
            STUN.own("stun.dtls_packets", Type.NUMBER, Unit.PACKETS, "datagrams of DTLS");
    public static final Field RTP_PACKETS =
            STUN.own("stun.rtp_packets", Type.NUMBER, Unit.PACKETS, "datagrams of RTP or RTCP");
    public static final Field CHANNEL_PACKETS =
            STUN.own("stun.channel_packets", Type.NUMBER, Unit.COUNT, "messages of a channel of TURN");
    public static final Field RELAYED = STUN.own(
            "stun.relayed_kinds", Type.TEXTS, "what is within channels and indications, by the same rule, or stun");
    public static final Field DTLS_VERSION = STUN.own(
            "stun.dtls.version", Type.TEXT, "highest version that the first ClientHello offers, relayed or not");
    public static final Field DTLS_ALPN =
            STUN.own("stun.dtls.alpn", Type.TEXTS, "application protocols that it offers");
    public static final Field DTLS_SRTP_PROFILES =
            STUN.own("stun.dtls.srtp_profiles", Type.TEXTS, "SRTP profiles of its use_srtp, in hexadecimal");
    public static final Field UNTOLD = STUN.own(
            "stun.untold",
            Type.NUMBER,
            Unit.COUNT,
            "outcomes that were not told, for limits.stun-outcomes of them had been told before");

    static {
        STUN.announces(PEER_PORT);
    }

    private StunEvents() {}
}
