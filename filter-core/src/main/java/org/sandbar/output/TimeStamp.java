package org.sandbar.output;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Time stamps as EVE spells them, in UTC with microseconds: {@code 2026-11-23T10:00:00.123456+0000}. Keeps the second it wrote
 * last, for most lines share it. One thread.
 */
final class TimeStamp {
    private long second = Long.MIN_VALUE;
    private String prefix;

    String of(long timeNs) {
        long wanted = Math.floorDiv(timeNs, 1_000_000_000L);
        if (wanted != second) {
            second = wanted;
            LocalDateTime time = LocalDateTime.ofEpochSecond(wanted, 0, ZoneOffset.UTC);
            StringBuilder text = new StringBuilder(20);
            digits(text, Math.min(9999, Math.max(0, time.getYear())), 4).append('-');
            digits(text, time.getMonthValue(), 2).append('-');
            digits(text, time.getDayOfMonth(), 2).append('T');
            digits(text, time.getHour(), 2).append(':');
            digits(text, time.getMinute(), 2).append(':');
            digits(text, time.getSecond(), 2).append('.');
            prefix = text.toString();
        }
        StringBuilder text = new StringBuilder(31).append(prefix);
        return digits(text, (int) (Math.floorMod(timeNs, 1_000_000_000L) / 1_000), 6)
                .append("+0000")
                .toString();
    }

    private static StringBuilder digits(StringBuilder text, int number, int width) {
        for (int power = POWERS[width - 1]; power > 0; power /= 10) {
            text.append((char) ('0' + number / power % 10));
        }
        return text;
    }

    private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000};
}
