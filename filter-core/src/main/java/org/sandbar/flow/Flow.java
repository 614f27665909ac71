package org.sandbar.flow;

import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * One conversation while it lasts: its endpoints, who is the client, what was counted, how far TCP has come. Belongs to one
 * {@link FlowTable}, which pools it: valid until the table has ended it. What must live longer takes the {@link #conversation}.
 * The table's thread alone touches it. Times are nanoseconds since 1970.
 */
public class Flow {
    /** How far the conversation has come, as EVE names it. */
    public enum State {
        NEW,
        ESTABLISHED,
        CLOSED
    }

    private long highA;
    private long lowA;
    private long highB;
    private long lowB;
    private int portA;
    private int portB;
    private int ipVersion;
    private int protocol;
    private int vlans;
    private int icmpType;
    private int icmpCode;
    private long hash;
    private boolean clientIsA;
    private boolean fromA;
    private boolean midstream;
    private Conversation conversation;

    private long firstOrdinal;
    private long firstNs;
    long lastNs;
    private long packetsToServer;
    private long packetsToClient;
    private long bytesToServer;
    private long bytesToClient;
    private int tcpFlagsToServer;
    private int tcpFlagsToClient;
    private State state;

    Flow wheelBefore;
    Flow wheelAfter;
    int wheelSlot = -1;

    /** Takes the pooled object for the conversation that this packet begins. */
    protected void begin(Packet packet, long hash, int vlans) {
        this.hash = hash;
        this.vlans = vlans;
        ipVersion = packet.ipVersion;
        protocol = packet.protocol;
        highA = packet.sourceHigh;
        lowA = packet.sourceLow;
        portA = FlowTable.sourcePort(packet);
        highB = packet.destinationHigh;
        lowB = packet.destinationLow;
        portB = FlowTable.destinationPort(packet);
        clientIsA = Initiator.isSource(packet);
        fromA = true;
        icmpType = packet.sourcePort;
        icmpCode = packet.destinationPort;
        midstream = protocol == Packet.TCP && !packet.has(Packet.SYN);
        conversation = null;
        firstOrdinal = packet.ordinal;
        firstNs = packet.timeNs;
        lastNs = packet.timeNs;
        packetsToServer = 0;
        packetsToClient = 0;
        bytesToServer = 0;
        bytesToClient = 0;
        tcpFlagsToServer = 0;
        tcpFlagsToClient = 0;
        state = State.NEW;
    }

    /** Whether the packet is of this flow; remembers which of the two sides sent it, for {@link #count}. */
    boolean matches(Packet packet, int sourcePort, int destinationPort, int vlans) {
        if (packet.protocol != protocol || packet.ipVersion != ipVersion || vlans != this.vlans) {
            return false;
        }
        long sourceLow = packet.sourceLow;
        long destinationLow = packet.destinationLow;
        fromA = sourceLow == lowA
                && destinationLow == lowB
                && sourcePort == portA
                && destinationPort == portB
                && packet.sourceHigh == highA
                && packet.destinationHigh == highB;
        return fromA
                || sourceLow == lowB
                        && destinationLow == lowA
                        && sourcePort == portB
                        && destinationPort == portA
                        && packet.sourceHigh == highB
                        && packet.destinationHigh == highA;
    }

    /** Counts the packet that found or began this flow, and says which way it goes. */
    public Direction count(Packet packet) {
        Direction direction = fromA == clientIsA ? Direction.TO_SERVER : Direction.TO_CLIENT;
        if (packet.timeNs > lastNs) {
            lastNs = packet.timeNs;
        }
        if (direction == Direction.TO_SERVER) {
            packetsToServer++;
            bytesToServer += packet.wireLength;
            tcpFlagsToServer |= packet.tcpFlags;
        } else {
            packetsToClient++;
            bytesToClient += packet.wireLength;
            tcpFlagsToClient |= packet.tcpFlags;
        }
        return direction;
    }

    /** The content showed that the client is the other side. Only a flow joined in mid-stream can be mistaken so. */
    public void swapSides() {
        clientIsA = !clientIsA;
        conversation = new Conversation(this, conversation);
        long packets = packetsToServer;
        packetsToServer = packetsToClient;
        packetsToClient = packets;
        long bytes = bytesToServer;
        bytesToServer = bytesToClient;
        bytesToClient = bytes;
        int flags = tcpFlagsToServer;
        tcpFlagsToServer = tcpFlagsToClient;
        tcpFlagsToClient = flags;
    }

    public Conversation conversation() {
        if (conversation == null) {
            conversation = new Conversation(this, null);
        }
        return conversation;
    }

    public Address client() {
        return clientIsA ? new Address(ipVersion, highA, lowA) : new Address(ipVersion, highB, lowB);
    }

    public Address server() {
        return clientIsA ? new Address(ipVersion, highB, lowB) : new Address(ipVersion, highA, lowA);
    }

    public int clientPort() {
        return clientIsA ? portA : portB;
    }

    public int serverPort() {
        return clientIsA ? portB : portA;
    }

    /** Of an ICMP flow's first packet. */
    int icmpType() {
        return icmpType;
    }

    int icmpCode() {
        return icmpCode;
    }

    public int ipVersion() {
        return ipVersion;
    }

    public int protocol() {
        return protocol;
    }

    public int vlans() {
        return vlans;
    }

    long hash() {
        return hash;
    }

    /** Whether a TCP flow's first packet seen was not a SYN. */
    public boolean isMidstream() {
        return midstream;
    }

    public long firstOrdinal() {
        return firstOrdinal;
    }

    public long firstNs() {
        return firstNs;
    }

    public long lastNs() {
        return lastNs;
    }

    public long packets(Direction direction) {
        return direction == Direction.TO_SERVER ? packetsToServer : packetsToClient;
    }

    public long bytes(Direction direction) {
        return direction == Direction.TO_SERVER ? bytesToServer : bytesToClient;
    }

    /** All flags seen in a direction, or-ed. */
    public int tcpFlags(Direction direction) {
        return direction == Direction.TO_SERVER ? tcpFlagsToServer : tcpFlagsToClient;
    }

    public State state() {
        return state;
    }

    /** Moves on, never back; {@link FlowTable#closed} closes. */
    public void establish() {
        if (state == State.NEW) {
            state = State.ESTABLISHED;
        }
    }

    void close() {
        state = State.CLOSED;
    }
}
