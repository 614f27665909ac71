package org.sandbar.protocol.http;

import org.sandbar.bytes.Ascii;
import org.sandbar.wire.Address;

/**
 * A host with perhaps a port, as it stands in a Host header or a target (RFC 9110 section 7.2): the host as written, the port or
 * -1, the address if the host is a literal, or null. An IPv6 literal may lack its brackets. Immutable, any thread.
 */
record Authority(String host, int port, Address address) {
    private static final int MOST_PORT_DIGITS = 5;

    static Authority of(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return new Authority(text, -1, literal(text));
        }
        boolean bracketed = text.startsWith("[");
        boolean bareV6 = !bracketed && text.indexOf(':') != colon;
        if (bareV6 || bracketed && text.charAt(colon - 1) != ']') {
            return new Authority(text, -1, literal(text));
        }
        String host = text.substring(0, colon);
        return new Authority(host, port(text, colon + 1), literal(host));
    }

    /** Whether the bytes are a host with perhaps a port (RFC 3986 section 3.2.2): no user, no path, no blanks. */
    static boolean isValid(byte[] line, int from, int to) {
        for (int at = from; at < to; at++) {
            int letter = line[at];
            boolean plain =
                    Ascii.isLetter(letter) || Ascii.isDigit(letter) || letter == '-' || letter == '.' || letter == '_';
            if (!plain && "~!$&'()*+;=%:[]".indexOf(letter) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The port, or where there is none the one that is usual for the scheme. */
    int portOr(int usual) {
        return port < 0 ? usual : port;
    }

    private static int port(String text, int from) {
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9' || i - from >= MOST_PORT_DIGITS) {
                return -1;
            }
            port = port * 10 + digit - '0';
        }
        return from == text.length() || port > 0xffff ? -1 : port;
    }

    private static Address literal(String host) {
        if (host.isEmpty()) {
            return null;
        }
        char first = host.charAt(0);
        if (first == '[') {
            return host.endsWith("]") ? Address.parse(host.substring(1, host.length() - 1)) : null;
        }
        boolean mayBe = first >= '0' && first <= '9' || host.indexOf(':') >= 0;
        return mayBe ? Address.parse(host) : null;
    }
}
