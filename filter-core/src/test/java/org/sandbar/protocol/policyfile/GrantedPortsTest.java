package org.sandbar.protocol.policyfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.protocol.Correlation;
import org.sandbar.protocol.Site;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/** What was granted against where the client goes. */
class GrantedPortsTest {
    private static final String CLIENT = "192.168.1.5";
    private static final String SERVER = "198.51.100.45";

    private Correlation granted = new PolicyFileProtocol().correlation(Limits.USUAL, Site.UNKNOWN);
    private double seconds;
    private long ordinal;

    private Conversation flow(String client, String server, int port, int flags) {
        Packet packet = new Packet();
        packet.ordinal = ++ordinal;
        packet.ipVersion = 4;
        packet.protocol = Packet.TCP;
        packet.sourceLow = Address.parse(client).low();
        packet.destinationLow = Address.parse(server).low();
        packet.destinationPort = port;
        packet.tcpFlags = flags;
        return new FlowTable<>(Flow::new, Limits.USUAL).begin(packet).conversation();
    }

    private void policy(int port, String kind, String ports, List<String> findings, String metaPolicy) {
        Event event = Event.at(PolicyFileEvents.POLICY_FILE, flow(CLIENT, SERVER, port, Packet.SYN), ++ordinal, (long)
                        (seconds * 1e9))
                .set(PolicyFileEvents.KIND, kind)
                .set(PolicyFileEvents.PORTS, ports)
                .set(PolicyFileEvents.META_POLICY, metaPolicy)
                .set(PolicyFileEvents.FINDINGS, findings);
        granted.see(event, new ArrayList<>());
    }

    private String connects(String client, String server, int port) {
        return connects(flow(client, server, port, Packet.SYN));
    }

    private String connects(int port) {
        return connects(CLIENT, SERVER, port);
    }

    private String connects(Conversation flow) {
        Event event = Event.at(FlowEvents.FLOW, flow, ++ordinal, (long) (seconds * 1e9))
                .set(FlowEvents.PHASE, FlowEvents.ENDED)
                .set(FlowEvents.START, (long) (seconds * 1e9));
        granted.see(event, new ArrayList<>());
        return event.get(Common.PLUGIN_GRANTED) + " " + event.get(Common.PLUGIN_POLICY_AGE);
    }

    @Test
    void whatAPolicyOpens() {
        policy(943, "silverlight", "4502-4506,4510", null, null);
        seconds = 2.5;
        assertEquals("true 2", connects(4506));
        assertEquals("true 2", connects(4510));
        assertEquals("false 2", connects(4507));
        assertEquals("false 2", connects(80));
        assertEquals("null null", connects("192.168.1.6", SERVER, 4507));
        assertEquals("null null", connects(CLIENT, "198.51.100.46", 4507));
        seconds = Bound.POLICY_SECONDS.usual() + 1;
        assertEquals("null null", connects(4507));
    }

    @Test
    void policiesAddUp() {
        policy(843, "none", null, null, null);
        assertEquals("false 0", connects(4502));
        policy(4502, "flash", "4502", List.of("any-domain"), null);
        assertEquals("true 0", connects(4502));
        assertEquals("false 0", connects(4503));
    }

    /** More ranges than are remembered: what they leave out is not called refused. */
    @Test
    void manyRanges() {
        for (int i = 0; i < 65; i++) {
            policy(843, "flash", Integer.toString(2_000 + 2 * i), null, null);
        }
        assertEquals("true 0", connects(2_002));
        assertEquals("null 0", connects(2_001));
    }

    @Test
    void whatIsNotKnownIsNotHeldAgainstAnybody() {
        policy(843, "flash", "4502", null, null);
        policy(843, "flash", null, List.of("gap"), null);
        assertEquals("null 0", connects(4503));
        assertEquals("true 0", connects(4502));
    }

    @Test
    void aGapInsteadOfAPolicy() {
        policy(843, "none", null, List.of("gap"), null);
        assertEquals("null 0", connects(4503));
    }

    /** What came over HTTP is not read. */
    @Test
    void aPolicyOverHttp() {
        policy(943, "none", null, List.of("unusual-port"), null);
        assertEquals("false 0", connects(4502));
        granted.see(
                Event.at(FlowEvents.EVIDENCE, flow(CLIENT, SERVER, 80, Packet.SYN), ++ordinal, 0)
                        .set(FlowEvents.SIGNAL, "policy-over-http")
                        .set(FlowEvents.DETAIL, "silverlight"),
                new ArrayList<>());
        assertEquals("null 0", connects(4502));
    }

    /** Silverlight's holds for its sockets, Flash's for requests alone. */
    @Test
    void aPolicyThatCameOverHttp() {
        for (String dialect : List.of("flash", "silverlight")) {
            granted.see(
                    Event.at(PolicyFileEvents.POLICY_FILE, flow(CLIENT, SERVER, 80, Packet.SYN), ++ordinal, 0)
                            .set(Common.APP_PROTO, "http")
                            .set(PolicyFileEvents.KIND, dialect)
                            .set(PolicyFileEvents.PORTS, "4502"),
                    new ArrayList<>());
            assertEquals(dialect.equals("flash") ? "null null" : "true 0", connects(4502));
        }
    }

    @Test
    void theMasterPolicyAlone() {
        policy(843, "flash", "4502", null, "master-only");
        policy(5000, "flash", "5000", null, null);
        assertEquals("false 0", connects(5000));
        assertEquals("true 0", connects(4502));
    }

    @Test
    void whatBeganBefore() {
        Conversation before = flow(CLIENT, SERVER, 5000, Packet.SYN);
        Conversation joined = flow(CLIENT, SERVER, 5001, Packet.ACK);
        policy(943, "silverlight", "4502", null, null);
        assertEquals("null null", connects(before));
        assertEquals("null null", connects(joined));
        assertEquals("null null", connects(flow(CLIENT, SERVER, 5001, Packet.ACK)));
    }

    /** Who captures one side of the traffic sees requests that are never answered. */
    @Test
    void oneSideAlone() {
        policy(943, "none", null, null, null);
        Event end = Event.at(FlowEvents.FLOW, flow(CLIENT, SERVER, 943, Packet.SYN), ++ordinal, 0)
                .set(FlowEvents.PHASE, FlowEvents.ENDED)
                .set(FlowEvents.PACKETS_TO_CLIENT, 0L)
                .set(Common.APP_PROTO, "policyfile");
        granted.see(end, new ArrayList<>());
        assertEquals("null 0", connects(4502));
    }

    @Test
    void bounded() {
        granted = new PolicyFileProtocol().correlation(Limits.USUAL.with(Bound.POLICY_MEMORY, 16), Site.UNKNOWN);
        policy(943, "silverlight", "4502", null, null);
        for (int i = 0; i < 16; i++) {
            Event event = Event.at(
                            PolicyFileEvents.POLICY_FILE, flow("10.0.0." + i, SERVER, 943, Packet.SYN), ++ordinal, 0)
                    .set(PolicyFileEvents.KIND, "none");
            granted.see(event, new ArrayList<>());
        }
        assertEquals("null null", connects(4503));
    }
}
