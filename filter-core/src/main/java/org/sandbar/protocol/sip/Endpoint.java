package org.sandbar.protocol.sip;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sandbar.wire.Address;

/**
 * Where a message says that its sender, or somebody else, is to be reached.
 *
 * @param media of a session description; null for a Contact
 * @param rtcpPort 0 where there is none
 */
record Endpoint(String media, int transport, Address address, int port, int rtcpPort) {
    Map<String, Object> row(String sender) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sender", sender);
        row.put("media", media);
        row.put("ip", address.toString());
        row.put("port", (long) port);
        if (rtcpPort != 0) {
            row.put("rtcp_port", (long) rtcpPort);
        }
        return row;
    }
}
