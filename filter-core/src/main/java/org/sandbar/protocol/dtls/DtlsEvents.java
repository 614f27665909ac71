package org.sandbar.protocol.dtls;

import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.protocol.DtlsClientHello;

/** What is told of a flow of DTLS: what its first ClientHello offers. Immutable, any thread. */
public final class DtlsEvents {
    public static final EventKind DTLS = new EventKind("dtls");
    public static final Field VERSION = DTLS.own("dtls.version", Type.TEXT, "highest version that is offered");
    public static final Field ALPN = DTLS.own(
            "dtls.alpn",
            Type.TEXTS,
            "application protocols that are offered; webrtc and c-webrtc are a page's (RFC 8833)");
    public static final Field SRTP_PROFILES = DTLS.own(
            "dtls.srtp_profiles",
            Type.TEXTS,
            "SRTP protection profiles of the extension use_srtp, in hexadecimal: media is to follow (RFC 5764)");
    public static final Field SERVER_NAME =
            DTLS.own("dtls.server_name", Type.TEXT, "name of the server that is asked for");
    public static final Field MALFORMED = DTLS.own("dtls.malformed", Type.FLAG, "the ClientHello ends within itself");

    private DtlsEvents() {}

    static Event describe(Event event, DtlsClientHello hello) {
        return event.set(VERSION, hello.version())
                .set(ALPN, hello.alpn().isEmpty() ? null : hello.alpn())
                .set(SRTP_PROFILES, hello.srtpProfiles().isEmpty() ? null : hello.srtpProfiles())
                .set(SERVER_NAME, hello.serverName())
                .set(MALFORMED, hello.malformed() ? true : null);
    }
}
