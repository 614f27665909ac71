package org.sandbar.protocol.http;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/**
 * What is told of HTTP: one event for a request with its final response. A request without a response has no status, a response
 * whose request was not seen has no method. A flag that is not true is not set. Immutable, any thread.
 */
public final class HttpEvents {
    public static final EventKind HTTP = new EventKind("http");

    public static final Field HOSTNAME = HTTP.eve(
            "http.hostname", Type.TEXT, "host of an absolute target, or else of the Host header, without port");
    public static final Field PORT =
            HTTP.eve("http.http_port", Type.NUMBER, Unit.PORT, "port that stands behind that host");
    public static final Field URL = HTTP.eve("http.url", Type.TEXT, "target of the request, as it was sent");
    public static final Field USER_AGENT = HTTP.eve("http.http_user_agent", Type.TEXT, "User-Agent of the request");
    public static final Field CONTENT_TYPE =
            HTTP.eve("http.http_content_type", Type.TEXT, "Content-Type of the response, without parameters");
    public static final Field REFERER = HTTP.eve("http.http_refer", Type.TEXT, "Referer of the request");
    public static final Field METHOD = HTTP.eve("http.http_method", Type.TEXT, "method of the request");
    public static final Field PROTOCOL =
            HTTP.eve("http.protocol", Type.TEXT, "version of the request, or else of the response; HTTP/0.9 has none");
    public static final Field STATUS = HTTP.eve("http.status", Type.NUMBER, Unit.CODE, "status of the final response");
    public static final Field STATUS_STRING =
            HTTP.eve("http.status_string", Type.TEXT, "what stands in the place of a status that is no number");
    public static final Field REDIRECT = HTTP.eve("http.redirect", Type.TEXT, "Location of a 3xx response");
    public static final Field LENGTH = HTTP.eve(
            "http.length", Type.NUMBER, Unit.BYTES, "body length that the response announced by Content-Length");

    public static final Field HOST_COUNT =
            HTTP.own("http.host_count", Type.NUMBER, Unit.COUNT, "Host lines of the request");
    public static final Field HOST_MISSING =
            HTTP.own("http.host_missing", Type.FLAG, "an HTTP/1.1 request without a Host line");
    public static final Field HOST_REPEATED =
            HTTP.own("http.host_repeated", Type.FLAG, "more than one Host line, or several names in one");
    public static final Field HOST_ADDRESS = HTTP.own(
            "http.host_address", Type.ADDRESS, "the address, where Host (or else the target's authority) is a literal");
    public static final Field HOST_PRIVATE =
            HTTP.own("http.host_private", Type.FLAG, "that address is private, loopback, link-local or unspecified");
    public static final Field HOST_MISMATCH = HTTP.own(
            "http.host_mismatch",
            Type.FLAG,
            "that address, or every one that DNS gave the client for the name, is not where the connection goes");
    public static final Field HOST_ADDRESSES = HTTP.own(
            "http.host_addresses",
            Type.ADDRESSES,
            "the addresses that DNS gave the client for the name, where they are not, or were not, where it goes");
    public static final Field HOST_REBOUND = HTTP.own(
            "http.host_rebound",
            Type.FLAG,
            "DNS gave the client a public address for the name, and then the private one that the request goes to");
    public static final Field HOST_SINGLE_LABEL = HTTP.own(
            "http.host_single_label", Type.FLAG, "the name has no dot, so that it means a host of the inside network");
    public static final Field DESTINATION_PUBLIC =
            HTTP.own("http.destination_public", Type.FLAG, "the address that the connection goes to is public");
    public static final Field ABSOLUTE_FORM =
            HTTP.own("http.absolute_form", Type.FLAG, "the target is a whole URL (RFC 9112 section 3.2.2)");
    public static final Field EXPLICIT_PROXY = HTTP.own(
            "http.explicit_proxy",
            Type.FLAG,
            "an absolute target, CONNECT, or within a CONNECT: the client means a proxy");
    public static final Field AUTHORITY_MISMATCH =
            HTTP.own("http.authority_mismatch", Type.FLAG, "the target's authority names another host than Host does");
    public static final Field HEADER_COUNT = HTTP.own(
            "http.header_count", Type.NUMBER, Unit.COUNT, "header lines of the request, folded ones counted as one");
    public static final Field FOLDED_LINES = HTTP.own(
            "http.folded_lines", Type.NUMBER, Unit.COUNT, "lines of the request that continue a header (obs-fold)");
    public static final Field REQUEST_LENGTH = HTTP.own(
            "http.request_length", Type.NUMBER, Unit.BYTES, "body length that the request announced by Content-Length");
    public static final Field LENGTH_AMBIGUOUS = HTTP.own(
            "http.length_ambiguous",
            Type.FLAG,
            "the request's length can be read in two ways: Content-Length invalid, contradicted, or beside Transfer-Encoding");
    public static final Field RESPONSE_LENGTH_AMBIGUOUS =
            HTTP.own("http.response_length_ambiguous", Type.FLAG, "the same of the response");
    public static final Field UPGRADE =
            HTTP.own("http.upgrade", Type.TEXT, "protocol that the client asks for, or that a 101 response grants");
    public static final Field WEBSOCKET_ACCEPT_WRONG = HTTP.own(
            "http.websocket_accept_wrong",
            Type.FLAG,
            "the server's Sec-WebSocket-Accept does not answer the client's key: it did not understand the handshake");
    public static final Field INTERIM_STATUS =
            HTTP.own("http.interim_status", Type.TEXTS, "statuses of the 1xx responses before the final one");
    public static final Field INCOMPLETE = HTTP.own(
            "http.incomplete", Type.FLAG, "the head of the request or of the response broke off behind its first line");
    public static final Field ORIGIN = HTTP.own("http.origin", Type.TEXT, "Origin of the request");
    public static final Field PLUGIN_AGENT =
            HTTP.own("http.plugin_agent", Type.TEXT, "plugin that made the request: flash, silverlight or java");
    public static final Field LENGTH_READINGS = HTTP.own(
            "http.length_readings",
            Type.ROWS,
            "what readers of different habits take the request's body for, where they do not agree");
    public static final Field FAULTS = HTTP.own(
            "http.faults", Type.TEXTS, "what in the request departs from RFC 9112, or is known to be read in two ways");
    public static final Field RESPONSE_FAULTS =
            HTTP.own("http.response_faults", Type.TEXTS, "the same of the head of the response");
    public static final Field HOST_PORT_DIFFERS =
            HTTP.own("http.host_port_differs", Type.FLAG, "the port in Host, or 80, is not the port of the connection");
    public static final Field FORBIDDEN_HEADERS = HTTP.own(
            "http.forbidden_headers",
            Type.TEXTS,
            "headers of the request that sandboxed content may not set and browsers do not send of their own accord");
    public static final Field FORBIDDEN_BY =
            HTTP.own("http.forbidden_by", Type.TEXTS, "whose list forbids them: fetch, flash, silverlight");
    public static final Field FORBIDDEN_METHOD = HTTP.own(
            "http.forbidden_method", Type.FLAG, "the method is TRACE or TRACK, which no sandbox lets its content use");
    public static final Field BROWSER_FAULTS = HTTP.own(
            "http.browser_faults",
            Type.TEXTS,
            "where the headers with which a browser says who made a request contradict each other");
    public static final Field EVIDENCE =
            HTTP.own("http.evidence", Type.TEXTS, "the header lines that these facts are about, as they came");
    public static final Field ALG_HELPER = HTTP.own(
            "http.alg_helper",
            Type.TEXT,
            "the firewall's helper that would act on text in this flow: ftp, sip, irc, h323, pptp or sane");
    public static final Field ALG_TOKEN = HTTP.own("http.alg_token", Type.TEXT, "that text, up to the end of its line");
    public static final Field ALG_PLACE = HTTP.own(
            "http.alg_place",
            Type.TEXT,
            "where it stands: at the start of a segment, of a line, or where a message should begin behind another");
    public static final Field ALG_SENDER = HTTP.own("http.alg_sender", Type.TEXT, "client or server");
    public static final Field POLICY = HTTP.own(
            "http.policy",
            Type.TEXT,
            "plugin whose policy file the target names: flash (crossdomain.xml) or silverlight");
    public static final Field HELPER_PORT = HTTP.own(
            "http.helper_port", Type.FLAG, "browsers refuse the server's port, or a firewall's helper listens there");
    public static final Field HELPER = HTTP.own("http.helper", Type.TEXT, "the firewall's helper of that port");

    private HttpEvents() {}
}
