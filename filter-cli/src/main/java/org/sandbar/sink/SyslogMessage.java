package org.sandbar.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A line as the message of RFC 5424: with its event's time, severity and kind ({@code MSGID}), and its number as {@code sequenceId} of
 * the structured data {@code meta} (section 7.3), by which a receiver knows what it has already. No byte order mark stands before the
 * line, for those who parse JSON stumble over it. One thread.
 */
final class SyslogMessage implements Message {
    static final List<String> FACILITIES = List.of(
            "kern",
            "user",
            "mail",
            "daemon",
            "auth",
            "syslog",
            "lpr",
            "news",
            "uucp",
            "cron",
            "authpriv",
            "ftp",
            "ntp",
            "audit",
            "alert",
            "clock",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int LONGEST_HOST = 255;
    private static final int LARGEST_SEQUENCE = Integer.MAX_VALUE;

    private final int facility;
    private final String origin;

    SyslogMessage(String facility) {
        this.facility = FACILITIES.indexOf(facility);
        origin = ' ' + hostName() + " sandbar " + ProcessHandle.current().pid() + ' ';
    }

    private static String hostName() {
        try {
            String name = Files.readString(HOST_NAME).replaceAll("[^!-~]", "");
            return name.isEmpty() ? "-" : name.substring(0, Math.min(name.length(), LONGEST_HOST));
        } catch (IOException elsewhere) {
            return "-";
        }
    }

    @Override
    public byte[] of(Line line) {
        Instant time = Instant.ofEpochSecond(0, line.timeNs());
        long sequenceId = (line.sequence() - 1) % LARGEST_SEQUENCE + 1;
        String header = "<" + (facility * 8 + line.severity()) + ">1 " + TIME.format(time) + origin + line.kind()
                + " [meta sequenceId=\"" + sequenceId + "\"] ";
        byte[] head = header.getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(head, head.length + line.bytes().length);
        System.arraycopy(line.bytes(), 0, message, head.length, line.bytes().length);
        return message;
    }
}
