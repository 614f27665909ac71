package org.sandbar.protocol.ftp;

import java.nio.charset.StandardCharsets;
import org.sandbar.bytes.Ascii;
import org.sandbar.wire.Address;

/**
 * Reads one announcement of an endpoint. Numbers that do not fit are taken as Linux takes them: they wrap at 32 bits, and the bits of
 * neighbouring octets are or-ed, for that is the hole which the filter in use most widely would open. Nothing readable is {@link
 * Endpoint#UNREADABLE}. One announcement, one thread; the bytes are the caller's.
 */
final class EndpointReader {
    private static final int V4_FAMILY = 4;
    private static final int V6_FAMILY = 6;

    private final byte[] buffer;
    private final int start;
    private final int to;
    private int at;
    private String flaw;

    EndpointReader(byte[] buffer, int from, int to) {
        this.buffer = buffer;
        this.start = from;
        this.to = to;
        at = from;
    }

    /** {@code h1,h2,h3,h4,p1,p2} and nothing else: RFC 959 section 4.1.2. */
    Endpoint port() {
        return ended(sixNumbers());
    }

    /** {@code 4,4,h1..h4,2,p1,p2} or {@code 6,16,h1..h16,2,p1,p2}: RFC 1639 section 2. */
    Endpoint longPort() {
        return ended(longNumbers());
    }

    /** {@code |1|192.0.2.1|5000|} or {@code |2|2001:db8::1|5000|}, with any delimiter: RFC 2428 section 2. */
    Endpoint extendedPort() {
        return ended(extended(true));
    }

    /**
     * {@code (h1,h2,h3,h4,p1,p2)}, or the first six numbers in a row, for RFC 1123 section 4.1.2.6 says that the parentheses cannot be
     * relied upon.
     */
    Endpoint passive() {
        return inParentheses(this::sixNumbers);
    }

    /** As for LPRT, in parentheses: RFC 1639 section 3. */
    Endpoint longPassive() {
        return inParentheses(this::longNumbers);
    }

    /** {@code (|||5000|)}: RFC 2428 section 3. */
    Endpoint extendedPassive() {
        for (int open = start; open < to; open++) {
            if (buffer[open] == '(') {
                Endpoint endpoint = attempt(open + 1, () -> extended(false));
                if (endpoint.isReadable()) {
                    return at < to && buffer[at] == ')' ? endpoint : endpoint.with("no-parentheses");
                }
            }
        }
        for (int bar = start; bar < to; bar++) {
            if (buffer[bar] == '|') {
                return attempt(bar, () -> extended(false)).with("no-parentheses");
            }
        }
        return Endpoint.UNREADABLE;
    }

    private interface Form {
        Endpoint read();
    }

    private Endpoint attempt(int position, Form form) {
        at = position;
        flaw = null;
        return form.read();
    }

    private Endpoint inParentheses(Form form) {
        for (int open = start; open + 1 < to; open++) {
            if (buffer[open] == '(' && Ascii.isDigit(buffer[open + 1])) {
                Endpoint endpoint = attempt(open + 1, form);
                if (endpoint.isReadable()) {
                    return closed(endpoint);
                }
            }
        }
        for (int first = start; first < to; first++) {
            if (Ascii.isDigit(buffer[first]) && (first == start || !Ascii.isDigit(buffer[first - 1]))) {
                Endpoint endpoint = attempt(first, form);
                if (endpoint.isReadable()) {
                    return closed(endpoint).with("no-parentheses");
                }
            }
        }
        return Endpoint.UNREADABLE;
    }

    private Endpoint closed(Endpoint endpoint) {
        if (at < to && buffer[at] == ')') {
            return endpoint;
        }
        return endpoint.with(at < to && buffer[at] == ',' ? "extra-number" : "no-parentheses");
    }

    private Endpoint ended(Endpoint endpoint) {
        if (!endpoint.isReadable() || at == to) {
            return endpoint;
        }
        boolean blank = Ascii.skipBlanks(buffer, at, to) == to;
        return endpoint.with(buffer[at] == ',' ? "extra-number" : blank ? "trailing-blank" : "trailing-text");
    }

    private Endpoint sixNumbers() {
        int[] numbers = new int[6];
        if (!list(numbers, ',')) {
            return Endpoint.UNREADABLE;
        }
        return endpoint(v4(numbers), numbers[4] << 8 | numbers[5]);
    }

    private Endpoint longNumbers() {
        int[] kind = new int[2];
        if (!list(kind, ',')) {
            return Endpoint.UNREADABLE;
        }
        boolean v4 = kind[0] == V4_FAMILY && kind[1] == 4;
        if (!v4 && (kind[0] != V6_FAMILY || kind[1] != 16)) {
            return Endpoint.UNREADABLE;
        }
        int[] numbers = new int[kind[1] + 3];
        int length = kind[1];
        if (at == to || buffer[at++] != ',' || !list(numbers, ',') || numbers[length] != 2) {
            return Endpoint.UNREADABLE;
        }
        return endpoint(v4 ? v4(numbers) : v6(numbers), numbers[length + 1] << 8 | numbers[length + 2]);
    }

    private Endpoint extended(boolean announcesAddress) {
        if (at == to || buffer[at] <= ' ' || buffer[at] > '~' || Ascii.isDigit(buffer[at])) {
            return Endpoint.UNREADABLE;
        }
        int delimiter = buffer[at++];
        int family = at;
        int address = Ascii.indexOf(buffer, family, to, delimiter) + 1;
        int port = address == 0 ? 0 : Ascii.indexOf(buffer, address, to, delimiter) + 1;
        if (port == 0 || port == to || !Ascii.isDigit(buffer[port])) {
            return Endpoint.UNREADABLE;
        }
        Address named = null;
        if (announcesAddress || port - 1 > address) {
            named = address(address, port - 1);
            if (named == null) {
                return Endpoint.UNREADABLE;
            }
            if (!announcesAddress) {
                flaw("address-given");
            } else if (address - 1 - family != 1 || buffer[family] != (named.version() == 4 ? '1' : '2')) {
                flaw("address-family");
            }
        } else if (address - 1 > family) {
            flaw("address-given");
        }
        at = port;
        int number = number(0xffff);
        if (at == to || buffer[at] != delimiter) {
            flaw("unfinished");
        } else {
            at++;
        }
        return endpoint(named, number);
    }

    private Address address(int from, int end) {
        Address address = Address.parse(new String(buffer, from, end - from, StandardCharsets.ISO_8859_1));
        if (address != null) {
            return address;
        }
        at = from;
        int[] numbers = new int[4];
        return list(numbers, '.') && at == end ? v4(numbers) : null;
    }

    /** As many numbers as there is room for, between separators; none of them may be missing, but each may be empty. */
    private boolean list(int[] numbers, int separator) {
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0 && (at == to || buffer[at++] != separator)) {
                return false;
            }
            numbers[i] = number(0xff);
        }
        return true;
    }

    private int number(int most) {
        int first = at;
        int number = 0;
        while (at < to && Ascii.isDigit(buffer[at])) {
            number = number * 10 + buffer[at++] - '0';
        }
        if (at == first) {
            flaw("empty-number");
        } else if (at - first > 1 && buffer[first] == '0') {
            flaw("leading-zero");
        } else if (at - first > 5 || Integer.compareUnsigned(number, most) > 0) {
            flaw("number-too-large");
        }
        return number;
    }

    private Endpoint endpoint(Address address, int port) {
        if ((port & 0xffff) == 0) {
            flaw("port-zero");
        }
        return new Endpoint(address, port & 0xffff, flaw);
    }

    private static Address v4(int[] octets) {
        return Address.v4(octets[0] << 24 | octets[1] << 16 | octets[2] << 8 | octets[3]);
    }

    private static Address v6(int[] octets) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | octets[i] & 0xff;
            low = low << 8 | octets[i + 8] & 0xff;
        }
        return Address.v6(high, low);
    }

    private void flaw(String reason) {
        if (flaw == null) {
            flaw = reason;
        }
    }
}
