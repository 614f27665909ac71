package org.sandbar.protocol.ftp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Text;
import org.sandbar.event.Event;
import org.sandbar.flow.Flow;

/**
 * A command and what has come of its replies, or a reply that no command asked for. Its texts are copies. One flow, one thread, until
 * it is told.
 */
final class Exchange {
    /** What a line costs beside its letters, so that empty lines come to an end as well. */
    private static final int LINE_COST = 8;
    /** A secret of so many bytes is one wherever it stands; a shorter one only as a word of its own. */
    private static final int LONG_SECRET = 4;

    private String command;
    private Verb verb;
    private String argument;
    private byte[] secret;
    private List<String> syntax;
    private boolean truncated;
    private long excess;
    private String mode;
    private boolean afterEpsvAll;
    private boolean epsvAll;
    private final Boolean loggedIn;
    private final List<String> lines = new ArrayList<>(2);
    private final List<String> codes = new ArrayList<>(2);
    private Announcement announcement;
    private Boolean solicited;
    private int finalCode;
    private int replyBytes;
    private boolean replyTruncated;
    private boolean told;

    private Exchange(Boolean loggedIn) {
        this.loggedIn = loggedIn;
    }

    /** Waits for the replies to a command. */
    static Exchange ofCommand(CommandLine line, long excess, int maxTextBytes, Boolean loggedIn) {
        Exchange exchange = new Exchange(loggedIn);
        exchange.command = line.word();
        exchange.verb = line.verb();
        exchange.argument = line.argument(maxTextBytes);
        exchange.secret = line.secret();
        exchange.syntax = line.syntax();
        exchange.truncated = excess > 0;
        exchange.excess = excess;
        exchange.epsvAll = line.isEpsvAll();
        return exchange;
    }

    /** For a reply without a command. */
    static Exchange unasked(Boolean loggedIn) {
        return new Exchange(loggedIn);
    }

    /** How the data connection comes about that the command sets up or uses. */
    void mode(String mode) {
        this.mode = mode;
    }

    void afterEpsvAll() {
        afterEpsvAll = true;
    }

    /** The endpoint that the command announces. */
    void announce(Announcement announced) {
        announcement = announced;
    }

    /** The endpoint that a reply announces; whether it was asked for, or null where that is not known. */
    void announceByReply(Announcement announced, Boolean wasSolicited) {
        announcement = announced;
        solicited = wasSolicited;
        mode = FtpEvents.PASSIVE;
    }

    void addCode(int code) {
        codes.add(Integer.toString(code));
    }

    void finish(int code) {
        finalCode = code;
    }

    void addLine(byte[] buffer, int from, int to, long beyond, int maxBytes, int maxTextBytes) {
        int room = Math.min(maxBytes - replyBytes, maxTextBytes);
        excess += beyond;
        replyTruncated |= beyond > 0 || to - from > room;
        if (room > 0) {
            byte[] shown = secret == null ? null : masked(Arrays.copyOfRange(buffer, from, to));
            lines.add(shown == null ? Text.of(buffer, from, to, room) : Text.of(shown, 0, shown.length, room));
            replyBytes += Math.min(to - from, room) + LINE_COST;
        } else {
            replyTruncated = true;
        }
    }

    /** Servers echo what they do not understand, and no password is ever written. */
    private byte[] masked(byte[] line) {
        for (int at = 0; at + secret.length <= line.length; at++) {
            int end = at + secret.length;
            boolean word = (at == 0 || !isOfWord(line[at - 1])) && (end == line.length || !isOfWord(line[end]));
            if ((word || secret.length >= LONG_SECRET) && Ascii.startsWith(line, at, line.length, secret)) {
                Arrays.fill(line, at, end, (byte) '*');
            }
        }
        return line;
    }

    private static boolean isOfWord(int letter) {
        return Ascii.isLetter(letter) || Ascii.isDigit(letter);
    }

    boolean hasCommand() {
        return command != null;
    }

    String command() {
        return command;
    }

    Verb verb() {
        return verb;
    }

    String argument() {
        return argument;
    }

    boolean isEpsvAll() {
        return epsvAll;
    }

    int replies() {
        return codes.size();
    }

    /** Whether it was told already, before the end of its reply. */
    boolean isTold() {
        return told;
    }

    boolean announces() {
        return announcement != null;
    }

    /** Sets on the event all that is known. */
    Event describe(Event event, Flow flow, Login login) {
        told = true;
        event.set(FtpEvents.COMMAND, command)
                .set(FtpEvents.COMMAND_DATA, argument)
                .set(FtpEvents.COMMAND_TRUNCATED, truncated ? true : null)
                .set(FtpEvents.REPLY, lines.isEmpty() ? null : lines)
                .set(FtpEvents.COMPLETION_CODE, codes.isEmpty() ? null : codes)
                .set(FtpEvents.REPLY_RECEIVED, codes.isEmpty() ? "no" : "yes")
                .set(FtpEvents.REPLY_TRUNCATED, replyTruncated ? true : null)
                .set(FtpEvents.MODE, mode)
                .set(FtpEvents.SYNTAX, syntax)
                .set(FtpEvents.EXCESS, excess > 0 ? excess : null)
                .set(FtpEvents.AFTER_EPSV_ALL, afterEpsvAll ? true : null);
        if (announcement != null) {
            announcement.describe(event, flow);
            event.set(FtpEvents.SOLICITED, solicited);
        }
        if (hasCommand() && finalCode != 0) {
            event.set(FtpEvents.ACCEPTED, finalCode / 100 == 2);
        }
        if (verb == Verb.AUTH && finalCode == 234) {
            event.set(FtpEvents.TLS, FtpEvents.EXPLICIT);
        }
        return event.set(FtpEvents.LOGGED_IN, loggedIn)
                .set(FtpEvents.USER, login.user())
                .set(FtpEvents.ANONYMOUS, login.isAnonymous());
    }
}
