package org.sandbar.protocol.mail;

import java.util.List;
import java.util.Locale;
import org.sandbar.bytes.Ascii;

/** One protocol of mail: how its server greets, and with which commands its client may begin. Immutable, any thread. */
public enum Dialect {
    /** RFC 5321 sections 4.2 and 4.1.1.1, LMTP by RFC 2033. */
    SMTP("smtp", List.of(25, 587), List.of("220 ", "220-", "220\r"), List.of("EHLO", "HELO", "LHLO")),
    /** RFC 9051 section 7.1; a command has a tag before it. */
    IMAP(
            "imap",
            List.of(143),
            List.of("* OK", "* PREAUTH"),
            List.of("CAPABILITY", "LOGIN", "AUTHENTICATE", "STARTTLS", "ID", "NOOP", "LOGOUT")),
    /** RFC 1939 section 4, RFC 2449, RFC 2595. */
    POP3("pop3", List.of(110), List.of("+OK"), List.of("CAPA", "USER", "APOP", "STLS"));

    private static final int LONGEST_TAG = 16;

    private final String key;
    private final List<Integer> ports;
    private final List<byte[]> greetings;
    private final List<byte[]> commands;

    Dialect(String key, List<Integer> ports, List<String> greetings, List<String> commands) {
        this.key = key;
        this.ports = ports;
        this.greetings = greetings.stream().map(Ascii::bytes).toList();
        this.commands = commands.stream()
                .map(command -> Ascii.bytes(command.toLowerCase(Locale.ROOT)))
                .toList();
    }

    String key() {
        return key;
    }

    List<Integer> ports() {
        return ports;
    }

    /** Whether the bytes are a server's greeting, or may become one. */
    boolean mayGreet(byte[] buffer, int from, int to) {
        for (int i = 0; i < greetings.size(); i++) {
            byte[] greeting = greetings.get(i);
            if (Ascii.isPrefixOf(greeting, buffer, from, Math.min(to, from + greeting.length))) {
                return true;
            }
        }
        return false;
    }

    /** Where the first command's word begins: behind the tag, where the protocol has tags. */
    private int commandStart(byte[] buffer, int from, int to) {
        if (this != IMAP) {
            return from;
        }
        int blank = Ascii.indexOf(buffer, from, Math.min(to, from + LONGEST_TAG + 1), ' ');
        return blank > from ? blank + 1 : to;
    }

    /** Whether the bytes, a line without its end, may become a command with which a client begins. */
    boolean mayBegin(byte[] buffer, int from, int to) {
        int start = commandStart(buffer, from, to);
        if (start == to) {
            return to - from <= LONGEST_TAG && Ascii.isPlain(buffer, from, to);
        }
        for (int i = 0; i < commands.size(); i++) {
            byte[] command = commands.get(i);
            int compared = Math.min(command.length, to - start);
            int at = 0;
            while (at < compared && Ascii.lower(buffer[start + at]) == command[at]) {
                at++;
            }
            if (at == compared) {
                return true;
            }
        }
        return false;
    }

    /** The word, in capitals, of the command that the line begins with, or null where it is none with which a client begins. */
    String command(byte[] buffer, int from, int to) {
        int start = commandStart(buffer, from, to);
        for (int i = 0; i < commands.size(); i++) {
            byte[] command = commands.get(i);
            int end = start + command.length;
            if (Ascii.startsWithIgnoreCase(buffer, start, to, command) && (end == to || Ascii.isBlank(buffer[end]))) {
                return Ascii.upper(command, 0, command.length);
            }
        }
        return null;
    }
}
