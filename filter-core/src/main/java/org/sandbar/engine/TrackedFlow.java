package org.sandbar.engine;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.alg.Inspection;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Protocol;
import org.sandbar.stream.StreamState;
import org.sandbar.wire.Packet;

/** A flow with all that stage 1 knows of it: how far its streams were read, and who reads them. Pooled by the flow table. */
final class TrackedFlow extends Flow {
    private StreamState toServer = new StreamState();
    private StreamState toClient = new StreamState();
    /** Reads the flow, once its protocol was recognised. */
    Analyzer analyzer;
    /** The protocol that was recognised, or null. */
    Protocol protocol;
    /** The analyzer hands the flow on, to the protocol of this name or to whoever knows it. */
    boolean handedOver;

    String heir;
    /** How many times it was handed on. */
    int handOvers;
    /** Bits of the protocols, by their place in the list, that said no. */
    int excluded;
    /** Nobody knows the protocol, and nobody will be asked any more. */
    boolean unknown;

    int probedSegments;
    /** The gateways that look into the flow. */
    Inspection[] inspections;

    Direction firstSpeaker;
    /** The first bytes were told. */
    boolean opened;

    boolean overlapDiffers;
    /** Its end was told: what still comes of it are late packets. */
    boolean concluded;
    /** Sequence number of the first packet. */
    int opening;
    /** Sequence number of another SYN that came although the flow stands: where it is answered, the ports are being used again. */
    int challenge;

    boolean challenged;
    /** It came through a hole that guard keeps open for a control channel. */
    boolean expected;

    private List<Signal> stated = List.of();

    /** Whether this is the first time that the signal is stated of the flow. */
    boolean state(Signal signal) {
        if (stated.contains(signal)) {
            return false;
        }
        if (stated.isEmpty()) {
            stated = new ArrayList<>(2);
        }
        return stated.add(signal);
    }

    StreamState stream(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    @Override
    protected void begin(Packet packet, long hash, int vlans) {
        super.begin(packet, hash, vlans);
        toServer.reset();
        toClient.reset();
        analyzer = null;
        protocol = null;
        handedOver = false;
        handOvers = 0;
        excluded = 0;
        unknown = false;
        probedSegments = 0;
        firstSpeaker = null;
        opened = false;
        overlapDiffers = false;
        challenged = false;
        concluded = false;
        expected = false;
        stated = List.of();
    }

    @Override
    public void swapSides() {
        super.swapSides();
        StreamState kept = toServer;
        toServer = toClient;
        toClient = kept;
        firstSpeaker = firstSpeaker == null ? null : firstSpeaker.reverse();
    }

    /** Both directions: nothing more is wanted. */
    void unwant() {
        toServer.unwant();
        toClient.unwant();
    }
}
