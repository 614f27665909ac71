package org.sandbar.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * The media that a body of {@code application/sdp} announces (RFC 8866): of each {@code m=} with a port, the address of its own {@code c=}
 * or of the session's; the RTCP port is the next one unless {@code a=rtcp} (RFC 3605) says otherwise. Stateless, any thread.
 */
final class SessionDescription {
    private SessionDescription() {}

    static List<Endpoint> endpoints(String body, int most) {
        List<Endpoint> endpoints = new ArrayList<>();
        Address ofSession = null;
        Medium medium = null;
        for (String line : body.split("\r\n|\n|\r")) {
            if (line.startsWith("c=")) {
                Address address = address(line);
                ofSession = medium == null ? address : ofSession;
                if (medium != null && address != null) {
                    medium.address = address;
                }
            } else if (line.startsWith("m=")) {
                add(endpoints, medium, most);
                medium = new Medium(line.substring(2).split("[ \t]+"), ofSession);
            } else if (line.startsWith("a=rtcp:") && medium != null) {
                int port = SipMessage.number(line.substring(7).split(" ")[0], 65_535);
                medium.rtcpPort = port > 0 ? port : medium.rtcpPort;
            }
        }
        add(endpoints, medium, most);
        return endpoints;
    }

    private static void add(List<Endpoint> endpoints, Medium medium, int most) {
        if (medium != null && medium.port > 0 && medium.address != null && endpoints.size() < most) {
            endpoints.add(new Endpoint(medium.kind, medium.transport, medium.address, medium.port, medium.rtcpPort));
        }
    }

    /** Of {@code c=IN IP4 address}, with what multicast has behind it cut off; null where it is a name. */
    private static Address address(String line) {
        String[] words = line.substring(2).trim().split("[ \t]+");
        return words.length < 3 ? null : Address.parse(words[2].split("/")[0]);
    }

    private static final class Medium {
        private final String kind;
        private final int transport;
        private final int port;
        private Address address;
        private int rtcpPort;

        Medium(String[] words, Address address) {
            kind = words[0];
            port = words.length < 2 ? 0 : SipMessage.number(words[1].split("/")[0], 65_535);
            transport = words.length > 2 && words[2].startsWith("TCP") ? Packet.TCP : Packet.UDP;
            boolean isRtp = words.length > 2 && words[2].contains("RTP");
            rtcpPort = isRtp && transport == Packet.UDP && port > 0 && port < 65_535 ? port + 1 : 0;
            this.address = address;
        }
    }
}
