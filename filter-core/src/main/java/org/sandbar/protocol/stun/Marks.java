package org.sandbar.protocol.stun;

import java.util.List;
import org.sandbar.event.Signal;
import org.sandbar.protocol.DtlsClientHello;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.WebRtc;

/**
 * What a flow of STUN says of who is talking, each stated once, whether it is said to the server or by way of it. One analyzer's thread.
 */
final class Marks {
    static final Signal ICE =
            new Signal("webrtc-ice", "a connectivity check of ICE: one peer looks for a way to another");
    static final Signal LIBWEBRTC = new Signal(
            "webrtc-libwebrtc", "a check with an attribute that only libwebrtc, the WebRTC of Chromium, sends");
    static final Signal TURN_OVER_TCP = new Signal("turn-over-tcp", "a relay was asked for over TCP");
    static final Signal PLAIN =
            new Signal("stun", "STUN without ICE: a program asks for its public address, or for a relay");
    static final List<Signal> SIGNALS = List.of(ICE, LIBWEBRTC, TURN_OVER_TCP, PLAIN);

    private static final int MOST_DETAIL_BYTES = 64;
    private static final String RELAYED = ", relayed";
    private static final String[] FROM_CLIENT = {" from the client", " from the client" + RELAYED};
    private static final String[] FROM_SERVER = {" from the server", " from the server" + RELAYED};

    private final Output output;
    private boolean ice;
    private boolean libwebrtc;
    private boolean turnOverTcp;
    private boolean plain;
    private boolean dtls;

    Marks(Output output) {
        this.output = output;
    }

    void onMessage(StunMessage message, boolean toServer, boolean overTcp, boolean relayed) {
        if (message.kind() == StunMessage.REQUEST && isCheck(message)) {
            onCheck(message, (toServer ? FROM_CLIENT : FROM_SERVER)[relayed ? 1 : 0]);
        } else if (!plain && !ice && message.kind() == StunMessage.REQUEST && !relayed) {
            plain = true;
            output.evidence(PLAIN, Method.name(message.method()));
        }
        if (overTcp && !turnOverTcp && !relayed && message.method() == Method.ALLOCATE) {
            turnOverTcp = true;
            output.evidence(TURN_OVER_TCP, "port " + output.flow().serverPort());
        }
    }

    /** RFC 8445 sections 7.1 and 7.2.2: fragments of both sides, a priority and a role. */
    private static boolean isCheck(StunMessage message) {
        return message.method() == Method.BINDING
                && message.has(Attribute.PRIORITY)
                && (message.has(Attribute.ICE_CONTROLLED) || message.has(Attribute.ICE_CONTROLLING))
                && message.contains(Attribute.USERNAME, ':');
    }

    private void onCheck(StunMessage message, String where) {
        if (!ice) {
            ice = true;
            output.evidence(ICE, message.text(Attribute.USERNAME, MOST_DETAIL_BYTES) + where);
        }
        if (!libwebrtc && message.isOfLibwebrtc()) {
            libwebrtc = true;
            String attribute = message.has(Attribute.GOOG_NETWORK_INFO) ? "GOOG-NETWORK-INFO" : "GOOG-MISC-INFO";
            output.evidence(LIBWEBRTC, attribute + where);
        }
    }

    /** A datagram of DTLS: the hello that it completes, or null where it is something else. */
    void onDtls(DtlsClientHello hello, boolean relayed) {
        String protocol = hello == null ? null : hello.webRtcProtocol();
        if (!dtls && (ice || protocol != null)) {
            dtls = true;
            output.evidence(
                    WebRtc.DTLS, (protocol == null ? "after ICE" : "ALPN " + protocol) + (relayed ? RELAYED : ""));
        }
    }
}
