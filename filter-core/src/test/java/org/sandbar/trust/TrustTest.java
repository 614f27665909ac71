package org.sandbar.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.engine.BuiltIn;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.event.Signal;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;
import org.sandbar.yaml.Fault;

/** What is remembered of hosts from flow to flow, with the table that is shipped. */
class TrustTest {
    private static final String CLIENT = "192.168.1.5";
    private static final String OTHER_CLIENT = "192.168.1.6";
    private static final String SITE = "198.51.100.80";
    private static final String GAME = "198.51.100.45";

    private final Trust trust = new Trust(table(), flow -> this.owner, Limits.USUAL);
    /** Of the next flow that begins. */
    private CompletableFuture<OwningProcess> owner;

    private long ordinal;
    private double seconds;

    private static TrustTable table() {
        List<String> signals = new ArrayList<>();
        Trust.signals().forEach(signal -> signals.add(signal.name()));
        BuiltIn.signals().stream().map(Signal::name).forEach(signals::add);
        List<Fault> faults = new ArrayList<>();
        TrustTable table =
                TrustTable.read(Path.of(System.getProperty("sandbar.root"), "rules", "trust.yaml"), signals, faults);
        assertEquals(List.of(), faults);
        return table;
    }

    private Conversation flow(String client, String server, int port) {
        Packet packet = new Packet();
        packet.ordinal = ++ordinal;
        packet.ipVersion = 4;
        packet.protocol = Packet.TCP;
        packet.sourceLow = Address.parse(client).low();
        packet.destinationLow = Address.parse(server).low();
        packet.sourcePort = 40_000;
        packet.destinationPort = port;
        packet.tcpFlags = Packet.SYN;
        return new FlowTable<>(Flow::new, Limits.USUAL).begin(packet).conversation();
    }

    private void states(Conversation flow, String signal, String detail) {
        trust.weigh(Event.at(FlowEvents.EVIDENCE, flow, ++ordinal, (long) (seconds * 1e9))
                .set(FlowEvents.SIGNAL, signal)
                .set(FlowEvents.DETAIL, detail));
    }

    private Event begin(Conversation flow) {
        Event begin = Event.at(FlowEvents.FLOW, flow, ++ordinal, (long) (seconds * 1e9))
                .set(FlowEvents.PHASE, FlowEvents.BEGIN);
        trust.weigh(begin).explain(begin);
        return begin;
    }

    /** The signals of a flow that begins now. */
    private List<String> beginning(String client, String server, int port) {
        List<String> signals = new ArrayList<>();
        for (Object row : (List<?>) begin(flow(client, server, port)).get(Common.TRUST_EVIDENCE)) {
            signals.add(((Map<?, ?>) row).get("signal").toString());
        }
        return signals;
    }

    @Test
    void aProgramThatWasFetchedConnects() {
        states(flow(CLIENT, SITE, 80), "plugin-content", "application/x-silverlight-app");
        assertEquals(List.of("plugin-port", "plugin-from-server"), beginning(CLIENT, SITE, 4502));
        assertEquals(List.of("plugin-port", "plugin-on-client"), beginning(CLIENT, GAME, 4510));
        assertEquals(List.of("plugin-port"), beginning(OTHER_CLIENT, SITE, 4502));
        assertEquals(List.of(), beginning(CLIENT, GAME, 22));
        seconds = Limits.Bound.PLUGIN_SECONDS.usual() + 1;
        assertEquals(List.of("plugin-port"), beginning(CLIENT, SITE, 4502));
    }

    @Test
    void aPolicyThatWasAskedForOverHttpIsOneForSilverlightAlone() {
        states(flow(CLIENT, SITE, 80), "policy-over-http", "flash");
        assertEquals(List.of("plugin-port"), beginning(CLIENT, SITE, 4502));
        states(flow(CLIENT, SITE, 80), "policy-over-http", "silverlight");
        assertEquals(List.of("plugin-port", "policy-fetched"), beginning(CLIENT, SITE, 4502));
        assertEquals(List.of("plugin-port"), beginning(CLIENT, GAME, 4502));
        assertEquals(true, begin(flow(CLIENT, SITE, 4502)).is(Common.PLUGIN_POLICY_SEEN));
    }

    @Test
    void flashKeepsToNoRange() {
        states(flow(CLIENT, SITE, 843), "policy-request", "flash");
        assertEquals(List.of("policy-for-any-port"), beginning(CLIENT, SITE, 21));
        assertEquals(List.of(), beginning(CLIENT, GAME, 21));
        states(flow(CLIENT, GAME, 943), "policy-request", "silverlight");
        assertEquals(List.of(), beginning(CLIENT, GAME, 21));
    }

    @Test
    void aSignalCountsOnceAndIsShownWithItsPacket() {
        Conversation flow = flow(CLIENT, SITE, 80);
        states(flow, "plugin-header", "x-flash-version: 10,0");
        states(flow, "plugin-header", "x-flash-version: 11,0");
        Event event = begin(flow);
        assertEquals(5.0, event.get(Common.TRUST_SCORE));
        assertEquals("sandboxed", event.text(Common.TRUST_CLASS));
        assertEquals(1, ((List<?>) event.get(Common.TRUST_EVIDENCE)).size());
        assertEquals(2L, ((Map<?, ?>) ((List<?>) event.get(Common.TRUST_EVIDENCE)).get(0)).get("pcap_cnt"));
    }

    @Test
    void aDataConnectionIsItsControlChannels() {
        Conversation control = flow(CLIENT, SITE, 21);
        states(control, "ftp-login", "alice");
        Conversation data = flow(CLIENT, SITE, 50_000);
        data.announcedOn(control);
        Event event = begin(data);
        assertEquals("trusted", event.text(Common.TRUST_CLASS));
        assertEquals("ftp-client", event.text(Common.TRUST_AGENT));

        Conversation plugin = flow(CLIENT, SITE, 4502);
        states(plugin, "policy-request", "silverlight");
        Conversation hole = flow(SITE, CLIENT, 6000);
        hole.announcedOn(plugin);
        assertEquals("sandboxed", begin(hole).text(Common.TRUST_CLASS));
        assertEquals("silverlight", begin(hole).text(Common.TRUST_AGENT));
    }

    @Test
    void whatAPluginsSocketSaysMakesItNoDesktopProgram() {
        Conversation flow = flow(CLIENT, SITE, 4502);
        begin(flow);
        states(flow, "desktop-http-agent", "curl/7.88.1");
        states(flow, "ftp-login", "alice");
        Event event = begin(flow);
        assertEquals("unknown", event.text(Common.TRUST_CLASS));
        assertEquals(-2.5, event.get(Common.TRUST_SCORE));
        assertEquals("plugin-port", event.text(Common.TRUST_BARRED_BY));
        states(flow, "trusted-client", CLIENT);
        assertEquals("trusted", begin(flow).text(Common.TRUST_CLASS));
    }

    @Test
    void aPortNamesItsPluginUntilAnotherAgentShowsItself() {
        Conversation flow = flow(CLIENT, SITE, 4502);
        assertEquals("silverlight", begin(flow).text(Common.TRUST_AGENT));
        states(flow, "websocket-of-page", "http://www.example");
        assertEquals("websocket", begin(flow).text(Common.TRUST_AGENT));
    }

    @Test
    void anAppletMayConnectToWhereItCameFromOnAnyPort() {
        states(flow(CLIENT, SITE, 80), "plugin-content", "a Java class");
        assertEquals(List.of("plugin-from-server"), beginning(CLIENT, SITE, 21));
        assertEquals(List.of(), beginning(CLIENT, GAME, 21));
    }

    @Test
    void withoutEvidenceNothingIsKnown() {
        Event event = begin(flow(CLIENT, SITE, 12_345));
        assertEquals("unknown", event.text(Common.TRUST_CLASS));
        assertNull(event.text(Common.TRUST_AGENT));
        assertEquals(0.0, event.get(Common.TRUST_SCORE));
    }

    private static OwningProcess process(String address, int port, String executable, String... parents) {
        return new OwningProcess(Address.parse(address), port, 4711, executable, "alice", List.of(parents));
    }

    /** A flow that logs in with FTP, as its owner becomes known in its course. */
    private Event loginOf(OwningProcess process) {
        owner = new CompletableFuture<>();
        Conversation flow = flow(CLIENT, SITE, 21);
        assertNull(begin(flow).text(Common.PROCESS_EXECUTABLE));
        owner.complete(process);
        states(flow, "ftp-login", "alice");
        return begin(flow);
    }

    @Test
    void aBrowsersChildIsNoDesktopProgram() {
        Event event =
                loginOf(process(CLIENT, 40_000, "/usr/bin/lftp", "/bin/bash", "/opt/firefox/firefox", "/sbin/init"));
        assertEquals("unknown", event.text(Common.TRUST_CLASS));
        assertEquals("process-browser", event.text(Common.TRUST_BARRED_BY));
        Map<?, ?> row = (Map<?, ?>) ((List<?>) event.get(Common.TRUST_EVIDENCE)).get(0);
        assertEquals("/usr/bin/lftp < /bin/bash < /opt/firefox/firefox < /sbin/init", row.get("detail"));
        assertEquals("/usr/bin/lftp", event.text(Common.PROCESS_EXECUTABLE));
        assertEquals(4711L, event.get(Common.PROCESS_ID));
        assertEquals("alice", event.text(Common.PROCESS_USER));
        assertEquals("client", event.text(Common.PROCESS_SIDE));
        assertEquals(List.of("/bin/bash", "/opt/firefox/firefox", "/sbin/init"), event.get(Common.PROCESS_PARENTS));
    }

    @Test
    void whatSomebodyStartedIsADesktopProgram() {
        Event event = loginOf(process(CLIENT, 40_000, "/usr/bin/lftp", "/bin/bash"));
        assertEquals("trusted", event.text(Common.TRUST_CLASS));
        assertEquals(-7.0, event.get(Common.TRUST_SCORE));
        assertEquals("ftp-client", event.text(Common.TRUST_AGENT));
    }

    @Test
    void whatRunsAnyProgramSaysNothing() {
        Event event = loginOf(process(CLIENT, 40_000, "/usr/bin/python3.11", "/bin/bash"));
        assertEquals(-4.0, event.get(Common.TRUST_SCORE));
        assertEquals("/usr/bin/python3.11", event.text(Common.PROCESS_EXECUTABLE));
        assertNull(loginOf(null).text(Common.PROCESS_EXECUTABLE));
    }

    @Test
    void whoServesIsNoEvidenceOfTheClient() {
        Event event = loginOf(process(SITE, 21, "/usr/bin/curl"));
        assertEquals(-4.0, event.get(Common.TRUST_SCORE));
        assertEquals("server", event.text(Common.PROCESS_SIDE));
    }
}
