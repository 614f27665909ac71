package org.sandbar.protocol.tls;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;

/**
 * Reads the first message of either side, tells one event, and wants nothing more: the rest is encrypted. A message that is cut across
 * records or segments is waited for up to {@code tls-hello-bytes}. The flow's thread alone.
 */
final class TlsAnalyzer implements Analyzer {
    private static final String WHOLE = "whole";
    private static final String CUT = "cut";
    private static final int MOST_VERSIONS = 8;

    private final Output output;
    private final Handshake handshake;
    private final int mostTextBytes;
    private ClientHello client;
    private ServerHello server;
    /** What became of the messages, or null while they may come. */
    private String clientHello;

    private String serverHello;

    TlsAnalyzer(Output output) {
        this.output = output;
        handshake = new Handshake(output.limits().of(Bound.TLS_HELLO_BYTES));
        mostTextBytes = output.limits().of(Bound.EVENT_TEXT_BYTES);
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        boolean ofClient = direction == Direction.TO_SERVER;
        int type = ofClient ? Handshake.CLIENT_HELLO : Handshake.SERVER_HELLO;
        switch (handshake.find(type, buffer, offset, length)) {
            case MORE -> {
                return 0;
            }
            case WHOLE -> {
                if (ofClient) {
                    client = ClientHello.read(handshake.body(), mostTextBytes);
                    identify();
                } else {
                    server = ServerHello.read(handshake.body(), mostTextBytes);
                }
                settle(direction, WHOLE);
            }
            case TOO_LONG -> settle(direction, "too-long");
            default -> settle(direction, "none");
        }
        return SKIP_ALL;
    }

    /**
     * By what browsers have that few other programs have: Chromium and its kin send GREASE wherever they can, Firefox limits the size of
     * records and takes delegated credentials; both name the protocols of the web.
     */
    private void identify() {
        if (!client.alpns().contains("http/1.1")) {
            return;
        }
        if (hasGrease()) {
            output.evidence(TlsEvents.BROWSER, "GREASE");
        } else if (client.hasExtension(Extension.RECORD_SIZE_LIMIT)
                && client.hasExtension(Extension.DELEGATED_CREDENTIALS)) {
            output.evidence(TlsEvents.BROWSER, "record_size_limit and delegated_credentials");
        }
    }

    private boolean hasGrease() {
        return ClientHello.hasGrease(client.ciphers()) && ClientHello.hasGrease(client.extensions());
    }

    @Override
    public void onGap(Direction direction, long missing) {
        settle(direction, CUT);
    }

    @Override
    public void onEnd(Direction direction) {
        settle(direction, CUT);
    }

    private void settle(Direction direction, String outcome) {
        boolean told = clientHello != null && serverHello != null;
        if (direction == Direction.TO_SERVER && clientHello == null) {
            clientHello = outcome;
        } else if (direction == Direction.TO_CLIENT && serverHello == null) {
            serverHello = outcome;
        }
        if (!told && clientHello != null && serverHello != null) {
            tell();
        }
    }

    private void tell() {
        Event event = output.event(TlsEvents.TLS)
                .set(TlsEvents.CLIENT_HELLO, clientHello)
                .set(TlsEvents.SERVER_HELLO, serverHello);
        if (client != null) {
            event.set(TlsEvents.SNI, client.serverName())
                    .set(TlsEvents.CLIENT_VERSION, version(client.version()))
                    .set(TlsEvents.JA4, Ja4.of(client))
                    .set(TlsEvents.CLIENT_ALPNS, orNull(client.alpns()))
                    .set(TlsEvents.VERSIONS, orNull(versions(client.versions())))
                    .set(TlsEvents.GREASE, hasGrease() ? true : null)
                    .set(TlsEvents.FAULTS, orNull(client.faults()));
        }
        if (server != null) {
            event.set(TlsEvents.VERSION, version(server.version()))
                    .set(TlsEvents.SERVER_VERSION, version(server.legacyVersion()))
                    .set(TlsEvents.CIPHER, server.cipher())
                    .set(TlsEvents.SERVER_ALPNS, server.alpn() == null ? null : List.of(server.alpn()));
        }
        output.tell(event);
    }

    private static List<String> orNull(List<String> texts) {
        return texts.isEmpty() ? null : texts;
    }

    private static List<String> versions(int[] numbers) {
        List<String> versions = new ArrayList<>();
        for (int number : numbers) {
            if (versions.size() < MOST_VERSIONS && !ClientHello.isGrease(number)) {
                versions.add(version(number));
            }
        }
        return versions;
    }

    /** In Suricata's spelling. */
    private static String version(int number) {
        return switch (number) {
            case 0x0300 -> "SSLv3";
            case 0x0301 -> "TLSv1";
            case 0x0302 -> "TLS 1.1";
            case 0x0303 -> "TLS 1.2";
            case 0x0304 -> "TLS 1.3";
            default -> String.format("0x%04x", number);
        };
    }
}
