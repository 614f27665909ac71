package org.sandbar.protocol.irc;

import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Probe;

/**
 * Recognises IRC by its content, from the start or in mid-stream. Stateless, any thread.
 *
 * <p>A server's line is known by its prefix: {@code :name}, and a numeric or one of IRC's words. A client's by a word that no other
 * protocol has in that shape: {@code NICK} with one nickname, {@code USER} with four parameters, {@code CAP} with a subcommand, {@code
 * JOIN} of a channel, {@code PRIVMSG} and {@code NOTICE} with a text. {@code PASS}, {@code PING}, {@code PONG} and {@code QUIT} decide
 * nothing, for FTP, POP3 and others have them too; any other word rules IRC out.
 */
final class IrcProbe {
    /** A line that has come so far without an end is no client's first, and no server's (RFC 1459 section 2.3; tags come later). */
    private static final int LONG_LINE = 1_024;

    private static final byte[] NICK = Ascii.bytes("nick");
    private static final byte[] USER = Ascii.bytes("user");
    private static final byte[] CAP = Ascii.bytes("cap");
    private static final byte[] JOIN = Ascii.bytes("join");
    private static final byte[] PRIVATE_MESSAGE = Ascii.bytes("privmsg");
    private static final byte[] NOTICE = Ascii.bytes("notice");
    private static final byte[][] TELLING_NOTHING = {
        Ascii.bytes("pass"), Ascii.bytes("ping"), Ascii.bytes("pong"), Ascii.bytes("quit"), Ascii.bytes("webirc")
    };
    private static final byte[][] CAPABILITY_WORDS = {
        Ascii.bytes("ls"), Ascii.bytes("req"), Ascii.bytes("list"), Ascii.bytes("end")
    };
    /** What a server sends with its own or a user's name before it. */
    private static final byte[][] WITH_PREFIX = {
        PRIVATE_MESSAGE,
        NOTICE,
        JOIN,
        NICK,
        CAP,
        Ascii.bytes("ping"),
        Ascii.bytes("pong"),
        Ascii.bytes("mode"),
        Ascii.bytes("part"),
        Ascii.bytes("quit"),
        Ascii.bytes("topic"),
        Ascii.bytes("kick")
    };

    private static final byte[][] WITHOUT_PREFIX = {NICK, USER, CAP, JOIN, PRIVATE_MESSAGE, NOTICE};

    private IrcProbe() {}

    static Probe probe(Direction direction, byte[] buffer, int from, int to) {
        for (int at = from; at < to; ) {
            int feed = Ascii.indexOfLineFeed(buffer, at, to);
            int end = feed < 0 ? to : Ascii.trimEnd(buffer, at, feed);
            boolean ofServer = buffer[at] == ':';
            Probe found = ofServer
                    ? withPrefix(buffer, at + 1, end, feed >= 0)
                    : plain(direction, buffer, at, end, feed >= 0);
            if (found == Probe.MATCH) {
                boolean reversed = ofServer == (direction == Direction.TO_SERVER);
                // A server announces itself without a prefix too.
                return ofServer && reversed ? Probe.MATCH_REVERSED : found;
            }
            if (found == Probe.NO_MATCH || feed < 0) {
                return feed < 0 && to - at > LONG_LINE ? Probe.NO_MATCH : found;
            }
            at = feed + 1;
        }
        return Probe.NEED_MORE;
    }

    /** {@code name 001 nick :text}, {@code nick!user@host PRIVMSG nick :text}. */
    private static Probe withPrefix(byte[] buffer, int from, int end, boolean whole) {
        int blank = Ascii.indexOf(buffer, from, end, ' ');
        if (blank < 0) {
            return whole || blank == from || !Ascii.isPlain(buffer, from, end) ? Probe.NO_MATCH : Probe.NEED_MORE;
        }
        int word = Ascii.skipBlanks(buffer, blank, end);
        int wordEnd = wordEnd(buffer, word, end);
        if (blank == from || !Ascii.isPlain(buffer, from, blank)) {
            return Probe.NO_MATCH;
        }
        if (wordEnd == end && !whole) {
            return end - word <= PRIVATE_MESSAGE.length ? Probe.NEED_MORE : Probe.NO_MATCH;
        }
        boolean numeric = wordEnd - word == 3
                && Ascii.isDigit(buffer[word])
                && Ascii.isDigit(buffer[word + 1])
                && Ascii.isDigit(buffer[word + 2]);
        boolean known = isOneOf(WITH_PREFIX, buffer, word, wordEnd);
        return (numeric || known) && wordEnd < end ? Probe.MATCH : Probe.NO_MATCH;
    }

    private static Probe plain(Direction direction, byte[] buffer, int from, int end, boolean whole) {
        int wordEnd = wordEnd(buffer, from, end);
        if (wordEnd == end && !whole) {
            return mayBecome(WITHOUT_PREFIX, buffer, from, end) || mayBecome(TELLING_NOTHING, buffer, from, end)
                    ? Probe.NEED_MORE
                    : Probe.NO_MATCH;
        }
        if (isOneOf(TELLING_NOTHING, buffer, from, wordEnd)) {
            return Probe.NEED_MORE;
        }
        if (!isOneOf(WITHOUT_PREFIX, buffer, from, wordEnd)) {
            return Probe.NO_MATCH;
        }
        if (!whole) {
            return Probe.NEED_MORE;
        }
        int data = Ascii.skipBlanks(buffer, wordEnd, end);
        return isShapely(direction, buffer, from, wordEnd, data, end) ? Probe.MATCH : Probe.NO_MATCH;
    }

    private static boolean isShapely(Direction direction, byte[] buffer, int word, int wordEnd, int data, int end) {
        if (data == end) {
            return false;
        }
        int first = firstEnd(buffer, data, end);
        boolean more = first < end;
        boolean text = more && buffer[Ascii.skipBlanks(buffer, first, end)] == ':';
        if (Ascii.equalsIgnoreCase(buffer, word, wordEnd, NOTICE)) {
            return text;
        }
        if (direction == Direction.TO_CLIENT) {
            return false;
        }
        if (Ascii.equalsIgnoreCase(buffer, word, wordEnd, NICK)) {
            return !more && Ascii.isPlain(buffer, data, end);
        }
        if (Ascii.equalsIgnoreCase(buffer, word, wordEnd, USER)) {
            return words(buffer, data, end) >= 4;
        }
        if (Ascii.equalsIgnoreCase(buffer, word, wordEnd, CAP)) {
            return isOneOf(CAPABILITY_WORDS, buffer, data, first);
        }
        if (Ascii.equalsIgnoreCase(buffer, word, wordEnd, JOIN)) {
            return buffer[data] == '#' || buffer[data] == '&';
        }
        return text;
    }

    private static int wordEnd(byte[] buffer, int from, int end) {
        int at = from;
        while (at < end && (Ascii.isLetter(buffer[at]) || Ascii.isDigit(buffer[at]))) {
            at++;
        }
        // What is glued to the word makes it another one.
        return at == end || buffer[at] == ' ' ? at : end;
    }

    private static int firstEnd(byte[] buffer, int from, int end) {
        int blank = Ascii.indexOf(buffer, from, end, ' ');
        return blank < 0 ? end : blank;
    }

    private static int words(byte[] buffer, int from, int end) {
        int words = 0;
        for (int at = from; at < end; at++) {
            if (buffer[at] != ' ' && (at == from || buffer[at - 1] == ' ')) {
                words++;
            }
        }
        return words;
    }

    private static boolean isOneOf(byte[][] words, byte[] buffer, int from, int to) {
        for (byte[] word : words) {
            if (Ascii.equalsIgnoreCase(buffer, from, to, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayBecome(byte[][] words, byte[] buffer, int from, int to) {
        for (byte[] word : words) {
            boolean common = to - from <= word.length;
            for (int i = 0; common && i < to - from; i++) {
                common = Ascii.lower(buffer[from + i]) == word[i];
            }
            if (common) {
                return true;
            }
        }
        return false;
    }
}
