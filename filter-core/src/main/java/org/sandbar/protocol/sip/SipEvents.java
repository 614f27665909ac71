package org.sandbar.protocol.sip;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/**
 * What is told of SIP: one event for a request with its final response, repeated ones counted. A request without a response has no code; a
 * response whose request was not seen has no method of its own, and the one of its CSeq under {@code sandbar}. Immutable, any thread.
 */
public final class SipEvents {
    public static final EventKind SIP = new EventKind("sip");

    public static final Field METHOD = SIP.eve("sip.method", Type.TEXT, "method of the request");
    public static final Field URI = SIP.eve("sip.uri", Type.TEXT, "whom or what the request is for, as it was sent");
    public static final Field VERSION = SIP.eve("sip.version", Type.TEXT, "version of the request");
    public static final Field REQUEST_LINE = SIP.eve("sip.request_line", Type.TEXT, "first line of the request");
    public static final Field CODE = SIP.eve("sip.code", Type.TEXT, "code of the final response");
    public static final Field REASON = SIP.eve("sip.reason", Type.TEXT, "its words");
    public static final Field RESPONSE_LINE = SIP.eve("sip.response_line", Type.TEXT, "first line of that response");

    public static final Field REQUESTER =
            SIP.own("sip.requester", Type.TEXT, "who asked, client or server: a phone is called by its registrar");
    public static final Field CALL_ID = SIP.own("sip.call_id", Type.TEXT, "Call-ID");
    public static final Field SEQUENCE = SIP.own("sip.cseq", Type.NUMBER, Unit.CODE, "number of CSeq");
    public static final Field SEQUENCE_METHOD = SIP.own("sip.cseq_method", Type.TEXT, "method of CSeq");
    public static final Field FROM = SIP.own("sip.from", Type.TEXT, "From, as it was sent");
    public static final Field TO = SIP.own("sip.to", Type.TEXT, "To of the request");
    public static final Field USER_AGENT = SIP.own("sip.user_agent", Type.TEXT, "User-Agent of the request");
    public static final Field SERVER = SIP.own("sip.server", Type.TEXT, "Server of the response, or its User-Agent");
    public static final Field ATTEMPTS =
            SIP.own("sip.attempts", Type.NUMBER, Unit.COUNT, "how often the request was sent");
    public static final Field PROVISIONAL =
            SIP.own("sip.provisional", Type.TEXTS, "codes of the responses before the final one");
    public static final Field ACCEPTED =
            SIP.own("sip.accepted", Type.FLAG, "whether the final response is a success; absent where there is none");
    public static final Field CONTACT_HOST =
            SIP.own("sip.contact.host", Type.TEXT, "host of the request's first Contact, a name or an address");
    public static final Field CONTACT_IP =
            SIP.own("sip.contact.ip", Type.ADDRESS, "the address, where that host is one");
    public static final Field CONTACT_PORT =
            SIP.own("sip.contact.port", Type.NUMBER, Unit.PORT, "its port, 5060 where it has none");
    public static final Field CONTACT_TRANSPORT =
            SIP.own("sip.contact.transport", Type.TEXT, "its transport, the flow's where it names none");
    public static final Field EXPIRES = SIP.own(
            "sip.expires",
            Type.NUMBER,
            Unit.SECONDS,
            "seconds that a REGISTER asks for, as granted where the response says so");
    public static final Field REGISTERED = SIP.own(
            "sip.registered",
            Type.FLAG,
            "a REGISTER was accepted and is not to expire at once: the Contact will be called");
    public static final Field ENDPOINTS = SIP.own(
            "sip.endpoints", Type.ROWS, "what session descriptions announce: sender, media, ip, port, rtcp_port");
    public static final Field ENDPOINT_IP = SIP.own(
            "sip.endpoint.ip", Type.ADDRESS, "the first address announced, of a REGISTER's Contact or of a medium");
    public static final Field ENDPOINT_PORT =
            SIP.own("sip.endpoint.port", Type.NUMBER, Unit.PORT, "the port of that address");
    public static final Field THIRD_PARTY =
            SIP.own("sip.third_party", Type.FLAG, "an address is announced that is not that of who announces it");
    public static final Field FAULTS = SIP.own(
            "sip.faults",
            Type.TEXTS,
            "what is wrong: length-missing, length-malformed, body-cut, message-too-long, framing-lost");

    static {
        SIP.announces(ENDPOINT_PORT);
    }

    private SipEvents() {}
}
