package org.sandbar.protocol.ftp;

import java.util.ArrayDeque;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Output;

/**
 * Pairs the lines of replies with those of commands, in order (RFC 959 section 5.4), and tells each command when its final reply has
 * come. Each reply's code is told exactly once: with the command that it answers, or by itself. One flow, one thread.
 */
final class Exchanges {
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
    /** It was encrypted before, and that has not been told yet. */
    private boolean cleared;
    /** EPSV ALL was accepted: no other command may set up a data connection (RFC 2428 section 4). */
    private boolean epsvAll;

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
        if (CommandLine.isBlank(line)) {
            return true;
        }
        CommandLine command = CommandLine.of(line);
        if (command == null || command.verb() == null && !serverReplied) {
            return false;
        }
        clientSpoke = true;
        unsure = false;
        Verb verb = command.verb();
        mayEncrypt |= verb == Verb.AUTH;
        Exchange exchange = Exchange.ofCommand(command, line.excess(), maxTextBytes, loggedIn());
        exchange.mode(modeOf(verb));
        if (epsvAll && verb != Verb.EPSV && (Verb.ACTIVE.contains(verb) || Verb.PASSIVE.contains(verb))) {
            exchange.afterEpsvAll();
        }
        Endpoint endpoint = command.endpoint();
        if (endpoint != null) {
            announce(exchange, endpoint, line);
        }
        if (verb != null && Verb.TRANSFERS.contains(verb)) {
            out.tell(out.event(FtpEvents.TRANSFER)
                    .set(FtpEvents.TRANSFER_COMMAND, verb.name())
                    .set(FtpEvents.TRANSFER_FILE, exchange.argument())
                    .set(FtpEvents.TRANSFER_EARLY, isPassivePending()));
        }
        await(exchange);
        return true;
    }

    private boolean isPassivePending() {
        for (Exchange exchange : pending) {
            if (Verb.PASSIVE.contains(exchange.verb()) && !exchange.announces()) {
                return true;
            }
        }
        return false;
    }

    private void announce(Exchange exchange, Endpoint endpoint, LineReader line) {
        exchange.announce(Announcement.of(endpoint, Direction.TO_SERVER, line, out.flow()));
        if (endpoint.isReadable() && exchange.verb() != null) {
            out.tell(out.event(FtpEvents.ANNOUNCED)
                    .set(FtpEvents.ANNOUNCED_BY, exchange.command())
                    .set(FtpEvents.ANNOUNCED_IP, endpoint.addressIn(out.flow()))
                    .set(FtpEvents.ANNOUNCED_PORT, endpoint.port()));
        }
        if (Boolean.FALSE.equals(loggedIn())) {
            out.evidence(FtpEvents.PORT_WITHOUT_LOGIN, exchange.argument());
        }
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
                announceByReply(line, code);
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
        announceByReply(line, code);
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
        answered.addLine(line.bytes(), text, line.to(), line.excess(), maxReplyBytes, maxTextBytes);
    }

    private void announceByReply(LineReader line, int code) {
        if (answered.announces()) {
            return;
        }
        Endpoint endpoint = Endpoint.ofReply(code, line.bytes(), line.from() + 3, line.to());
        if (endpoint != null) {
            Endpoint flawed = endpoint.with(line.hadTelnet() ? "telnet" : line.ending());
            answered.announceByReply(Announcement.of(flawed, Direction.TO_CLIENT, line, out.flow()), solicited());
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
                return Exchange.unasked(loggedIn());
            }
        }
        Exchange oldest = owed > 0 ? null : pending.peek();
        boolean passive = code >= 227 && code <= 229;
        if (passive && oldest != null && oldest.announces()) {
            // An announcement of the server does not answer one of the client; both are told, lest one hide the other.
            tell(pending.poll());
            oldest = null;
        }
        return oldest != null ? oldest : Exchange.unasked(loggedIn());
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
        if (code / 100 == 2) {
            epsvAll = answered.isEpsvAll() || epsvAll && verb != Verb.REIN;
        }
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
        Event event = exchange.describe(out.event(FtpEvents.FTP), out.flow(), login);
        if (out.isTunnelled() && FtpEvents.PASSIVE.equals(event.text(FtpEvents.MODE))) {
            // The server stands at the tunnel's other end, and its own address is not known.
            event.set(FtpEvents.THIRD_PARTY, null).set(FtpEvents.ENDPOINT_NEIGHBOUR, null);
        }
        if (cleared) {
            cleared = false;
            event.set(FtpEvents.TLS, FtpEvents.CLEARED);
        }
        out.tell(event);
    }

    /** Whether the line that comes is the text of a reply of several lines, as against its end or another reply. */
    boolean isWithinReply(LineReader line) {
        return openCode != 0 && code(line.bytes(), line.from(), line.to()) != openCode;
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

    /** Null where it is not known, as where nothing of the server is in the capture. */
    private Boolean loggedIn() {
        boolean oneSided =
                out.flow().packets(Direction.TO_CLIENT) == 0 && out.flow().packets(Direction.TO_SERVER) > 0;
        return oneSided && Boolean.FALSE.equals(login.isDone()) ? null : login.isDone();
    }

    /** Whether a login is known to be done. */
    boolean isLoggedIn() {
        return Boolean.TRUE.equals(login.isDone());
    }

    /** Whether the client has asked for encryption, so that TLS may follow (RFC 4217 section 4). */
    boolean mayEncrypt() {
        return mayEncrypt;
    }

    /** Whether nobody has said anything yet: TLS may come first, which is implicit FTPS. */
    boolean isSilent() {
        return !clientSpoke && !serverReplied && !mayEncrypt;
    }

    /** What happens from here on is not seen. */
    void encrypted() {
        boolean implicit = isSilent();
        unsure = true;
        login.forget();
        if (!implicit) {
            return;
        }
        mayEncrypt = true;
        greeted = true;
        out.tell(out.event(FtpEvents.FTP).set(FtpEvents.REPLY_RECEIVED, "no").set(FtpEvents.TLS, FtpEvents.IMPLICIT));
    }

    /** The channel is in the clear again, as after CCC (RFC 4217 section 6). */
    void cleared() {
        cleared = true;
    }
}
