package org.sandbar.protocol.ftp;

import java.util.Set;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.wire.Packet;

/** Makes the {@code ftp_data} events: of a flow that ended, or of one that never began. Stateless, any thread. */
final class DataConnection {
    private static final String DATA_PROTOCOL = "ftp-data";
    private static final Set<String> UPLOADS = Set.of("STOR", "STOU", "APPE");
    private static final int HEXADECIMAL = 16;

    private DataConnection() {}

    /** The flow that ends served this expectation. */
    static Event matched(Event end, Expectation expectation, boolean fxp) {
        Conversation flow = end.flow();
        Event event = describe(Event.like(FtpDataEvents.FTP_DATA, end), expectation)
                .set(FtpDataEvents.EXPECTED, fxp || flow.client().equals(expectation.connector()))
                .set(FtpDataEvents.FOLLOWED, flow.server().equals(expectation.named()))
                .set(FtpDataEvents.FXP, fxp ? true : null);
        boolean download = expectation.command() != null && !UPLOADS.contains(expectation.command());
        boolean known = expectation.command() != null;
        return measure(event, end, expectation.control(), expectation.isActive(), known, download);
    }

    /** The flow that ends ran between the ends of this control connection, which is encrypted. */
    static Event inferred(Event end, Conversation control) {
        boolean active = end.flow().client().equals(control.server());
        Event event = Event.like(FtpDataEvents.FTP_DATA, end)
                .set(Common.APP_PROTO, end.get(Common.APP_PROTO))
                .set(FtpDataEvents.CONTROL, control.flowId())
                .set(FtpDataEvents.MODE, active ? FtpEvents.ACTIVE : FtpEvents.PASSIVE)
                .set(FtpDataEvents.EXPECTED, true)
                .set(FtpDataEvents.INFERRED, true);
        return measure(event, end, control, active, false, false);
    }

    /** Whether the flow can be a data connection by what was recognised in it. */
    static boolean mayBe(Event end) {
        String protocol = end.text(Common.APP_PROTO);
        return protocol == null || protocol.equals("failed") || protocol.equals("tls");
    }

    /** A transfer waited for it in vain; told of its control connection, now. */
    static Event neverCame(Event now, Expectation expectation) {
        Event event = Event.at(FtpDataEvents.FTP_DATA, expectation.control(), now.ordinal(), now.timeNs());
        return describe(event, expectation).set(FtpDataEvents.CONNECTED, false);
    }

    private static Event describe(Event event, Expectation expectation) {
        return event.set(Common.APP_PROTO, DATA_PROTOCOL)
                .set(FtpDataEvents.COMMAND, expectation.command())
                .set(FtpDataEvents.FILENAME, expectation.file())
                .set(FtpDataEvents.ANNOUNCED_BY, expectation.by())
                .set(FtpDataEvents.CONTROL, expectation.control().flowId())
                .set(FtpDataEvents.MODE, expectation.isActive() ? FtpEvents.ACTIVE : FtpEvents.PASSIVE)
                .set(FtpDataEvents.ENDPOINT_IP, expectation.named())
                .set(FtpDataEvents.ENDPOINT_PORT, (long) expectation.port())
                .set(FtpDataEvents.ACCEPTED, expectation.isAccepted())
                .set(FtpDataEvents.TYPE, expectation.type())
                .set(FtpDataEvents.PROTECTION, expectation.protection());
    }

    /** The server of the control connection is the side that connects where {@code active}. */
    private static Event measure(
            Event event, Event end, Conversation control, boolean active, boolean known, boolean download) {
        boolean toServer = active == download;
        long forth = number(end, FlowEvents.PAYLOAD_TO_SERVER);
        long back = number(end, FlowEvents.PAYLOAD_TO_CLIENT);
        Field flags = toServer ? FlowEvents.TCP_FLAGS_TO_SERVER : FlowEvents.TCP_FLAGS_TO_CLIENT;
        boolean closed = known ? has(end, flags, Packet.FIN) : has(end, FlowEvents.TCP_FLAGS, Packet.FIN);
        if (active) {
            event.set(FtpDataEvents.DEFAULT_PORT, end.flow().clientPort() == control.serverPort() - 1);
        }
        boolean answered = has(end, FlowEvents.TCP_FLAGS_TO_CLIENT, Packet.SYN);
        return event.set(FtpDataEvents.CONNECTED, answered || end.flow().isMidstream())
                .set(FtpDataEvents.BYTES, known ? (toServer ? forth : back) : Math.max(forth, back))
                .set(FtpDataEvents.COMPLETE, closed && !end.flow().isMidstream());
    }

    private static long number(Event event, Field field) {
        return event.get(field) instanceof Long number ? number : 0;
    }

    private static boolean has(Event end, Field flags, int flag) {
        String hex = end.text(flags);
        return hex != null && (Integer.parseInt(hex, HEXADECIMAL) & flag) != 0;
    }
}
