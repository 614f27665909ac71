package org.sandbar.rule;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** What Sigma's modifiers of that name take out of a time, in UTC; the week is that of ISO 8601. */
enum TimePart {
    MINUTE(0, 59),
    HOUR(0, 23),
    DAY(1, 31),
    WEEK(1, 53),
    MONTH(1, 12),
    YEAR(1970, 9999);

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;
    private static final long HOUR_NS = 60 * MINUTE_NS;
    private static final long DAY_NS = 24 * HOUR_NS;

    private final String modifier = name().toLowerCase(Locale.ROOT);
    final int least;
    final int most;

    TimePart(int least, int most) {
        this.least = least;
        this.most = most;
    }

    static TimePart named(String modifier) {
        for (TimePart part : values()) {
            if (part.modifier.equals(modifier)) {
                return part;
            }
        }
        return null;
    }

    /** Of nanoseconds since 1970. */
    int of(long timeNs) {
        return switch (this) {
            case MINUTE -> (int) (Math.floorMod(timeNs, HOUR_NS) / MINUTE_NS);
            case HOUR -> (int) (Math.floorMod(timeNs, DAY_NS) / HOUR_NS);
            case DAY -> date(timeNs).getDayOfMonth();
            case WEEK -> date(timeNs).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTH -> date(timeNs).getMonthValue();
            case YEAR -> date(timeNs).getYear();
        };
    }

    private static LocalDate date(long timeNs) {
        return LocalDate.ofEpochDay(Math.floorDiv(timeNs, DAY_NS));
    }
}
