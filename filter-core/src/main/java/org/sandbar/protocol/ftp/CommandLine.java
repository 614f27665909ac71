package org.sandbar.protocol.ftp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Text;

/**
 * A line of the client taken apart, as leniently as any server does it (RFC 959 section 5.3): its word, what follows, and what in it
 * departs from the RFC's form. The bytes are the line reader's and valid as long as its line. One flow, one thread.
 */
final class CommandLine {
    private static final int LONGEST_WORD = 16;
    private static final byte[] ALL = Ascii.bytes("all");
    private static final byte[] PASS = Ascii.bytes("pas");
    private static final String HIDDEN = " ***";

    private final LineReader line;
    private final byte[] buffer;
    private final int from;
    private final int end;
    private final int data;
    private final int to;
    private final Verb verb;

    private CommandLine(LineReader line, int from, int end) {
        this.line = line;
        this.from = from;
        this.end = end;
        buffer = line.bytes();
        to = line.to();
        data = skipGap(buffer, end, to);
        verb = Verb.of(buffer, from, end);
    }

    /** The command that the line is, or null where it is none. A line without anything is none. */
    static CommandLine of(LineReader line) {
        byte[] buffer = line.bytes();
        int to = line.to();
        int from = start(line);
        int end = Verb.end(buffer, from, to);
        boolean word = end > from && end - from <= LONGEST_WORD && (end == to || isGap(buffer[end]));
        return word ? new CommandLine(line, from, end) : null;
    }

    static boolean isBlank(LineReader line) {
        return start(line) == line.to();
    }

    private static int start(LineReader line) {
        return skipGap(line.bytes(), line.from(), line.to());
    }

    private static int skipGap(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && isGap(buffer[at])) {
            at++;
        }
        return at;
    }

    private static boolean isGap(int letter) {
        return Ascii.isBlank(letter) || letter == 0 || letter == '\r';
    }

    /** Null for a word that is not known. */
    Verb verb() {
        return verb;
    }

    String word() {
        return Ascii.upper(buffer, from, end);
    }

    /** Null where there is none, or where it is a secret. */
    String argument(int maxBytes) {
        if (data == to || isSecret()) {
            return null;
        }
        if (verb == Verb.SITE) {
            int word = data;
            while (word < to && !Ascii.isBlank(buffer[word])) {
                word++;
            }
            if (isSecretWord(data, word)) {
                return Text.of(buffer, data, word, maxBytes) + HIDDEN;
            }
        }
        return Text.of(buffer, data, to, maxBytes);
    }

    /** Words such as PASSWD are no commands; who types one means PASS all the same. */
    private boolean isSecret() {
        return verb == null ? Ascii.startsWithIgnoreCase(buffer, from, end, PASS) : Verb.SECRET.contains(verb);
    }

    /** SITE PSWD, CHPWD, PASSWD and the like, with which servers let users change their passwords. */
    private boolean isSecretWord(int first, int last) {
        String word = Ascii.upper(buffer, first, last);
        return word.contains("PASS") || word.contains("PSW") || word.contains("PWD");
    }

    /** The secret itself, to keep it out of what the server says; null where there is none. */
    byte[] secret() {
        return isSecret() && data < to ? Arrays.copyOfRange(buffer, data, to) : null;
    }

    boolean isEpsvAll() {
        return verb == Verb.EPSV && Ascii.equalsIgnoreCase(buffer, data, to, ALL);
    }

    /** The endpoint that the command announces, or null. */
    Endpoint endpoint() {
        Endpoint endpoint = Endpoint.ofCommand(announcing(), buffer, data, to);
        if (endpoint == null) {
            return null;
        }
        return endpoint.with(verb == null ? "other-word" : flaw());
    }

    /** Linux takes whatever begins with PORT or EPRT for it, up to the first blank. */
    private Verb announcing() {
        return verb == null && end - from > 4 ? Verb.of(buffer, from, from + 4) : verb;
    }

    /** What the line around an endpoint has that the RFC's form has not, or null. */
    private String flaw() {
        if (line.hadTelnet()) {
            return "telnet";
        }
        if (line.hadUrgent()) {
            return "urgent";
        }
        boolean oneBlank = data == end + 1 && buffer[end] == ' ';
        return from > line.from() ? "leading-bytes" : data < to && !oneBlank ? "leading-blank" : line.ending();
    }

    /** What departs from the RFC's form, or null. */
    List<String> syntax() {
        List<String> found = new ArrayList<>(0);
        for (int at = from; at < end; at++) {
            if (buffer[at] >= 'a') {
                add(found, "lower-case");
            }
        }
        addIf(found, "leading-blank", from > line.from());
        addIf(found, "wide-blank", data > end + 1 && data < to);
        addIf(found, "trailing-blank", to > data && Ascii.isBlank(buffer[to - 1]) || data == to && data > end);
        boolean plain = Ascii.isPlain(buffer, line.from(), to);
        for (int at = line.from(); !plain && at < to; at++) {
            addIf(found, "tab", buffer[at] == '\t' && at <= data);
            addIf(found, "nul", buffer[at] == 0);
            addIf(found, "bare-carriage-return", buffer[at] == '\r');
        }
        if (line.ending() != null && line.excess() == 0) {
            add(found, line.ending());
        }
        addIf(found, "telnet", line.hadTelnet());
        addIf(found, "telnet-in-word", line.hadTelnetWithin(from, end));
        addIf(found, "telnet-in-endpoint", Verb.ACTIVE.contains(announcing()) && line.hadTelnetWithin(end, to));
        addIf(found, "urgent", line.hadUrgent());
        return found.isEmpty() ? null : found;
    }

    private static void addIf(List<String> found, String what, boolean holds) {
        if (holds) {
            add(found, what);
        }
    }

    private static void add(List<String> found, String what) {
        if (!found.contains(what)) {
            found.add(what);
        }
    }
}
