package org.sandbar.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Time stamps in UTC. Keeps the second it wrote last, for most lines share it. One thread. */
final class TimeStamp {
    private static final int FRACTION_AT = 20;

    /** How a format spells a time. */
    enum Style {
        /** {@code 2026-11-23T10:00:00.123456+0000}, as EVE has it. */
        EVE("+0000"),
        /** {@code 2026-11-23T10:00:00.123456Z}, as RFC 3339 has it. */
        INTERNET("Z"),
        /** Milliseconds since 1970, a number. */
        MILLISECONDS("");

        private final String zone;

        Style(String zone) {
            this.zone = zone;
        }

        /** A regular expression for it. */
        String pattern() {
            return "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}" + zone.replace("+", "\\+") + "$";
        }
    }

    private final Style style;
    private final char[] text;
    private long second = Long.MIN_VALUE;

    TimeStamp(Style style) {
        this.style = style;
        text = ("0000-00-00T00:00:00.000000" + style.zone).toCharArray();
    }

    void write(JsonGenerator json, long timeNs) throws IOException {
        if (style == Style.MILLISECONDS) {
            json.writeNumber(milliseconds(timeNs));
        } else {
            set(timeNs);
            json.writeString(text, 0, text.length);
        }
    }

    private static long milliseconds(long timeNs) {
        return Math.floorDiv(timeNs, 1_000_000L);
    }

    String of(long timeNs) {
        if (style == Style.MILLISECONDS) {
            return Long.toString(milliseconds(timeNs));
        }
        set(timeNs);
        return new String(text);
    }

    private void set(long timeNs) {
        long wanted = Math.floorDiv(timeNs, 1_000_000_000L);
        if (wanted != second) {
            second = wanted;
            LocalDateTime time = LocalDateTime.ofEpochSecond(wanted, 0, ZoneOffset.UTC);
            digits(Math.min(9999, Math.max(0, time.getYear())), 0, 4);
            digits(time.getMonthValue(), 5, 2);
            digits(time.getDayOfMonth(), 8, 2);
            digits(time.getHour(), 11, 2);
            digits(time.getMinute(), 14, 2);
            digits(time.getSecond(), 17, 2);
        }
        digits((int) (timeNs - wanted * 1_000_000_000L) / 1_000, FRACTION_AT, 6);
    }

    private void digits(int number, int from, int width) {
        int rest = number;
        for (int at = from + width - 1; at >= from; at--) {
            text[at] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
