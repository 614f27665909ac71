package org.sandbar.protocol.stun;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.protocol.Output;

/**
 * Joins requests to their responses, and tells each kind of transaction with each outcome once, and once for each peer of TURN: a flow of
 * media checks its path all the time, and repeats itself. What was told before costs no allocation. One analyzer's thread.
 */
final class Transactions {
    /** What is told once. The code is the error's, or one of those below. */
    private record Told(int method, boolean byClient, int code, Peer peer) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Told that
                    && method == that.method
                    && byClient == that.byClient
                    && code == that.code
                    && Objects.equals(peer, that.peer);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * method + code) + Objects.hashCode(peer);
        }
    }

    private static final int SUCCESS = 0;
    private static final int UNANSWERED = -1;
    private static final int INDICATED = -2;
    private static final List<Peer> NO_PEERS = List.of();
    private static final int METHODS_AS_BITS = 32;

    private final Output output;
    private final int mostPending;
    private final int mostTold;
    private final int mostUsernameBytes;
    private final List<Request> pending = new ArrayList<>(2);
    private final Set<Told> told = new HashSet<>();
    /** Bits of methods, by who asks: they have succeeded, and without a peer who is new they are of no more interest. */
    private long settled;

    private int faults;
    private long untold;

    Transactions(Output output) {
        this.output = output;
        Limits limits = output.limits();
        mostPending = limits.of(Bound.STUN_PENDING);
        mostTold = limits.of(Bound.STUN_OUTCOMES);
        mostUsernameBytes = limits.of(Bound.EVENT_TEXT_BYTES);
    }

    /** The faults that were seen so far, for the events to come. */
    void faults(int faults) {
        this.faults = faults;
    }

    long untold() {
        return untold;
    }

    private static long bit(int method, boolean byClient) {
        return method >= METHODS_AS_BITS ? 0 : 1L << (2 * method + (byClient ? 1 : 0));
    }

    void onRequest(StunMessage message, boolean byClient) {
        if ((settled & bit(message.method(), byClient)) != 0 && message.peerCount() == 0) {
            return;
        }
        List<Peer> peers = newPeers(message, byClient, SUCCESS);
        if (message.peerCount() > 0 && peers.isEmpty()) {
            return;
        }
        for (int i = 0; i < pending.size(); i++) {
            if (pending.get(i).isLike(message, byClient, peers)) {
                pending.get(i).repeat(message);
                return;
            }
        }
        if (pending.size() == mostPending) {
            tellUnanswered(pending.remove(0));
        }
        pending.add(new Request(message, byClient, peers, mostUsernameBytes));
    }

    /** The message's peers of whom such an outcome was not told. */
    private List<Peer> newPeers(StunMessage message, boolean byClient, int code) {
        if (message.peerCount() == 0) {
            return NO_PEERS;
        }
        List<Peer> peers = new ArrayList<>(message.peerCount());
        for (int i = 0; i < message.peerCount(); i++) {
            Peer peer = message.peer(i);
            if (!told.contains(new Told(message.method(), byClient, code, peer)) && !peers.contains(peer)) {
                peers.add(peer);
            }
        }
        return peers;
    }

    /** Whether something was told. */
    boolean onResponse(StunMessage response, boolean toClient) {
        int code = response.kind() == StunMessage.SUCCESS ? SUCCESS : response.errorCode();
        Request request = take(response, toClient);
        if (request == null && (settled & bit(response.method(), toClient)) != 0 && code == SUCCESS) {
            return false;
        }
        List<Peer> peers = request == null ? NO_PEERS : request.peers;
        if (code == SUCCESS) {
            settled |= bit(response.method(), toClient);
        }
        boolean any = false;
        for (int i = 0; i < Math.max(1, peers.size()); i++) {
            Peer peer = peers.isEmpty() ? null : peers.get(i);
            if (isNew(response.method(), toClient, code, peer)) {
                Event event = event(response.method(), toClient, code == SUCCESS ? "success" : "error", request, peer);
                Request.describeResponse(event, response);
                output.tell(event);
                any = true;
            }
        }
        return any;
    }

    /** The request that is answered, which no longer waits. One that was repeated may be answered by what its first sending brought. */
    private Request take(StunMessage response, boolean byClient) {
        int found = -1;
        for (int i = 0; i < pending.size(); i++) {
            Request request = pending.get(i);
            if (request.isAnsweredBy(response)) {
                return pending.remove(i);
            }
            if (found < 0 && request.method == response.method() && request.byClient == byClient) {
                found = i;
            }
        }
        return found < 0 ? null : pending.remove(found);
    }

    private boolean isNew(int method, boolean byClient, int code, Peer peer) {
        Told outcome = new Told(method, byClient, code, peer);
        if (told.contains(outcome)) {
            return false;
        }
        if (told.size() == mostTold) {
            untold++;
            return false;
        }
        return told.add(outcome);
    }

    /** An indication that names peers whom nothing else names: somebody connects to the relay (RFC 6062 section 4.4). */
    boolean onIndication(StunMessage message, boolean byClient) {
        if (message.method() != Method.CONNECTION_ATTEMPT) {
            return false;
        }
        boolean any = false;
        for (Peer peer : newPeers(message, byClient, INDICATED)) {
            if (isNew(message.method(), byClient, INDICATED, peer)) {
                Request said = new Request(message, byClient, NO_PEERS, mostUsernameBytes);
                output.tell(event(message.method(), byClient, "indication", said, peer));
                any = true;
            }
        }
        return any;
    }

    private void tellUnanswered(Request request) {
        for (int i = 0; i < Math.max(1, request.peers.size()); i++) {
            Peer peer = request.peers.isEmpty() ? null : request.peers.get(i);
            if (isNew(request.method, request.byClient, UNANSWERED, peer)) {
                output.tell(event(request.method, request.byClient, "unanswered", request, peer));
            }
        }
    }

    /** No answers will come any more. */
    void end() {
        pending.forEach(this::tellUnanswered);
        pending.clear();
    }

    /** Tells a message for its faults alone. */
    void tellFault(StunMessage message, boolean toServer) {
        boolean isResponse = message.kind() >= StunMessage.SUCCESS;
        boolean byClient = toServer != isResponse;
        Peer peer = message.peerCount() == 0 ? null : message.peer(0);
        Request said = isResponse ? null : new Request(message, byClient, NO_PEERS, mostUsernameBytes);
        String kind =
                switch (message.kind()) {
                    case StunMessage.REQUEST -> "request";
                    case StunMessage.INDICATION -> "indication";
                    case StunMessage.SUCCESS -> "success";
                    default -> "error";
                };
        Event event = event(message.method(), byClient, kind, said, peer).set(StunEvents.ATTEMPTS, null);
        if (isResponse) {
            Request.describeResponse(event, message);
        }
        output.tell(event);
    }

    private Event event(int method, boolean byClient, String outcome, Request request, Peer peer) {
        Event event = output.event(StunEvents.STUN)
                .set(StunEvents.METHOD, Method.name(method))
                .set(StunEvents.OUTCOME, outcome)
                .set(StunEvents.REQUESTER, byClient ? "client" : "server")
                .set(StunEvents.FAULTS, Fault.texts(faults))
                .set(StunEvents.FINISHED, false);
        if (request != null) {
            request.describe(event);
        }
        if (peer != null) {
            event.set(StunEvents.PEER_IP, peer.address())
                    .set(StunEvents.PEER_PORT, peer.port())
                    .set(StunEvents.PEER_PRIVATE, peer.isPrivate());
        }
        return event;
    }
}
