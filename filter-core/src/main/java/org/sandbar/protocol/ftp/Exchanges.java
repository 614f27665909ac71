package org.sandbar.protocol.ftp;

import java.util.ArrayDeque;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.bytes.Text;
import org.sandbar.protocol.Output;

/**
 * Pairs the lines of replies with those of commands, in order (RFC 959 section 5.4), and tells each command when its final reply has
 * come. Each reply's code is told exactly once: with the command that it answers, or by itself. One flow, one thread.
 */
final class Exchanges {
    private static final int LONGEST_WORD = 16;
    private static final int MULTI_LINE = '-';

    private final Output out;
    private final Login login = new Login();
    private final ArrayDeque<Exchange> pending = new ArrayDeque<>(4);
    private final int maxPending;
    private final int maxReplies;
    private final int maxReplyBytes;
    private final int maxTextBytes;

    private boolean greeted;
    private boolean serverReplied;
    private boolean clientSpoke;
    /** A command may have been missed, so that nothing can be said of a reply that seems unasked for. */
    private boolean unsure;
    /** Final replies that are still to come for commands that were told before. */
    private int owed;

    private String mode;
    private boolean mayEncrypt;
    private Verb habit;

    private Exchange answered;
    private int openCode;

    Exchanges(Output out) {
        this.out = out;
        Limits limits = out.limits();
        maxPending = limits.of(Bound.FTP_PENDING);
        maxReplies = limits.of(Bound.FTP_REPLIES);
        maxReplyBytes = limits.of(Bound.FTP_REPLY_BYTES);
        maxTextBytes = limits.of(Bound.EVENT_TEXT_BYTES);
        boolean midstream = out.flow().isMidstream();
        greeted = midstream;
        unsure = midstream;
        if (!midstream) {
            login.begin();
        }
    }

    /**
     * Takes a line of the client; false where it is no command. Words that are no commands of FTP count as ones only once the server
     * has shown that it speaks FTP, for what a sandboxed client sends to a server of another kind is noise.
     */
    boolean command(LineReader line) {
        byte[] buffer = line.bytes();
        int to = line.to();
        int from = line.from();
        while (from < to && (Ascii.isBlank(buffer[from]) || buffer[from] == 0)) {
            from++;
        }
        if (from == to) {
            return true;
        }
        int end = Verb.end(buffer, from, to);
        if (end == from || end - from > LONGEST_WORD || end < to && !Ascii.isBlank(buffer[end])) {
            return false;
        }
        Verb verb = Verb.of(buffer, from, end);
        if (verb == null && !serverReplied) {
            return false;
        }
        clientSpoke = true;
        unsure = false;
        mayEncrypt |= verb == Verb.AUTH;
        int data = Ascii.skipBlanks(buffer, end, to);
        boolean hidden = data == to || verb != null && Verb.SECRET.contains(verb);
        Exchange exchange = Exchange.ofCommand(
                Ascii.upper(buffer, from, end),
                verb,
                hidden ? null : Text.of(buffer, data, to, maxTextBytes),
                line.isTruncated(),
                modeOf(verb),
                login.isDone());
        Endpoint endpoint = Endpoint.ofCommand(verb, buffer, data, to);
        if (endpoint != null) {
            exchange.announce(endpoint.with(flawOf(line, from, end, data)));
            if (Boolean.FALSE.equals(login.isDone())) {
                out.evidence(FtpEvents.PORT_WITHOUT_LOGIN, exchange.argument());
            }
        }
        if (verb != null && Verb.TRANSFERS.contains(verb)) {
            out.tell(out.event(FtpEvents.TRANSFER)
                    .set(FtpEvents.TRANSFER_COMMAND, verb.name())
                    .set(FtpEvents.TRANSFER_FILE, exchange.argument()));
        }
        await(exchange);
        return true;
    }

    private String modeOf(Verb verb) {
        if (verb == null) {
            return null;
        }
        boolean active = Verb.ACTIVE.contains(verb);
        boolean passive = Verb.PASSIVE.contains(verb);
        if (active || passive) {
            mode = active ? FtpEvents.ACTIVE : FtpEvents.PASSIVE;
            return mode;
        }
        return Verb.TRANSFERS.contains(verb) ? mode : null;
    }

    /** What the line around an endpoint has that the RFC's form has not, or null. */
    private static String flawOf(LineReader line, int from, int end, int data) {
        if (line.hadTelnet()) {
            return "telnet";
        }
        return from > line.from() ? "leading-bytes" : data > end + 1 ? "leading-blank" : line.ending();
    }

    private void await(Exchange exchange) {
        if (pending.size() >= maxPending) {
            owed++;
            tell(pending.poll());
        }
        pending.add(exchange);
    }

    /** Takes a line of the server; false where it is neither a reply nor within one. */
    boolean reply(LineReader line) {
        byte[] buffer = line.bytes();
        int from = line.from();
        int to = line.to();
        int code = code(buffer, from, to);
        if (openCode != 0) {
            boolean last = code == openCode && (to - from == 3 || buffer[from + 3] != MULTI_LINE);
            addLine(line, code == openCode ? from + 3 : from);
            if (last) {
                announce(line, code);
                openCode = 0;
                finish(code);
            }
            return true;
        }
        if (code == 0) {
            return from == to;
        }
        serverReplied = true;
        answered = answeredBy(code);
        answered.addCode(code);
        addLine(line, from + 3);
        announce(line, code);
        if (to - from > 3 && buffer[from + 3] == MULTI_LINE) {
            openCode = code;
        } else {
            finish(code);
        }
        return true;
    }

    /** The code of a line that has the shape of a reply, or 0. */
    static int code(byte[] buffer, int from, int to) {
        if (to - from < 3 || buffer[from] < '1' || buffer[from] > '6') {
            return 0;
        }
        boolean digits = Ascii.isDigit(buffer[from + 1]) && Ascii.isDigit(buffer[from + 2]);
        boolean separated = to - from == 3 || buffer[from + 3] == MULTI_LINE || Ascii.isBlank(buffer[from + 3]);
        return digits && separated
                ? (buffer[from] - '0') * 100 + (buffer[from + 1] - '0') * 10 + buffer[from + 2] - '0'
                : 0;
    }

    private void addLine(LineReader line, int from) {
        boolean behindCode = from > line.from();
        int text = Math.min(behindCode ? from + 1 : from, line.to());
        answered.addLine(line.bytes(), text, line.to(), line.isTruncated(), maxReplyBytes, maxTextBytes);
    }

    private void announce(LineReader line, int code) {
        if (answered.announces()) {
            return;
        }
        Endpoint endpoint = Endpoint.ofReply(code, line.bytes(), line.from() + 3, line.to());
        if (endpoint != null) {
            String flaw = line.hadTelnet() ? "telnet" : line.ending();
            answered.announceByReply(endpoint.with(flaw), solicited());
        }
    }

    private Boolean solicited() {
        if (answered.hasCommand()) {
            return answered.verb() != null && Verb.PASSIVE.contains(answered.verb());
        }
        return unsure || owed > 0 ? null : false;
    }

    private Exchange answeredBy(int code) {
        if (!greeted) {
            greeted = code != 120;
            if (code == 220 && !clientSpoke) {
                out.evidence(FtpEvents.SERVER_GREETING, null);
            }
            if (code == 120 || code == 220 || code == 421) {
                return Exchange.unasked(login.isDone());
            }
        }
        Exchange oldest = owed > 0 ? null : pending.peek();
        boolean passive = code >= 227 && code <= 229;
        if (passive && oldest != null && oldest.announces()) {
            // An announcement of the server does not answer one of the client; both are told, lest one hide the other.
            tell(pending.poll());
            oldest = null;
        }
        return oldest != null ? oldest : Exchange.unasked(login.isDone());
    }

    private void finish(int code) {
        boolean last = code >= 200;
        if (!answered.hasCommand() || answered.isTold()) {
            if (last && owed > 0) {
                owed--;
            }
            if (!answered.isTold()) {
                tell(answered);
            }
        } else if (last) {
            pending.poll();
            follow(code);
            tell(answered);
        } else if (answered.replies() >= maxReplies) {
            owed++;
            tell(pending.poll());
        }
        answered = null;
    }

    private void follow(int code) {
        answered.finish(code);
        Verb verb = answered.verb();
        if (login.follow(verb, answered.argument(), code)) {
            out.evidence(FtpEvents.LOGIN, login.user());
        }
        if (verb == null || !Verb.HABITS.contains(verb)) {
            return;
        }
        if (habit == null) {
            habit = verb;
        } else if (habit != verb) {
            out.evidence(FtpEvents.CLIENT_COMMANDS, habit + ", " + verb);
        }
    }

    /** Tells all that waits, as far as it has come. */
    void tellAll() {
        if (answered != null && !answered.hasCommand()) {
            tell(answered);
        }
        answered = null;
        openCode = 0;
        while (!pending.isEmpty()) {
            tell(pending.poll());
        }
    }

    private void tell(Exchange exchange) {
        out.tell(exchange.describe(out.event(FtpEvents.FTP), out.flow(), login));
    }

    void missedCommands() {
        unsure = true;
        login.doubt();
    }

    void missedReplies() {
        tellAll();
        greeted = true;
        unsure = true;
        owed = 0;
        login.doubt();
    }

    /** Whether the client has asked for encryption, so that TLS may follow (RFC 4217 section 4). */
    boolean mayEncrypt() {
        return mayEncrypt;
    }

    /** What happens from here on is not seen. */
    void encrypted() {
        unsure = true;
        login.forget();
    }
}
