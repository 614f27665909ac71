package org.sandbar.protocol.ftp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.protocol.Correlation;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.wire.Address;

/**
 * Matches data connections to the commands that announced them, by the announced address and port, whoever connects: a third host
 * may be the one, which is why this crosses flows. Announcements are bounded and expire; the flows that they matched are kept until
 * they end. Tells {@code ftp_data} when such a flow ends. RFC 959 section 3.2.
 */
final class FtpDataConnections implements Correlation {
    static final EventKind FTP_DATA = new EventKind("ftp_data");
    static final Field COMMAND =
            FTP_DATA.eve("ftp_data.command", Type.TEXT, "the transfer command that the connection served");
    static final Field FILENAME = FTP_DATA.eve("ftp_data.filename", Type.TEXT, "the file that the command named");
    static final Field ANNOUNCED_BY = FTP_DATA.own(
            "ftp.announced_by", Type.TEXT, "the command, or the reply's code, that announced the connection");
    static final Field CONTROL = FTP_DATA.own("ftp.control_flow_id", Type.NUMBER, "flow_id of its control connection");
    static final Field EXPECTED = FTP_DATA.own(
            "ftp.expected",
            Type.FLAG,
            "it came from the other end of the control connection, as the announcement let expect");
    static final Field BYTES_TO_SERVER =
            FTP_DATA.own("ftp.bytes_toserver", Type.NUMBER, "bytes from the side that connected, headers included");
    static final Field BYTES_TO_CLIENT =
            FTP_DATA.own("ftp.bytes_toclient", Type.NUMBER, "bytes from the side that was connected to");

    private static final String DATA_PROTOCOL = "ftp-data";

    private record Endpoint(Address address, long port) {}

    /** An endpoint that was announced, by whom and from where it may be reached, and what was then transferred. */
    private static final class Announcement {
        final Conversation control;
        final String by;
        final Address expectedFrom;
        String command;
        String file;

        Announcement(Conversation control, String by, Address expectedFrom) {
            this.control = control;
            this.by = by;
            this.expectedFrom = expectedFrom;
        }
    }

    /** By the announced endpoint. */
    private final ExpiringMap<Endpoint, Announcement> announced;
    /** By the control connection: its newest announcement, which the next transfer command is about. */
    private final Map<Conversation, Announcement> newest = new HashMap<>();
    /** By the data connection. */
    private final Map<Conversation, Announcement> matched = new HashMap<>();

    FtpDataConnections(Limits limits) {
        announced = new ExpiringMap<>(limits.of(Bound.EXPECTED_CONNECTIONS), limits.nanosOf(Bound.EXPECTED_SECONDS));
    }

    @Override
    public void see(Event event, List<Event> told) {
        if (event.kind() == FtpEvents.FTP) {
            announce(event);
        } else if (event.kind() == FtpEvents.TRANSFER) {
            transfer(event);
        } else if (event.kind() == FlowEvents.FLOW) {
            flow(event, told);
        }
    }

    private void transfer(Event event) {
        Announcement announcement = newest.get(event.flow());
        if (announcement != null) {
            announcement.command = event.text(FtpEvents.TRANSFER_COMMAND);
            announcement.file = event.text(FtpEvents.TRANSFER_FILE);
        }
    }

    private void announce(Event event) {
        Conversation control = event.flow();
        if (event.get(FtpEvents.ENDPOINT_PORT) instanceof Long port
                && event.get(FtpEvents.ENDPOINT_IP) instanceof Address named) {
            boolean passive = FtpEvents.PASSIVE.equals(event.text(FtpEvents.MODE));
            Address announcer = passive ? control.server() : control.client();
            Address other = passive ? control.client() : control.server();
            Address address = named.isUnspecified() ? announcer : named;
            String by = passive && event.get(FtpEvents.COMPLETION_CODE) instanceof List<?> codes && !codes.isEmpty()
                    ? (String) codes.get(codes.size() - 1)
                    : event.text(FtpEvents.COMMAND);
            Announcement announcement = new Announcement(control, by, other);
            announced.put(new Endpoint(address, port), announcement, event.timeNs());
            newest.put(control, announcement);
        }
    }

    private void flow(Event event, List<Event> told) {
        Conversation flow = event.flow();
        String phase = event.text(FlowEvents.PHASE);
        if (phase.equals(FlowEvents.BEGIN)) {
            match(event);
        }
        Announcement announcement = matched.get(flow);
        if (announcement != null) {
            event.set(Common.APP_PROTO, DATA_PROTOCOL);
        }
        if (phase.equals(FlowEvents.ENDED)) {
            newest.remove(flow);
            if (announcement != null) {
                matched.remove(flow);
                told.add(dataEvent(event, announcement));
            }
        }
    }

    private void match(Event begin) {
        Conversation flow = begin.flow();
        if (announced.isEmpty() || !flow.hasPorts()) {
            return;
        }
        Endpoint endpoint = new Endpoint(flow.server(), flow.serverPort());
        Announcement announcement = announced.get(endpoint, begin.timeNs());
        if (announcement != null) {
            announced.remove(endpoint);
            matched.put(flow, announcement);
        }
    }

    private static Event dataEvent(Event end, Announcement announcement) {
        return Event.like(FTP_DATA, end)
                .set(Common.APP_PROTO, DATA_PROTOCOL)
                .set(COMMAND, announcement.command)
                .set(FILENAME, announcement.file)
                .set(ANNOUNCED_BY, announcement.by)
                .set(CONTROL, announcement.control.flowId())
                .set(EXPECTED, end.flow().client().equals(announcement.expectedFrom))
                .set(BYTES_TO_SERVER, end.get(FlowEvents.BYTES_TO_SERVER))
                .set(BYTES_TO_CLIENT, end.get(FlowEvents.BYTES_TO_CLIENT));
    }
}
