package org.sandbar.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * A value of Contact (RFC 3261 sections 19.1 and 20.10): the host and port of its URI.
 *
 * @param address null where the host is a name
 * @param transport protocol number; of another than UDP and TCP, 0
 * @param expires -1 where it says nothing
 */
record Contact(String host, Address address, int port, int transport, int expires) {
    private static final int DEFAULT_PORT = 5_060;
    private static final int DEFAULT_TLS_PORT = 5_061;

    /** All values of a header that have a SIP URI. */
    static List<Contact> all(String values, int flowTransport) {
        List<Contact> contacts = new ArrayList<>(1);
        boolean quoted = false;
        boolean bracketed = false;
        int from = 0;
        for (int at = 0; at <= values.length(); at++) {
            char letter = at < values.length() ? values.charAt(at) : ',';
            quoted ^= letter == '"';
            bracketed = !quoted && (bracketed ? letter != '>' : letter == '<');
            if (at == values.length() || letter == ',' && !quoted && !bracketed) {
                Contact contact = of(values.substring(from, at), flowTransport);
                if (contact != null) {
                    contacts.add(contact);
                }
                from = at + 1;
            }
        }
        return contacts;
    }

    private static Contact of(String value, int flowTransport) {
        String lower = value.toLowerCase(Locale.ROOT);
        int bracket = value.indexOf('<', Math.max(0, value.lastIndexOf('"')));
        boolean bracketed = bracket >= 0;
        int scheme = lower.indexOf("sip", bracket + 1);
        boolean secure = lower.startsWith("sips:", Math.max(scheme, 0));
        if (scheme < 0 || !secure && !lower.startsWith("sip:", scheme)) {
            return null;
        }
        int uri = scheme + (secure ? 5 : 4);
        int end = end(value, uri, bracketed);
        int at = value.substring(0, end).indexOf('@', uri);
        int host = at + 1 > uri ? at + 1 : uri;
        int hostEnd = endOfHost(value, host, end);
        int portEnd = hostEnd;
        int port = secure ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        if (hostEnd < end && value.charAt(hostEnd) == ':') {
            portEnd = hostEnd + 1;
            while (portEnd < end && Character.isDigit(value.charAt(portEnd))) {
                portEnd++;
            }
            port = SipMessage.number(value.substring(hostEnd + 1, portEnd), 65_535);
        }
        String name = value.substring(host, hostEnd);
        boolean isLiteral = name.startsWith("[") && name.endsWith("]");
        Address address = Address.parse(isLiteral ? name.substring(1, name.length() - 1) : name);
        int transport = transport(parameter(lower, portEnd, end, "transport"), flowTransport);
        int expires = SipMessage.number(
                parameter(lower, bracketed ? end : portEnd, value.length(), "expires"), Integer.MAX_VALUE);
        return new Contact(name, address, port, transport, expires);
    }

    private static int end(String text, int from, boolean bracketed) {
        for (int at = from; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (bracketed ? letter == '>' : letter == ' ' || letter == '\t') {
                return at;
            }
        }
        return text.length();
    }

    private static int endOfHost(String text, int from, int to) {
        int at = from;
        boolean literal = at < to && text.charAt(at) == '[';
        while (at < to && (literal ? text.charAt(at) != ']' : ":;?>,".indexOf(text.charAt(at)) < 0)) {
            at++;
        }
        return literal && at < to ? at + 1 : at;
    }

    /** The value of a parameter between these places, or null. */
    private static String parameter(String lower, int from, int to, String name) {
        for (int at = from; at < to; at++) {
            if (lower.charAt(at) != ';') {
                continue;
            }
            int value = at + 1;
            while (value < to && lower.charAt(value) == ' ') {
                value++;
            }
            if (lower.startsWith(name + "=", value)) {
                value += name.length() + 1;
                int end = value;
                while (end < to && ";,> ?".indexOf(lower.charAt(end)) < 0) {
                    end++;
                }
                return lower.substring(value, end);
            }
        }
        return null;
    }

    private static int transport(String name, int flowTransport) {
        if (name == null) {
            return flowTransport;
        }
        return name.equals("udp") ? Packet.UDP : name.equals("tcp") || name.equals("tls") ? Packet.TCP : 0;
    }

    /** As EVE's users write it; null for another than these. */
    String transportName() {
        return transport == Packet.UDP ? "udp" : transport == Packet.TCP ? "tcp" : null;
    }

    boolean isSame(Contact other) {
        return port == other.port && host.equalsIgnoreCase(other.host);
    }

    /** Null where it is no address with a port. */
    Endpoint endpoint() {
        boolean reachable = address != null && port > 0 && transport != 0;
        return reachable ? new Endpoint(null, transport, address, port, 0) : null;
    }
}
