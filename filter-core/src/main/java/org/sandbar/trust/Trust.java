package org.sandbar.trust;

import java.util.List;
import java.util.Set;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.event.FlowEvents;
import org.sandbar.event.Signal;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Ends;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.wire.Address;
import org.sandbar.wire.Network;
import org.sandbar.wire.Packet;

/**
 * Weighs the evidence of all flows, and remembers across flows what a client did before: that it asked a server for a plugin's
 * socket policy, that it fetched or ran a plugin's
 * program, and that a host passes on what comes to its plugin ports. Asks who owns the flows of this machine. Sees every event of stage 1 in packet order. One thread.
 */
public final class Trust {
    public static final Signal PLUGIN_PORT =
            new Signal("plugin-port", "the server's port is in the range that a plugin is confined to");
    public static final Signal POLICY_PORT = new Signal(
            "policy-port", "the server's port is one where plugins ask for a policy, and nothing else is usual");
    public static final Signal POLICY_FETCHED = new Signal(
            "policy-fetched", "this client asked this server for a plugin's socket policy before it connected");
    public static final Signal POLICY_FOR_ANY_PORT = new Signal(
            "policy-for-any-port",
            "this client asked this server before for the policy of a plugin that keeps to no range");
    public static final Signal PLUGIN_FROM_SERVER =
            new Signal("plugin-from-server", "this client fetched a plugin's program from this server before");
    public static final Signal PLUGIN_ON_CLIENT =
            new Signal("plugin-on-client", "this client fetched or ran a plugin's program before");
    public static final Signal REDIRECTED = new Signal(
            "redirected-from-plugin-port",
            "the flow carries on what came to a plugin's port of its client within the second");
    public static final Signal OF_SANDBOXED =
            new Signal("announced-by-sandboxed", "the flow was announced on one of sandboxed content");
    public static final Signal OF_TRUSTED =
            new Signal("announced-by-trusted", "the flow was announced on one of a desktop application");
    public static final Signal SERVER_FIRST =
            new Signal("server-speaks-first", "the server sent the first payload, as for FTP, SMTP or SSH");
    public static final Signal CLIENT_FIRST = new Signal("client-speaks-first", "the client sent the first payload");
    public static final Signal TRUSTED_SERVER =
            new Signal("trusted-server", "the server is one that the user named as trusted");
    public static final Signal TRUSTED_CLIENT =
            new Signal("trusted-client", "the client is one that the user named as trusted");

    public static final Signal PROCESS_BROWSER =
            new Signal("process-browser", "the client's process, or one that started it, is a browser");
    public static final Signal PROCESS_PROGRAM =
            new Signal("process-program", "the client's process is an installed network program, and no browser's");

    private static final List<Signal> SIGNALS = List.of(
            PLUGIN_PORT,
            POLICY_PORT,
            POLICY_FETCHED,
            POLICY_FOR_ANY_PORT,
            PLUGIN_FROM_SERVER,
            PLUGIN_ON_CLIENT,
            REDIRECTED,
            OF_SANDBOXED,
            OF_TRUSTED,
            SERVER_FIRST,
            CLIENT_FIRST,
            TRUSTED_SERVER,
            TRUSTED_CLIENT,
            PROCESS_BROWSER,
            PROCESS_PROGRAM);
    private static final String POLICY_PROTOCOL = "policyfile";
    /** That protocol's signal; its detail is the dialect, which names the plugin. */
    private static final String POLICY_REQUEST = "policy-request";

    /** Another protocol's: a plugin's program came, or one that runs made itself known. */
    private static final Set<String> PLUGIN_SIGNS = Set.of("plugin-content", "plugin-header");
    /** Silverlight 4 asks for the policy of a server's sockets so too; the detail names the plugin. */
    private static final String POLICY_OVER_HTTP = "policy-over-http";

    private static final String SILVERLIGHT = "silverlight";

    private final TrustTable table;
    private final Owners owners;
    /** By who asked whom: the plugin that did. */
    private final ExpiringMap<Ends, String> policies;
    /** By who fetched from whom a plugin's program: its evidence. */
    private final ExpiringMap<Ends, String> pluginServers;
    /** By who did from anywhere. */
    private final ExpiringMap<Address, String> pluginClients;

    private final Redirects redirects;

    public Trust(TrustTable table, Owners owners, Limits limits) {
        this.table = table;
        this.owners = owners;
        policies = new ExpiringMap<>(limits.of(Bound.POLICY_MEMORY), limits.nanosOf(Bound.POLICY_SECONDS));
        redirects = new Redirects(limits);
        pluginServers = new ExpiringMap<>(limits.of(Bound.PLUGIN_MEMORY), limits.nanosOf(Bound.PLUGIN_SECONDS));
        pluginClients = new ExpiringMap<>(limits.of(Bound.PLUGIN_MEMORY), limits.nanosOf(Bound.PLUGIN_SECONDS));
    }

    /** Signals that are stated here, beside those of the protocols. */
    public static List<Signal> signals() {
        return SIGNALS;
    }

    /** Takes an event in, and stamps it with what is known of its flow by now. */
    public FlowTrust weigh(Event event) {
        FlowTrust trust = event.flow().memory() instanceof FlowTrust known ? known : begin(event);
        OwningProcess owner = trust.learnOwner();
        if (owner != null && owner.isClientOf(event.flow())) {
            own(event, trust, owner);
        }
        if (event.kind() == FlowEvents.EVIDENCE) {
            evidence(event, trust);
            return trust;
        }
        if (event.kind() == FlowEvents.MEASURED) {
            trust.entropy((Double) event.get(FlowEvents.ENTROPY));
            return trust;
        }
        if (event.kind() == FlowEvents.OPENING) {
            open(event);
            return trust;
        }
        if (event.flow().announcedOn() != null) {
            inherit(event, trust);
        }
        if (event.kind() == FlowEvents.FLOW) {
            phase(event, trust);
        }
        Field fingerprint = event.kind().fingerprint();
        if (fingerprint != null && event.text(fingerprint) != null) {
            identify(event, trust, event.text(fingerprint));
        }
        trust.stamp(event);
        return trust;
    }

    private FlowTrust begin(Event event) {
        Conversation flow = event.flow();
        FlowTrust trust = new FlowTrust(table);
        flow.memory(trust);
        trust.ask(owners.ownerOf(flow));
        if (Network.anyContains(table.trustedServers(), flow.server())) {
            trust.state(TRUSTED_SERVER.name(), event.ordinal(), flow.server().toString());
        }
        if (Network.anyContains(table.trustedClients(), flow.client())) {
            trust.state(TRUSTED_CLIENT.name(), event.ordinal(), flow.client().toString());
        }
        if (flow.protocol() != Packet.TCP) {
            return trust;
        }
        TrustTable.PortRange range = table.rangeOf(flow.serverPort());
        if (range != null) {
            trust.range(range);
            trust.state(range.signal().signal(), event.ordinal(), range.name() + ' ' + flow.serverPort());
            redirects.begin(flow.server(), event.timeNs());
        }
        recall(event, trust, range != null);
        return trust;
    }

    /** A browser's child is no desktop program, whatever it is. */
    private void own(Event event, FlowTrust trust, OwningProcess owner) {
        String signal = table.signalOf(owner.executable());
        for (String parent : owner.parents()) {
            String above = table.signalOf(parent);
            signal = PROCESS_BROWSER.name().equals(above) ? above : signal;
        }
        if (signal != null) {
            trust.state(signal, event.ordinal(), owner.lineage());
        }
    }

    private void identify(Event event, FlowTrust trust, String fingerprint) {
        TrustTable.Fingerprint known = table.fingerprint(fingerprint);
        if (known != null) {
            trust.state(known.signal().signal(), event.ordinal(), known.program());
        }
    }

    /** What the client did before that a plugin does before it connects, on a port of the plugins' or on another. */
    private void recall(Event event, FlowTrust trust, boolean pluginPort) {
        if (policies.isEmpty() && pluginClients.isEmpty()) {
            return;
        }
        Conversation flow = event.flow();
        Ends ends = flow.ends();
        String plugin = policies.get(ends, event.timeNs());
        if (plugin != null && pluginPort) {
            trust.policySeen();
            trust.state(POLICY_FETCHED.name(), event.ordinal(), plugin);
        } else if (plugin != null && !plugin.equals(SILVERLIGHT)) {
            trust.state(POLICY_FOR_ANY_PORT.name(), event.ordinal(), plugin);
        }
        // A Java program may connect to where it came from on any port.
        String here = pluginServers.get(ends, event.timeNs());
        String elsewhere = here == null && pluginPort ? pluginClients.get(flow.client(), event.timeNs()) : null;
        if (here != null) {
            trust.state(PLUGIN_FROM_SERVER.name(), event.ordinal(), here);
        } else if (elsewhere != null) {
            trust.state(PLUGIN_ON_CLIENT.name(), event.ordinal(), elsewhere);
        }
    }

    /** A data connection is its control channel's. */
    private static void inherit(Event event, FlowTrust trust) {
        if (!(event.flow().announcedOn().memory() instanceof FlowTrust control) || trust.isInherited()) {
            return;
        }
        switch (control.trustClass()) {
            case SANDBOXED -> trust.inherit(OF_SANDBOXED.name(), event.ordinal(), control.agent());
            case TRUSTED -> trust.inherit(OF_TRUSTED.name(), event.ordinal(), control.agent());
            default -> {}
        }
    }

    private void open(Event event) {
        Redirects.Legs legs = redirects.see(event, table.rangeOf(event.flow().serverPort()) != null);
        if (legs != null
                && legs.first().memory() instanceof FlowTrust first
                && legs.second().memory() instanceof FlowTrust second) {
            first.redirected(legs.second(), true);
            second.redirected(legs.first(), false);
            second.state(REDIRECTED.name(), event.ordinal(), legs.first().toString());
        }
    }

    private void phase(Event event, FlowTrust trust) {
        Conversation flow = event.flow();
        String speaker = event.text(FlowEvents.FIRST_SPEAKER);
        if (speaker != null && !flow.isMidstream() && flow.protocol() == Packet.TCP) {
            trust.state((speaker.equals("server") ? SERVER_FIRST : CLIENT_FIRST).name(), event.ordinal(), null);
        }
        if (POLICY_PROTOCOL.equals(event.text(Common.APP_PROTO))) {
            trust.policySeen();
        }
    }

    private void evidence(Event event, FlowTrust trust) {
        String signal = event.text(FlowEvents.SIGNAL);
        String detail = event.text(FlowEvents.DETAIL);
        trust.state(signal, event.ordinal(), detail);
        Ends ends = event.flow().ends();
        if (signal.equals(POLICY_REQUEST)) {
            policies.put(ends, detail, event.timeNs());
            trust.policySeen();
        } else if (signal.equals(POLICY_OVER_HTTP) && SILVERLIGHT.equals(detail)) {
            policies.put(ends, detail, event.timeNs());
        } else if (PLUGIN_SIGNS.contains(signal)) {
            pluginServers.put(ends, detail, event.timeNs());
            pluginClients.put(ends.client(), detail, event.timeNs());
        }
    }
}
