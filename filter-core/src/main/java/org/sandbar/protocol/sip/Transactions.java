package org.sandbar.protocol.sip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.protocol.Announcements;
import org.sandbar.protocol.Output;
import org.sandbar.wire.Address;

/**
 * Joins requests to their responses (RFC 3261 section 17) by Call-ID and CSeq, tells each pair once, and says what they announce: when
 * the message is whole, and again when the other side has answered. What is sent again is counted, or passed over once answered. One
 * analyzer's thread.
 */
final class Transactions {
    /** Answered ones by which late repetitions, and the ACK, are known. */
    private static final int MOST_ANSWERED = 16;

    private final Output output;
    private final int mostPending;
    private final List<Transaction> pending = new ArrayList<>(1);
    private final Deque<Transaction> answered = new ArrayDeque<>(1);

    Transactions(Output output) {
        this.output = output;
        mostPending = output.limits().of(Bound.SIP_PENDING);
    }

    void onMessage(SipMessage message, boolean byClient) {
        if (!message.isRequest()) {
            onResponse(message, !byClient);
        } else if (message.method.equalsIgnoreCase("ACK")) {
            onAck(message, byClient);
        } else {
            onRequest(message, byClient);
        }
    }

    private void onRequest(SipMessage request, boolean byClient) {
        Transaction known = find(pending, request, byClient);
        if (known != null) {
            known.attempts++;
            return;
        }
        if (find(answered, request, byClient) != null) {
            return;
        }
        if (pending.size() == mostPending) {
            tell(pending.remove(0));
        }
        Transaction transaction =
                new Transaction(request, byClient, output.flow().protocol());
        pending.add(transaction);
        announce(transaction.offered, null);
    }

    private void onResponse(SipMessage response, boolean toClient) {
        Transaction transaction = find(pending, response, toClient);
        if (transaction == null) {
            if (!response.isProvisional() && find(answered, response, toClient) == null) {
                Transaction unasked =
                        new Transaction(null, toClient, output.flow().protocol());
                unasked.answer(response);
                tell(unasked);
                remember(unasked);
            }
        } else if (response.isProvisional()) {
            announce(transaction.progress(response), null);
        } else {
            pending.remove(transaction);
            transaction.answer(response);
            announce(transaction.offered, transaction.isTaken());
            // An answer to an offer is agreed with it; an offer in a response is answered by the ACK.
            announce(
                    transaction.returned,
                    transaction.isTaken() && transaction.request.isDescribed ? Boolean.TRUE : null);
            tell(transaction);
            remember(transaction);
        }
    }

    /** It ends a call's offer and answer; there is no response to it. */
    private void onAck(SipMessage ack, boolean byClient) {
        for (Transaction transaction : answered) {
            SipMessage request = transaction.request;
            boolean is = request != null
                    && transaction.byClient == byClient
                    && request.sequence == ack.sequence
                    && request.callId.equals(ack.callId)
                    && transaction.isTaken();
            if (is && !transaction.acknowledged) {
                transaction.acknowledged = true;
                boolean offeredNothing = !request.isDescribed;
                announce(offeredNothing ? transaction.returned : List.of(), true);
                announce(ack.media, offeredNothing ? Boolean.TRUE : null);
            }
        }
    }

    private static Transaction find(Iterable<Transaction> among, SipMessage message, boolean byClient) {
        for (Transaction transaction : among) {
            if (transaction.byClient == byClient && message.isOf(transaction.known())) {
                return transaction;
            }
        }
        return null;
    }

    private void remember(Transaction transaction) {
        answered.addFirst(transaction);
        if (answered.size() > MOST_ANSWERED) {
            answered.removeLast();
        }
    }

    private void announce(List<Endpoint> endpoints, Boolean accepted) {
        for (Endpoint endpoint : endpoints) {
            announce(endpoint, endpoint.port(), accepted);
            if (endpoint.rtcpPort() != 0) {
                announce(endpoint, endpoint.rtcpPort(), accepted);
            }
        }
    }

    private void announce(Endpoint endpoint, int port, Boolean accepted) {
        output.tell(output.event(Announcements.ANNOUNCED)
                .set(Announcements.TRANSPORT, endpoint.transport())
                .set(Announcements.IP, endpoint.address())
                .set(Announcements.PORT, port)
                .set(Announcements.ACCEPTED, accepted));
    }

    private void tell(Transaction transaction) {
        Address client = output.flow().client();
        Address server = output.flow().server();
        Event event = output.event(SipEvents.SIP);
        transaction.describe(event, transaction.byClient ? client : server, transaction.byClient ? server : client);
        output.tell(event);
    }

    /** A fault that ends what can be read of a direction. */
    void fault(Fault fault) {
        output.tell(output.event(SipEvents.SIP).set(SipEvents.FAULTS, Fault.texts(fault.bit())));
    }

    void end() {
        pending.forEach(this::tell);
        pending.clear();
    }
}
