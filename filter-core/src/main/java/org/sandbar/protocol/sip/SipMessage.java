package org.sandbar.protocol.sip;

import java.util.List;
import java.util.Locale;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.bytes.Text;

/** What is of interest in one message: its first line, the headers that pair and describe it, and what its body announces. A copy. */
final class SipMessage {
    private static final int MOST_TEXT = 256;
    private static final int MOST_CONTACTS = 4_096;
    private static final int MOST_DIGITS = 10;

    final String line;
    /** Of a request; null in a response. */
    final String method;

    final String uri;
    /** Of a response; 0 in a request. */
    final int code;

    final String reason;
    String callId = "";
    int sequence = -1;
    /** Of CSeq, in capitals. */
    String sequenceMethod = "";

    String from;
    String to;
    String userAgent;
    String server;
    String contacts;
    int expires = -1;
    boolean isDescribed;
    List<Endpoint> media = List.of();
    int faults;

    private SipMessage(byte[] buffer, int from, int to, int most) {
        line = Text.of(buffer, from, to, most);
        int word = Ascii.indexOf(buffer, from, to, ' ');
        int next = word < 0 ? -1 : Ascii.indexOf(buffer, word + 1, to, ' ');
        if (StartLine.isStatus(buffer, from, to)) {
            method = null;
            uri = null;
            code = number(Text.of(buffer, word + 1, word + 4), 999);
            reason = next < 0 ? "" : Text.of(buffer, next + 1, to, MOST_TEXT);
        } else {
            method = Text.of(buffer, from, Math.max(from, word), MOST_TEXT);
            uri = next < 0 ? "" : Text.of(buffer, word + 1, next, most);
            code = 0;
            reason = null;
        }
    }

    /** The message from its first line up to the end of the headers, and its body. */
    static SipMessage of(byte[] buffer, int from, int headEnd, int bodyEnd, Limits limits) {
        int at = endOfLine(buffer, from, headEnd);
        int most = limits.of(Bound.EVENT_TEXT_BYTES);
        SipMessage message = new SipMessage(buffer, from, Ascii.trimEnd(buffer, from, at), most);
        boolean hasDescription = false;
        while (at < headEnd) {
            int end = endOfLine(buffer, at, headEnd);
            while (end < headEnd && Ascii.isBlank(buffer[end])) {
                end = endOfLine(buffer, end, headEnd);
            }
            hasDescription |= message.header(buffer, at, Ascii.trimEnd(buffer, at, end));
            at = end;
        }
        if (hasDescription) {
            message.isDescribed = true;
            message.media = SessionDescription.endpoints(Text.of(buffer, headEnd, bodyEnd), limits.of(Bound.SIP_MEDIA));
        }
        return message;
    }

    /** Behind the line feed. */
    private static int endOfLine(byte[] buffer, int from, int to) {
        int end = Ascii.indexOfLineFeed(buffer, from, to);
        return end < 0 ? to : end + 1;
    }

    /** Whether it says that the body is a session description. */
    private boolean header(byte[] buffer, int at, int end) {
        int colon = Ascii.indexOf(buffer, at, end, ':');
        if (colon < 0) {
            return false;
        }
        String name =
                Text.of(buffer, at, Ascii.trimEnd(buffer, at, colon), MOST_TEXT).toLowerCase(Locale.ROOT);
        int value = Ascii.skipBlanks(buffer, colon + 1, end);
        switch (name) {
            case "call-id", "i" -> callId = Text.of(buffer, value, end, MOST_TEXT);
            case "cseq" -> readSequence(Text.of(buffer, value, end, MOST_TEXT));
            case "from", "f" -> from = Text.of(buffer, value, end, MOST_TEXT);
            case "to", "t" -> to = Text.of(buffer, value, end, MOST_TEXT);
            case "user-agent" -> userAgent = Text.of(buffer, value, end, MOST_TEXT);
            case "server" -> server = Text.of(buffer, value, end, MOST_TEXT);
            case "expires" -> expires = number(Text.of(buffer, value, end, MOST_TEXT), Integer.MAX_VALUE);
            case "contact", "m" -> {
                String more = Text.of(buffer, value, end, MOST_CONTACTS).replaceAll("[\r\n]+[ \t]*", " ");
                contacts =
                        contacts == null ? more : contacts.length() < MOST_CONTACTS ? contacts + "," + more : contacts;
            }
            case "content-type", "c" -> {
                return Text.of(buffer, value, end, MOST_TEXT)
                        .toLowerCase(Locale.ROOT)
                        .startsWith("application/sdp");
            }
            default -> {}
        }
        return false;
    }

    private void readSequence(String value) {
        String[] words = value.split("[ \t\r\n]+");
        sequence = number(words[0], Integer.MAX_VALUE);
        sequenceMethod = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
    }

    boolean isRequest() {
        return method != null;
    }

    boolean isProvisional() {
        return code >= 100 && code < 200;
    }

    boolean isSuccess() {
        return code >= 200 && code < 300;
    }

    /** Whether both are of one transaction, as far as a flow has them. */
    boolean isOf(SipMessage request) {
        return sequence == request.sequence
                && callId.equals(request.callId)
                && sequenceMethod.equals(request.sequenceMethod);
    }

    /** A decimal number of at most so much, or -1 where it is none. */
    static int number(String text, int most) {
        if (text == null || text.isEmpty() || text.length() > MOST_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!Ascii.isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value > most ? -1 : (int) value;
    }
}
