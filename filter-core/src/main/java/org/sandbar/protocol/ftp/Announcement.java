package org.sandbar.protocol.ftp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Address;
import org.sandbar.wire.Services;

/** An endpoint as the client or the server announced it, and, where its form is not the RFC's, what filters read there. */
record Announcement(Endpoint endpoint, Direction direction, List<FilterReading> readings) {
    /** Of this line, as it was sent. */
    static Announcement of(Endpoint endpoint, Direction direction, LineReader line, Flow flow) {
        if (endpoint.isCanonical()) {
            return new Announcement(endpoint, direction, List.of());
        }
        byte[] sent = line.sent();
        List<FilterReading> readings = new ArrayList<>(FilterReading.FILTERS.size());
        for (String filter : FilterReading.FILTERS) {
            readings.add(FilterReading.of(filter, sent, direction, announcer(direction, flow)));
        }
        return new Announcement(endpoint, direction, readings);
    }

    private static Address announcer(Direction direction, Flow flow) {
        return direction == Direction.TO_SERVER ? flow.client() : flow.server();
    }

    void describe(Event event, Flow flow) {
        if (endpoint.isReadable()) {
            Address address = endpoint.addressIn(flow);
            Address announcer = announcer(direction, flow);
            boolean thirdParty = endpoint.isThirdParty(announcer);
            boolean nearby = address.isPrivate() || address.isLoopback() || address.isLinkLocal();
            event.set(FtpEvents.DYNAMIC_PORT, endpoint.port())
                    .set(FtpEvents.ENDPOINT_IP, address)
                    .set(FtpEvents.ENDPOINT_PORT, endpoint.port())
                    .set(FtpEvents.ENDPOINT_PRIVATE, nearby)
                    .set(FtpEvents.ENDPOINT_LOOPBACK, address.isLoopback() ? true : null)
                    .set(FtpEvents.ENDPOINT_MULTICAST, address.isMulticast() || address.isBroadcast() ? true : null)
                    .set(FtpEvents.ENDPOINT_NEIGHBOUR, thirdParty && address.isNeighbourOf(announcer) ? true : null)
                    .set(FtpEvents.ENDPOINT_SERVICE, Services.at(endpoint.port()))
                    .set(FtpEvents.THIRD_PARTY, thirdParty)
                    .set(FtpEvents.PRIVILEGED, endpoint.isPrivileged());
        }
        event.set(FtpEvents.CANONICAL, endpoint.isCanonical()).set(FtpEvents.CANONICAL_REASON, endpoint.flaw());
        if (!readings.isEmpty()) {
            event.set(FtpEvents.READINGS, rows());
        }
    }

    private List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>(readings.size());
        for (FilterReading reading : readings) {
            Map<String, Object> row = new LinkedHashMap<>(4);
            row.put("filter", reading.filter());
            if (reading.isEndpoint()) {
                row.put("ip", reading.address().toString());
                row.put("port", (long) reading.port());
            }
            rows.add(row);
        }
        return rows;
    }
}
