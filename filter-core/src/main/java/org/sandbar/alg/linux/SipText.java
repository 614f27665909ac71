package org.sandbar.alg.linux;

import org.sandbar.bytes.Ascii;
import org.sandbar.wire.Packet;

/**
 * One message as {@code nf_conntrack_sip.c} searches it: linearly, by line ends and prefixes, headers and body alike. What a search finds
 * is left in {@link #matchAt}, {@link #matchEnd} and {@link #address}; positions are absolute in the packet's buffer. A comparison may run
 * over the message's end, as the kernel's do, never over the packet's. Allocates nothing. One thread.
 */
final class SipText {
    static final int FOUND = 1;
    static final int NONE = 0;
    /** There, and not to be read. */
    static final int BAD = -1;

    private static final int SIP_PORT = 5_060;
    private static final int NULL = -1;
    private static final long MOST = 0xffff_ffffL;
    private static final int MOST_DIGITS = 11;
    private static final byte[] COMMA = {','};

    /** What stands where in a header: {@code struct sip_header}. */
    enum Header {
        CSEQ("cseq", null, null),
        CONTACT("contact", "m", "sip:"),
        EXPIRES("expires", null, null),
        CONTENT_LENGTH("content-length", "l", null);

        private final byte[] name;
        private final byte[] compact;
        private final byte[] search;

        Header(String name, String compact, String search) {
            this.name = Ascii.bytes(name);
            this.compact = compact == null ? null : Ascii.bytes(compact);
            this.search = search == null ? null : Ascii.bytes(search);
        }
    }

    final InetLiteral address = new InetLiteral();
    byte[] buffer;
    private int packetEnd;
    int start;
    int limit;
    int ipVersion;
    /** Where the last match begins and ends. */
    int matchAt;

    int matchEnd;
    int port;
    /** The next of several URIs is looked for in the same header. */
    private boolean inHeader;

    private int parameterLimit;
    /** Where a number ends; where it began if it was none. */
    int numberEnd;

    void over(Packet packet, int from, int to) {
        buffer = packet.buffer;
        packetEnd = packet.payloadOffset + packet.payloadLength;
        ipVersion = packet.ipVersion;
        start = from;
        limit = to;
        inHeader = false;
    }

    /** The byte at a place; beyond the packet there is nothing. */
    int at(int at) {
        return at < packetEnd ? buffer[at] : 0;
    }

    /** The kernel's letters are those of Latin-1. */
    static boolean isLetter(int letter) {
        int unsigned = letter & 0xff;
        return Ascii.isLetter(unsigned) || unsigned >= 0xc0 && unsigned != 0xd7 && unsigned != 0xf7;
    }

    private boolean isLineEnd(int at) {
        return buffer[at] == '\r' || buffer[at] == '\n';
    }

    boolean startsWith(int at, byte[] word) {
        return Ascii.startsWithIgnoreCase(buffer, at, packetEnd, word);
    }

    /** {@code sip_strtouint}: 0 where it is too long or too large. */
    long number(int at) {
        long value = 0;
        numberEnd = at;
        while (numberEnd < limit && Ascii.isDigit(buffer[numberEnd])) {
            value = value * 10 + buffer[numberEnd++] - '0';
            if (value > MOST || numberEnd - at > MOST_DIGITS) {
                numberEnd = at;
                return 0;
            }
        }
        return value;
    }

    /** {@code sip_follow_continuation}: the text of a folded line, or nothing. */
    private static int followContinuation(byte[] buffer, int lineEnd, int limit) {
        int at = lineEnd + 1;
        if (at < limit && buffer[lineEnd] == '\r' && buffer[at] == '\n') {
            at++;
        }
        if (at >= limit || !Ascii.isBlank(buffer[at])) {
            return NULL;
        }
        return Ascii.skipBlanks(buffer, at, limit);
    }

    /** {@code sip_skip_whitespace}: over one fold at most. */
    private int skipWhitespace(int from) {
        int at = Ascii.skipBlanks(buffer, from, limit);
        return at < limit && isLineEnd(at) ? followContinuation(buffer, at, limit) : at;
    }

    /** {@code ct_sip_header_search}: within a header's value; the first letter behind a fold is passed over, and the limit's last place. */
    private int search(int from, int to, byte[] needle) {
        int last = to - needle.length;
        for (int at = from; at < last; at++) {
            if (isLineEnd(at)) {
                at = followContinuation(buffer, at, last);
                if (at == NULL) {
                    return NULL;
                }
            } else if (startsWith(at, needle)) {
                return at;
            }
        }
        return NULL;
    }

    /** {@code ct_sip_get_header}: the first from here on, at the beginning of a line. */
    int header(Header header, int from) {
        for (int at = from; at < limit; at++) {
            if (!isLineEnd(at)) {
                continue;
            }
            at = lineBehind(at);
            if (at >= limit) {
                break;
            }
            int name = nameLength(header, at);
            if (name > 0) {
                return value(header, skipWhitespace(at + name));
            }
        }
        return NONE;
    }

    /** Where the line begins that follows this line end. */
    int lineBehind(int lineEnd) {
        boolean both = lineEnd + 1 < limit && buffer[lineEnd] == '\r' && buffer[lineEnd + 1] == '\n';
        return lineEnd + (both ? 2 : 1);
    }

    private int nameLength(Header header, int at) {
        if (Ascii.startsWithIgnoreCase(buffer, at, limit, header.name)) {
            return header.name.length;
        }
        byte[] compact = header.compact;
        boolean isCompact = compact != null
                && limit - at > compact.length
                && Ascii.startsWithIgnoreCase(buffer, at, limit, compact)
                && !isLetter(buffer[at + compact.length]);
        return isCompact ? compact.length : 0;
    }

    private int value(Header header, int colon) {
        if (colon == NULL || at(colon) != ':' || colon + 1 >= limit) {
            return NONE;
        }
        int at = skipWhitespace(colon + 1);
        if (at == NULL) {
            return NONE;
        }
        matchAt = at;
        if (header.search != null) {
            at = search(at, limit, header.search);
            if (at == NULL) {
                return BAD;
            }
            at += header.search.length;
        }
        return match(header, at) ? FOUND : BAD;
    }

    /** The header's {@code match_len}: digits, or the address of a URI; leaves {@link #matchAt} alone where there are none. */
    private boolean match(Header header, int at) {
        if (header.search == null) {
            int end = at;
            while (end < limit && Ascii.isDigit(buffer[end])) {
                end++;
            }
            return setMatch(at, end, end > at);
        }
        int host = behindUser(at);
        int end = address.read(buffer, skipBracket(host), limit, ipVersion);
        end = end < 0 ? NULL : port(closeBracket(end));
        return setMatch(host, end, end != NULL);
    }

    private boolean setMatch(int from, int to, boolean is) {
        if (is) {
            matchAt = from;
            matchEnd = to;
        }
        return is;
    }

    /** {@code skp_epaddr_len}: up to the line's first at sign, whatever is between. */
    private int behindUser(int uri) {
        int at = uri;
        while (at < limit && buffer[at] != '@' && !isLineEnd(at)) {
            at++;
        }
        return at < limit && buffer[at] == '@' ? at + 1 : uri;
    }

    /** {@code sip_parse_addr}: of IPv6 there is none without brackets. */
    private int skipBracket(int at) {
        return ipVersion == 4 ? at : at < limit && buffer[at] == '[' ? at + 1 : limit;
    }

    private int closeBracket(int at) {
        return ipVersion == 4 ? at : at < limit && buffer[at] == ']' ? at + 1 : limit;
    }

    /** {@code sip_parse_port}: the end of what is none, or one of 1024 to 65535 in five digits, with something behind it. */
    private int port(int at) {
        if (at >= limit) {
            return NULL;
        }
        port = SIP_PORT;
        if (buffer[at] != ':') {
            return at;
        }
        long value = number(at + 1);
        boolean isPort = numberEnd - at <= 6 && numberEnd < limit && value >= 1_024 && value <= 65_535;
        port = (int) value;
        return isPort ? numberEnd : NULL;
    }

    /** {@code ct_sip_next_header}: behind the next comma of the header. */
    private int next(Header header, int from) {
        int comma = search(from, limit, COMMA);
        int at = comma == NULL ? NULL : search(comma, limit, header.search);
        if (at == NULL) {
            return NONE;
        }
        at += header.search.length;
        matchAt = at;
        return match(header, at) ? FOUND : BAD;
    }

    /** {@code ct_sip_walk_headers} with its URI: the first from here on that can be read, {@link #address} and {@link #port} with it. */
    boolean uri(Header header, int from) {
        int at = from;
        while (inHeader) {
            int found = next(header, at);
            if (found == FOUND) {
                return true;
            }
            inHeader = found == BAD;
            at = found == BAD ? matchAt : at;
        }
        while (true) {
            int found = header(header, at);
            if (found != BAD) {
                inHeader = found == FOUND;
                return found == FOUND;
            }
            at = matchAt;
        }
    }

    /** Where the value of a parameter begins, or -1: up to the next comma of the header ({@code ct_sip_parse_param}). */
    int parameter(int from, byte[] name) {
        int comma = search(from, limit, COMMA);
        parameterLimit = comma == NULL ? limit : comma;
        int at = search(from, parameterLimit, name);
        return at == NULL ? NULL : at + name.length;
    }

    /** That parameter's number; sees no further than the comma. */
    long parameterNumber(int at) {
        int whole = limit;
        limit = parameterLimit;
        long value = number(at);
        limit = whole;
        return value;
    }
}
