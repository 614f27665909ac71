package org.sandbar.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sandbar.event.Event;
import org.sandbar.wire.Address;

/** A request with what became of it. One analyzer's thread. */
final class Transaction {
    private static final int MOST_PROVISIONAL = 8;

    /** Null where only the response was seen. */
    final SipMessage request;

    final boolean byClient;
    private final int flowTransport;
    private final Contact contact;
    /** What the request announces, and what the responses do. */
    final List<Endpoint> offered;

    List<Endpoint> returned = List.of();
    int attempts = 1;
    boolean acknowledged;
    private SipMessage response;
    private final List<String> provisional = new ArrayList<>(1);
    private int expires = -1;

    Transaction(SipMessage request, boolean byClient, int flowTransport) {
        this.request = request;
        this.byClient = byClient;
        this.flowTransport = flowTransport;
        List<Contact> contacts =
                request == null || request.contacts == null ? List.of() : Contact.all(request.contacts, flowTransport);
        contact = contacts.isEmpty() ? null : contacts.get(0);
        offered = request == null ? List.of() : isRegister() ? registering(contacts) : request.media;
    }

    private boolean isRegister() {
        return request != null && request.method.equalsIgnoreCase("REGISTER");
    }

    /** The endpoints of the Contacts that are not to be released. */
    private List<Endpoint> registering(List<Contact> contacts) {
        List<Endpoint> endpoints = new ArrayList<>(1);
        for (Contact each : contacts) {
            int seconds = each.expires() >= 0 ? each.expires() : request.expires;
            expires = each == contact ? seconds : expires;
            if (seconds != 0 && each.endpoint() != null) {
                endpoints.add(each.endpoint());
            }
        }
        return endpoints;
    }

    /** The message by which another is known to be of this transaction. */
    SipMessage known() {
        return request != null ? request : response;
    }

    /** A response before the final one; returns what it announces for the first time. */
    List<Endpoint> progress(SipMessage message) {
        String code = Integer.toString(message.code);
        if (provisional.size() < MOST_PROVISIONAL && !provisional.contains(code)) {
            provisional.add(code);
        }
        if (message.media.isEmpty() || message.media.equals(returned)) {
            return List.of();
        }
        returned = message.media;
        return returned;
    }

    void answer(SipMessage message) {
        response = message;
        returned = message.media.isEmpty() ? returned : message.media;
        if (isRegister() && message.isSuccess() && contact != null && expires != 0) {
            expires = granted(message);
        }
    }

    private int granted(SipMessage message) {
        if (message.contacts != null) {
            for (Contact bound : Contact.all(message.contacts, flowTransport)) {
                if (bound.isSame(contact) && bound.expires() >= 0) {
                    return bound.expires();
                }
            }
        }
        return message.expires >= 0 ? message.expires : expires;
    }

    /** Whether the other side agreed to what the request announces. */
    boolean isTaken() {
        return response != null && response.isSuccess() && !(isRegister() && expires == 0);
    }

    void describe(Event event, Address requester, Address responder) {
        event.set(SipEvents.REQUESTER, byClient ? "client" : "server");
        event.set(SipEvents.CALL_ID, known().callId.isEmpty() ? null : known().callId);
        event.set(SipEvents.SEQUENCE, known().sequence < 0 ? null : (Object) (long) known().sequence);
        event.set(SipEvents.SEQUENCE_METHOD, known().sequenceMethod.isEmpty() ? null : known().sequenceMethod);
        event.set(SipEvents.FROM, known().from).set(SipEvents.TO, known().to);
        event.set(SipEvents.PROVISIONAL, provisional.isEmpty() ? null : List.copyOf(provisional));
        int faults = 0;
        if (request != null) {
            describeRequest(event);
            faults |= request.faults;
        }
        if (response != null) {
            event.set(SipEvents.CODE, Integer.toString(response.code))
                    .set(SipEvents.REASON, response.reason)
                    .set(SipEvents.RESPONSE_LINE, response.line)
                    .set(SipEvents.SERVER, response.server != null ? response.server : response.userAgent)
                    .set(SipEvents.ACCEPTED, response.isSuccess());
            faults |= response.faults;
        }
        event.set(SipEvents.FAULTS, Fault.texts(faults));
        describeEndpoints(event, requester, responder);
    }

    private void describeRequest(Event event) {
        event.set(SipEvents.METHOD, request.method)
                .set(SipEvents.URI, request.uri)
                .set(SipEvents.VERSION, "SIP/2.0")
                .set(SipEvents.REQUEST_LINE, request.line)
                .set(SipEvents.USER_AGENT, request.userAgent)
                .set(SipEvents.ATTEMPTS, attempts);
        if (contact != null) {
            event.set(SipEvents.CONTACT_HOST, contact.host())
                    .set(SipEvents.CONTACT_IP, contact.address())
                    .set(SipEvents.CONTACT_PORT, contact.port() < 0 ? null : (Object) (long) contact.port())
                    .set(SipEvents.CONTACT_TRANSPORT, contact.transportName());
        }
        if (isRegister()) {
            event.set(SipEvents.EXPIRES, expires < 0 ? null : (Object) (long) expires);
            event.set(SipEvents.REGISTERED, contact != null && isTaken());
        }
    }

    private void describeEndpoints(Event event, Address requester, Address responder) {
        List<Map<String, Object>> rows = new ArrayList<>();
        boolean thirdParty = false;
        Endpoint first = null;
        for (int i = 0; i < offered.size() + returned.size(); i++) {
            boolean byRequester = i < offered.size();
            Endpoint endpoint = byRequester ? offered.get(i) : returned.get(i - offered.size());
            thirdParty |= !endpoint.address().equals(byRequester ? requester : responder);
            first = first == null ? endpoint : first;
            if (endpoint.media() != null) {
                rows.add(endpoint.row(byRequester == byClient ? "client" : "server"));
            }
        }
        if (first != null) {
            event.set(SipEvents.ENDPOINTS, rows.isEmpty() ? null : rows)
                    .set(SipEvents.ENDPOINT_IP, first.address())
                    .set(SipEvents.ENDPOINT_PORT, first.port())
                    .set(SipEvents.THIRD_PARTY, thirdParty);
        }
    }
}
