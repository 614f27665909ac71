package org.sandbar.protocol.tls;

import java.util.List;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;
import org.sandbar.event.Signal;

/**
 * What is told of a TLS connection, once: when the first message of both sides is there, or will not come any more. Immutable, any
 * thread.
 */
public final class TlsEvents {
    public static final EventKind TLS = new EventKind("tls");

    public static final Field SNI = TLS.eve("tls.sni", Type.TEXT, "name of the server that the client asks for");
    public static final Field VERSION = TLS.eve("tls.version", Type.TEXT, "version that the server chose");
    public static final Field CLIENT_VERSION =
            TLS.eve("tls.client_handshake.version", Type.TEXT, "legacy version in the ClientHello");
    public static final Field SERVER_VERSION =
            TLS.eve("tls.server_handshake.version", Type.TEXT, "legacy version in the ServerHello");
    public static final Field CIPHER =
            TLS.eve("tls.server_handshake.cipher", Type.NUMBER, Unit.CODE, "cipher suite that the server chose");
    public static final Field JA4 = TLS.eve("tls.ja4", Type.TEXT, "JA4, the client's fingerprint");
    public static final Field CLIENT_ALPNS =
            TLS.eve("tls.client_alpns", Type.TEXTS, "protocols that the client offers to speak within");
    public static final Field SERVER_ALPNS =
            TLS.eve("tls.server_alpns", Type.TEXTS, "protocol that the server chose, where it says so in the clear");

    public static final Field CLIENT_HELLO = TLS.own(
            "tls.client_hello",
            Type.TEXT,
            "whole, cut (lost or ended before its end), too-long (limits.tls-hello-bytes) or none (something else came)");
    public static final Field SERVER_HELLO = TLS.own("tls.server_hello", Type.TEXT, "the same of the ServerHello");
    public static final Field VERSIONS =
            TLS.own("tls.client_versions", Type.TEXTS, "versions that the client offers, GREASE left out");
    public static final Field GREASE =
            TLS.own("tls.grease", Type.FLAG, "the client sends GREASE (RFC 8701) among its ciphers and extensions");
    public static final Field FAULTS = TLS.own(
            "tls.faults",
            Type.TEXTS,
            "what the ClientHello's structure must not have: length-exceeded, length-odd, trailing-bytes, repeated-extension");

    static final Signal BROWSER = new Signal("tls-browser", "the ClientHello has what browsers send");
    static final Signal DESKTOP = new Signal("tls-desktop", "the ClientHello is known as that of a program");

    static final List<Signal> SIGNALS = List.of(BROWSER, DESKTOP);

    static {
        TLS.identifiesBy(JA4);
    }

    private TlsEvents() {}
}
