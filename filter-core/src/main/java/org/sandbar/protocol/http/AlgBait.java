package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Bytes;
import org.sandbar.bytes.Text;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Output;

/**
 * Words and bytes that a firewall's application gateway acts on, where such a gateway would look: at the start of a packet, and of a
 * line. Found by the rules of Linux's helpers and their like ({@code nf_conntrack_ftp}, {@code _sip}, {@code _irc}, {@code _h323},
 * {@code _pptp}, {@code _sane}). Each gateway that is baited is told once for each direction. One analyzer's thread.
 */
final class AlgBait {
    private static final byte[] PORT = Ascii.bytes("port");
    private static final byte[] EPRT = Ascii.bytes("eprt");
    private static final byte[] PASSIVE = Ascii.bytes("227 ");
    private static final byte[] EXTENDED_PASSIVE = Ascii.bytes("229 ");
    private static final byte[] PRIVATE_MESSAGE = Ascii.bytes("privmsg ");
    private static final byte[] DCC = Ascii.bytes("\u0001DCC ");
    private static final byte[] SIP_SCHEME = Ascii.bytes("sip:");
    private static final byte[] SIP_VERSION = Ascii.bytes("sip/2.0 ");
    private static final byte[][] SIP_METHODS = {
        Ascii.bytes("register "),
        Ascii.bytes("invite "),
        Ascii.bytes("update "),
        Ascii.bytes("prack "),
        Ascii.bytes("ack "),
        Ascii.bytes("bye ")
    };
    private static final int TPKT_HEADER = 4;
    private static final int Q931 = 8;
    private static final int PPTP_MAGIC = 0x1a2b3c4d;
    private static final int SANE_NET_START = 7;
    private static final int LONGEST = 512;

    static final String AT_SEGMENT = "segment";
    static final String AT_LINE = "line";
    static final String BEHIND_MESSAGE = "behind-message";

    private final Output output;
    /** Whether lines are looked at too: a gateway that reads lines is at home on the port. */
    private final boolean lineByLine;

    private final boolean[] begun = new boolean[Direction.values().length];
    /** Gateway and direction of what was told. */
    private List<String> told = List.of();

    AlgBait(Output output) {
        this.output = output;
        lineByLine = HelperPorts.helper(output.flow().serverPort()) != null;
    }

    /** A segment as it came. */
    void onSegment(Direction direction, byte[] buffer, int from, int to) {
        look(direction, buffer, from, to, AT_SEGMENT);
        lookAtLines(direction, buffer, from, to);
    }

    /** The first bytes of a direction: their segments came before it was known that this is HTTP. */
    void onFirst(Direction direction, byte[] buffer, int from, int to) {
        if (!begun[direction.ordinal()]) {
            begun[direction.ordinal()] = true;
            lookAtLines(direction, buffer, from, to);
        }
    }

    private void lookAtLines(Direction direction, byte[] buffer, int from, int to) {
        int at = lineByLine ? Ascii.indexOfLineFeed(buffer, from, to) : -1;
        while (at >= 0) {
            look(direction, buffer, at + 1, to, AT_LINE);
            at = Ascii.indexOfLineFeed(buffer, at + 1, to);
        }
    }

    /** Looks at bytes that stand where a gateway would look. */
    void look(Direction direction, byte[] buffer, int from, int to, String place) {
        String helper = helper(buffer, from, to, direction == Direction.TO_SERVER);
        if (helper == null) {
            return;
        }
        String what = helper + direction;
        if (told.contains(what)) {
            return;
        }
        if (told.isEmpty()) {
            told = new ArrayList<>(2);
        }
        told.add(what);
        int end = Ascii.trimEnd(buffer, from, lineEnd(buffer, from, Math.min(to, from + LONGEST)));
        output.tell(output.event(HttpEvents.HTTP)
                .set(HttpEvents.ALG_HELPER, helper)
                .set(HttpEvents.ALG_TOKEN, Text.of(buffer, from, end, LONGEST))
                .set(HttpEvents.ALG_PLACE, place)
                .set(HttpEvents.ALG_SENDER, direction == Direction.TO_SERVER ? "client" : "server"));
    }

    /** The gateway that would act on bytes that begin here, or null. */
    static String helper(byte[] buffer, int from, int to, boolean toServer) {
        if (to - from < 8) {
            return null;
        }
        int end = Math.min(to, from + LONGEST);
        switch (buffer[from] | 0x20) {
            case 'p' -> {
                if (Ascii.startsWithIgnoreCase(buffer, from, end, PORT)) {
                    return toServer && hasNumbers(buffer, behindBlank(buffer, from, end), end, 6, ',') ? "ftp" : null;
                }
                if (Ascii.startsWithIgnoreCase(buffer, from, end, PRIVATE_MESSAGE)) {
                    return indexOf(buffer, from, lineEnd(buffer, from, end), DCC) ? "irc" : null;
                }
            }
            case 'e' -> {
                if (Ascii.startsWithIgnoreCase(buffer, from, end, EPRT)) {
                    return toServer && isExtended(buffer, behindBlank(buffer, from, end), end) ? "ftp" : null;
                }
            }
            case '2' -> {
                return toServer ? null : passive(buffer, from, end);
            }
            case 'r', 'i', 'u', 'a', 'b', 's' -> {}
            default -> {
                return binary(buffer, from, to, toServer);
            }
        }
        return isSip(buffer, from, end) ? "sip" : null;
    }

    private static String passive(byte[] buffer, int from, int end) {
        int stop = lineEnd(buffer, from, end);
        if (Ascii.startsWith(buffer, from, stop, PASSIVE)) {
            for (int at = from + 4; at < stop; at++) {
                if (Ascii.isDigit(buffer[at])) {
                    return hasNumbers(buffer, at, stop, 6, ',') ? "ftp" : null;
                }
            }
        }
        int open = Ascii.startsWith(buffer, from, stop, EXTENDED_PASSIVE) ? Ascii.indexOf(buffer, from, stop, '(') : -1;
        boolean three = open > 0
                && open + 4 < stop
                && buffer[open + 1] == buffer[open + 2]
                && buffer[open + 2] == buffer[open + 3];
        return three && Ascii.isDigit(buffer[open + 4]) ? "ftp" : null;
    }

    private static int behindBlank(byte[] buffer, int from, int end) {
        int blank = Ascii.indexOf(buffer, from, end, ' ');
        return blank < 0 ? end : blank + 1;
    }

    private static int lineEnd(byte[] buffer, int from, int end) {
        int feed = Ascii.indexOf(buffer, from, end, '\n');
        return feed < 0 ? end : feed;
    }

    private static boolean hasNumbers(byte[] buffer, int from, int end, int wanted, int separator) {
        int at = from;
        for (int numbers = 0; numbers < wanted; numbers++) {
            if (numbers > 0 && (at == end || buffer[at++] != separator)) {
                return false;
            }
            while (at < end && Ascii.isDigit(buffer[at])) {
                at++;
            }
        }
        return at > from + wanted;
    }

    /** {@code |1|192.0.2.1|5000|} with any delimiter. */
    private static boolean isExtended(byte[] buffer, int from, int end) {
        return end - from > 8
                && buffer[from] > ' '
                && !Ascii.isDigit(buffer[from])
                && buffer[from] == buffer[from + 2]
                && (buffer[from + 1] == '1' || buffer[from + 1] == '2');
    }

    private static boolean isSip(byte[] buffer, int from, int end) {
        if (Ascii.startsWithIgnoreCase(buffer, from, end, SIP_VERSION)) {
            return true;
        }
        for (byte[] method : SIP_METHODS) {
            if (Ascii.startsWithIgnoreCase(buffer, from, end, method)) {
                return Ascii.startsWithIgnoreCase(buffer, from + method.length, end, SIP_SCHEME);
            }
        }
        return false;
    }

    /** Where the lengths within agree with the segment: bytes alone occur by chance in any download. */
    private static String binary(byte[] buffer, int from, int to, boolean toServer) {
        int length = to - from;
        boolean tpkt = buffer[from] == 3 && buffer[from + 1] == 0 && buffer[from + TPKT_HEADER] == Q931;
        if (tpkt && Bytes.u16(buffer, from + 2) == length) {
            return "h323";
        }
        if (!toServer) {
            return null;
        }
        int word = Bytes.i32(buffer, from + 4);
        if (Bytes.u16(buffer, from) == length && word == PPTP_MAGIC) {
            return "pptp";
        }
        boolean sane = length == 8 && Bytes.u16(buffer, from) == 0 && Bytes.u16(buffer, from + 2) == SANE_NET_START;
        return sane ? "sane" : null;
    }

    private static boolean indexOf(byte[] buffer, int from, int to, byte[] word) {
        for (int at = from; at + word.length <= to; at++) {
            if (Ascii.startsWith(buffer, at, to, word)) {
                return true;
            }
        }
        return false;
    }
}
