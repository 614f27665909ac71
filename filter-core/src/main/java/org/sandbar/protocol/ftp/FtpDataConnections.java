package org.sandbar.protocol.ftp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Ends;
import org.sandbar.protocol.Announcements;
import org.sandbar.protocol.Correlation;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.protocol.Site;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;
import org.sandbar.wire.Socket;

/**
 * Matches data connections to the commands that announced them, by the announced endpoint, whoever connects: a third host may be the
 * one, which is why this crosses flows. An endpoint is looked for at the address that was named and at the announcer's own, for a
 * server behind address translation names one that only it knows. Announcements are bounded and expire on packet time; the flows that
 * they matched are kept until they end. RFC 959 section 3.2.
 */
final class FtpDataConnections implements Correlation {
    private static final String DATA_PROTOCOL = "ftp-data";
    /** Control connections that announce the same endpoint at a time; two of them make an FXP transfer. */
    private static final int MOST_OF_ONE = 4;

    private static final int FIRST_UNPRIVILEGED = 1024;
    /** The reply of a server that could not connect, or to whom nobody did. */
    private static final String NO_CONNECTION = "425";

    private final Site site;
    /** By the endpoint, those who announced it, the oldest first. */
    private final ExpiringMap<Socket, List<Expectation>> expected;

    private final Map<Conversation, ControlChannel> controls = new HashMap<>();
    /** By their ends, control connections that cannot be read. */
    private final Map<Ends, Conversation> opaque = new HashMap<>();
    /** By the data connection. */
    private final Map<Conversation, List<Expectation>> matched = new HashMap<>();
    /** By the data connection, the encrypted control connection that it may belong to. */
    private final Map<Conversation, Conversation> inferred = new HashMap<>();

    FtpDataConnections(Limits limits, Site site) {
        this.site = site;
        expected = new ExpiringMap<>(limits.of(Bound.EXPECTED_CONNECTIONS), limits.nanosOf(Bound.EXPECTED_SECONDS));
    }

    @Override
    public void see(Event event, List<Event> told) {
        for (List<Expectation> late = expected.takeExpired(event.timeNs());
                late != null;
                late = expected.takeExpired(event.timeNs())) {
            for (Expectation expectation : late) {
                tellIfNeverCame(expectation, event, told);
            }
        }
        if (event.kind() == FtpEvents.FTP) {
            exchange(event, told);
        } else if (event.kind() == FtpEvents.ANNOUNCED) {
            ControlChannel control = control(event.flow());
            Address named = (Address) event.get(FtpEvents.ANNOUNCED_IP);
            int port = (int) (long) event.get(FtpEvents.ANNOUNCED_PORT);
            told.add(announced(event, named, port, null));
            expect(
                    control,
                    Expectation.active(event.flow(), event.text(FtpEvents.ANNOUNCED_BY), named, port),
                    event.timeNs());
        } else if (event.kind() == FtpEvents.TRANSFER) {
            transfer(event);
        } else if (event.kind() == FlowEvents.FLOW) {
            flow(event, told);
        }
    }

    private ControlChannel control(Conversation flow) {
        return controls.computeIfAbsent(flow, first -> new ControlChannel());
    }

    private void exchange(Event event, List<Event> told) {
        if (event.get(FtpEvents.INJECTED) != null) {
            return;
        }
        Conversation flow = event.flow();
        ControlChannel control = control(flow);
        if (event.text(FtpEvents.TLS) != null) {
            control.opaque = !event.text(FtpEvents.TLS).equals(FtpEvents.CLEARED);
            if (control.opaque) {
                opaque.put(flow.ends(), flow);
            }
        }
        if (event.get(FtpEvents.ENDPOINT_IP) instanceof Address named) {
            int port = (int) (long) event.get(FtpEvents.ENDPOINT_PORT);
            announcement(event, control, named, port);
            boolean passive = FtpEvents.PASSIVE.equals(event.text(FtpEvents.MODE));
            boolean unasked = Boolean.FALSE.equals(event.get(FtpEvents.SOLICITED));
            if (!passive || !unasked) {
                told.add(announced(
                        event, named, port, passive ? Boolean.TRUE : (Boolean) event.get(FtpEvents.ACCEPTED)));
            }
        }
        String command = event.text(FtpEvents.COMMAND);
        if (command != null && event.get(FtpEvents.ACCEPTED) instanceof Boolean accepted) {
            outcome(event, control, command, accepted);
        }
    }

    private static Event announced(Event by, Address named, int port, Boolean accepted) {
        return Event.like(Announcements.ANNOUNCED, by)
                .set(Common.APP_PROTO, by.text(Common.APP_PROTO))
                .set(Announcements.TRANSPORT, Packet.TCP)
                .set(Announcements.IP, named)
                .set(Announcements.PORT, port)
                .set(Announcements.ACCEPTED, accepted);
    }

    private static void outcome(Event event, ControlChannel control, String command, boolean accepted) {
        String argument = event.text(FtpEvents.COMMAND_DATA);
        if (!accepted && !NO_CONNECTION.equals(lastCode(event))) {
            control.refused(command, argument);
        } else if (accepted && command.equals(Verb.TYPE.name())) {
            control.type = argument;
        } else if (accepted && command.equals(Verb.PROT.name())) {
            control.protection = argument;
        }
    }

    private static String lastCode(Event event) {
        List<?> codes = (List<?>) event.get(FtpEvents.COMPLETION_CODE);
        return codes == null ? null : (String) codes.get(codes.size() - 1);
    }

    /** An announcement with what became of it. Of the client's, the endpoint was told when the command came. */
    private void announcement(Event event, ControlChannel control, Address named, int port) {
        Conversation flow = event.flow();
        if (event.is(FtpEvents.THIRD_PARTY)) {
            boolean passive = FtpEvents.PASSIVE.equals(event.text(FtpEvents.MODE));
            Address other = passive ? flow.client() : flow.server();
            event.set(
                    FtpEvents.FXP_ALLOWED,
                    site.transfersAmong(flow.server(), named) || site.transfersAmong(other, named) ? true : null);
        }
        if (FtpEvents.PASSIVE.equals(event.text(FtpEvents.MODE))) {
            Expectation expectation = Expectation.passive(flow, lastCode(event), named, port);
            expectation.accepted(true);
            expect(control, expectation, event.timeNs());
        } else if (control.newest != null && control.newest.isActive() && control.newest.port() == port) {
            control.newest.accepted((Boolean) event.get(FtpEvents.ACCEPTED));
        }
        event.set(FtpEvents.CROWDED_OUT, control.crowdedOut ? true : null);
    }

    private void expect(ControlChannel control, Expectation expectation, long nowNs) {
        boolean crowdedOut = add(new Socket(Packet.TCP, expectation.named(), expectation.port()), expectation, nowNs);
        if (!expectation.named().equals(expectation.announcer())) {
            crowdedOut |= add(new Socket(Packet.TCP, expectation.announcer(), expectation.port()), expectation, nowNs);
        }
        control.crowdedOut = crowdedOut;
        control.announced(expectation);
    }

    private boolean add(Socket socket, Expectation expectation, long nowNs) {
        List<Expectation> before = expected.get(socket, nowNs);
        List<Expectation> all = new ArrayList<>(2);
        if (before != null) {
            for (Expectation other : before) {
                // A control connection that names an endpoint anew means the new one.
                if (!other.control().equals(expectation.control()) || other.isServing()) {
                    all.add(other);
                }
            }
            if (all.size() >= MOST_OF_ONE) {
                all.remove(0);
            }
        }
        all.add(expectation);
        return expected.put(socket, all, nowNs);
    }

    private void transfer(Event event) {
        ControlChannel control = control(event.flow());
        String command = event.text(FtpEvents.TRANSFER_COMMAND);
        String file = event.text(FtpEvents.TRANSFER_FILE);
        if (event.is(FtpEvents.TRANSFER_EARLY)) {
            control.early(command, file);
            return;
        }
        Expectation newest = control.newest;
        if (newest != null && newest.isServing() && newest.isActive()) {
            // The endpoint of a PORT holds until there is another.
            expect(control, newest.again(), event.timeNs());
            newest = control.newest;
        }
        if (newest == null || newest.isServing()) {
            Conversation flow = event.flow();
            newest = Expectation.active(flow, Expectation.DEFAULT, flow.client(), flow.clientPort());
            add(new Socket(Packet.TCP, flow.client(), flow.clientPort()), newest, event.timeNs());
        }
        control.serve(newest, command, file);
    }

    private void flow(Event event, List<Event> told) {
        Conversation flow = event.flow();
        String phase = event.text(FlowEvents.PHASE);
        if (phase.equals(FlowEvents.BEGIN) && flow.protocol() == Packet.TCP) {
            match(event);
        }
        List<Expectation> expectations = matched.get(flow);
        if (expectations != null) {
            event.set(Common.APP_PROTO, DATA_PROTOCOL);
        }
        if (phase.equals(FlowEvents.ENDED)) {
            end(event, expectations, told);
        }
    }

    private void match(Event begin) {
        Conversation flow = begin.flow();
        List<Expectation> all = expected.isEmpty()
                ? null
                : expected.get(new Socket(Packet.TCP, flow.server(), flow.serverPort()), begin.timeNs());
        if (all == null) {
            infer(flow);
            return;
        }
        List<Expectation> chosen = chosen(all, flow);
        matched.put(flow, chosen);
        // To a third host it is nobody's own: bounce, FXP, or a cluster.
        if (isExpected(chosen.get(0), flow) && chosen.get(0).announcer().equals(flow.server())) {
            flow.announcedOn(chosen.get(0).control());
        }
        if (isExpected(chosen.get(0), flow) || chosen.size() > 1) {
            for (Expectation expectation : chosen) {
                expectation.settle();
                forget(expectation);
            }
        }
    }

    /** Those that the flow serves: the one of its own ends, both of an FXP transfer, or, for a third host, the newest. */
    private static List<Expectation> chosen(List<Expectation> all, Conversation flow) {
        Expectation active = null;
        Expectation passive = null;
        Expectation newest = all.get(all.size() - 1);
        for (Expectation expectation : all) {
            if (isExpected(expectation, flow)) {
                newest = expectation;
                active = expectation.isActive() ? expectation : active;
            } else if (!expectation.isActive() && expectation.announcer().equals(flow.server())) {
                passive = expectation;
            }
        }
        return active != null && passive != null ? List.of(active, passive) : List.of(newest);
    }

    private static boolean isExpected(Expectation expectation, Conversation flow) {
        return flow.client().equals(expectation.connector());
    }

    private void forget(Expectation expectation) {
        forget(new Socket(Packet.TCP, expectation.named(), expectation.port()), expectation);
        forget(new Socket(Packet.TCP, expectation.announcer(), expectation.port()), expectation);
    }

    private void forget(Socket socket, Expectation expectation) {
        List<Expectation> all = expected.get(socket);
        if (all != null && all.remove(expectation) && all.isEmpty()) {
            expected.remove(socket);
        }
    }

    /** Between the ends of an encrypted control connection: a data connection, unless it turns out to be something else. */
    private void infer(Conversation flow) {
        if (opaque.isEmpty()) {
            return;
        }
        Conversation asClient = opaque.get(flow.ends());
        Conversation control = asClient != null ? asClient : opaque.get(new Ends(flow.server(), flow.client()));
        if (control == null || !controls.containsKey(control) || !control(control).opaque) {
            return;
        }
        boolean dataPort = flow.serverPort() >= FIRST_UNPRIVILEGED || flow.serverPort() == control.serverPort() - 1;
        if (dataPort) {
            inferred.put(flow, control);
        }
    }

    private void end(Event event, List<Expectation> expectations, List<Event> told) {
        Conversation flow = event.flow();
        if (expectations != null) {
            matched.remove(flow);
            for (Expectation expectation : expectations) {
                boolean allowed = site.transfersAmong(flow.client(), flow.server());
                told.add(DataConnection.matched(event, expectation, expectations.size() > 1)
                        .set(FtpDataEvents.FXP_ALLOWED, allowed ? true : null));
            }
        }
        Conversation control = inferred.remove(flow);
        if (control != null && DataConnection.mayBe(event)) {
            flow.announcedOn(control);
            told.add(DataConnection.inferred(event, control));
        }
        ControlChannel ended = controls.remove(flow);
        if (ended != null) {
            opaque.remove(flow.ends(), flow);
            for (Expectation expectation : ended.waiting()) {
                // It stays known: who comes now still comes to what was announced.
                tellIfNeverCame(expectation, event, told);
            }
        }
    }

    private static void tellIfNeverCame(Expectation expectation, Event now, List<Event> told) {
        if (expectation.isMissed()) {
            // Told once, though it may wait under two addresses.
            expectation.settle();
            told.add(DataConnection.neverCame(now, expectation));
        }
    }
}
