package org.sandbar.protocol.dtls;

import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.DtlsClientHello;
import org.sandbar.protocol.DtlsHandshake;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.WebRtc;

/**
 * Tells what the first ClientHello of a flow offers. A STUN message shows that the flow is one of several protocols, joined behind its
 * start, and it is handed on. The flow's thread alone.
 */
final class DtlsAnalyzer implements Analyzer {
    private final Output output;
    private final DtlsHandshake handshake;

    DtlsAnalyzer(Output output) {
        this.output = output;
        handshake = new DtlsHandshake(output.limits());
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        if (WebRtc.isStun(buffer, offset, offset + length)) {
            output.handOver("stun");
            return 0;
        }
        DtlsClientHello hello = handshake.read(buffer, offset, offset + length);
        if (hello != null) {
            output.tell(DtlsEvents.describe(output.event(DtlsEvents.DTLS), hello));
            if (hello.webRtcProtocol() != null) {
                output.evidence(WebRtc.DTLS, "ALPN " + hello.webRtcProtocol());
            }
        }
        return length;
    }

    @Override
    public void onGap(Direction direction, long missing) {}

    @Override
    public void onEnd(Direction direction) {}
}
