package org.sandbar.flow;

import java.util.Map;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * Who talks to whom, as a value that outlives the {@link Flow} it was made from: events carry it. Equal by {@code flowId}, which is
 * made from the endpoints and the flow's first packet, and so is the same for every run over the same packets; it has 51 bits, so
 * that JavaScript keeps it whole. Immutable but for
 * what stage 2 remembers of it; any thread.
 */
public final class Conversation {
    private static final long FLOW_ID_MASK = (1L << 51) - 1;

    private static final Map<Integer, String> PROTOCOL_NAMES = Map.of(
            Packet.TCP,
            "TCP",
            Packet.UDP,
            "UDP",
            Packet.ICMP,
            "ICMP",
            Packet.ICMP_V6,
            "IPv6-ICMP",
            132,
            "SCTP",
            47,
            "GRE",
            50,
            "ESP");

    private final long flowId;
    private final long firstOrdinal;
    private final Address client;
    private final int clientPort;
    private final Address server;
    private final int serverPort;
    private final int protocol;
    private final int vlans;
    private final int icmpType;
    private final int icmpCode;
    private final boolean midstream;
    private String communityId;
    private final Conversation before;
    private Object memory;
    private Conversation announcedOn;

    /** Of a flow as it stands; {@code before} is the same conversation with its sides mistaken, or null. */
    Conversation(Flow flow, Conversation before) {
        this.before = before;
        client = flow.client();
        clientPort = flow.clientPort();
        server = flow.server();
        serverPort = flow.serverPort();
        protocol = flow.protocol();
        icmpType = flow.icmpType();
        icmpCode = flow.icmpCode();
        vlans = flow.vlans();
        firstOrdinal = flow.firstOrdinal();
        midstream = flow.isMidstream();
        flowId = Hash.mix(flow.hash() * 0x9e37_79b9_7f4a_7c15L + firstOrdinal) & FLOW_ID_MASK;
    }

    /** That of an event which was read back, without the packets that it was told of. */
    public Conversation(
            long flowId,
            Address client,
            int clientPort,
            Address server,
            int serverPort,
            int protocol,
            int icmpType,
            int icmpCode,
            boolean midstream) {
        this.flowId = flowId;
        this.client = client;
        this.clientPort = clientPort;
        this.server = server;
        this.serverPort = serverPort;
        this.protocol = protocol;
        this.icmpType = icmpType;
        this.icmpCode = icmpCode;
        this.midstream = midstream;
        firstOrdinal = 1;
        vlans = 0;
        before = null;
    }

    public long flowId() {
        return flowId;
    }

    /**
     * What stage 2 keeps of this conversation, or null: it lies here because looking it up costs more than using it. Its key is the
     * {@code flowId}, by which a run on several machines would keep it.
     */
    public Object memory() {
        return memory == null && before != null ? before.memory() : memory;
    }

    /** For stage 2 alone. */
    public void memory(Object memory) {
        this.memory = memory;
    }

    /** The conversation on which this one was announced, as a data connection is on its control channel, or null where none was. */
    public Conversation announcedOn() {
        return announcedOn;
    }

    /** For stage 2 alone. */
    public void announcedOn(Conversation control) {
        announcedOn = control;
    }

    /** Ordinal of the flow's first packet. */
    public long firstOrdinal() {
        return firstOrdinal;
    }

    public Address client() {
        return client;
    }

    public int clientPort() {
        return clientPort;
    }

    public Address server() {
        return server;
    }

    public int serverPort() {
        return serverPort;
    }

    /** The transport's protocol number. */
    public int protocol() {
        return protocol;
    }

    /** VLAN identifiers: the outer one in the low 12 bits plus one in bit 12 where there is one, the inner one 16 bits higher. */
    public int vlans() {
        return vlans;
    }

    /** Whether the flow was joined after its start, so that who is the client was inferred. */
    public boolean isMidstream() {
        return midstream;
    }

    /** Ports, as against ICMP's type and code or nothing. */
    public boolean hasPorts() {
        return protocol == Packet.TCP || protocol == Packet.UDP || protocol == 132;
    }

    public boolean isIcmp() {
        return protocol == Packet.ICMP || protocol == Packet.ICMP_V6;
    }

    /** Of an ICMP conversation's first packet. */
    public int icmpType() {
        return icmpType;
    }

    public int icmpCode() {
        return icmpCode;
    }

    /** Community ID version 1 with seed 0; computed at the first call. */
    public String communityId() {
        if (communityId == null) {
            communityId = isIcmp()
                    ? CommunityId.of(client, icmpType, server, icmpCode, protocol, 0)
                    : CommunityId.of(client, clientPort, server, serverPort, protocol, 0);
        }
        return communityId;
    }

    /** The protocol's name as EVE spells it. */
    public String protocolName() {
        String name = PROTOCOL_NAMES.get(protocol);
        return name == null ? Integer.toString(protocol) : name;
    }

    /** The protocol that EVE spells so, or -1. */
    public static int protocolOf(String name) {
        for (Map.Entry<Integer, String> known : PROTOCOL_NAMES.entrySet()) {
            if (known.getValue().equals(name)) {
                return known.getKey();
            }
        }
        return name.matches("[0-9]{1,3}") ? Integer.parseInt(name) : -1;
    }

    public Ends ends() {
        return new Ends(client, server);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Conversation that && flowId == that.flowId;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(flowId);
    }

    @Override
    public String toString() {
        return client + ":" + clientPort + " -> " + server + ":" + serverPort + " " + protocolName();
    }
}
