package org.sandbar.capture;

/**
 * An interface as a pcapng section describes it, and how its 64-bit times count:
 * {@code 10^-n} or, with the top bit of {@code resolution} set, {@code 2^-n} of a second, from {@code offsetSeconds} on. Times that
 * nanoseconds since 1970 cannot hold become the nearest that they can. Immutable.
 */
record PcapngInterface(
        NetworkInterface described, int resolution, long offsetSeconds, long unitNs, long plainBelow, long offsetNs) {
    static final int MICROSECONDS = 6;
    static final int NANOSECONDS = 9;

    private static final long SECOND = 1_000_000_000L;
    private static final int BINARY = 0x80;

    /** So many seconds, either way, fit in nanoseconds. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / SECOND - 1;

    static PcapngInterface of(NetworkInterface described, int resolution, long offsetSeconds) {
        boolean plain = resolution <= NANOSECONDS && Math.abs(clamp(offsetSeconds)) < MOST_SECONDS / 2;
        long unitNs = plain ? powerOfTen(NANOSECONDS - resolution) : 0;
        return new PcapngInterface(
                described,
                resolution,
                offsetSeconds,
                unitNs,
                plain ? Long.MAX_VALUE / 2 / unitNs : 0,
                plain ? offsetSeconds * SECOND : 0);
    }

    /** A packet's time in nanoseconds since 1970. */
    long timeNs(int high, int low) {
        long units = (long) high << 32 | low & 0xffff_ffffL;
        return units >= 0 && units < plainBelow ? units * unitNs + offsetNs : unusualTimeNs(units);
    }

    private long unusualTimeNs(long units) {
        int power = resolution & ~BINARY;
        boolean binary = (resolution & BINARY) != 0;
        if (power > (binary ? 63 : 19)) {
            return clamp(offsetSeconds) * SECOND;
        }
        long perSecond = binary ? 1L << power : powerOfTen(power);
        long seconds = Long.divideUnsigned(units, perSecond);
        long rest = Long.remainderUnsigned(units, perSecond);
        long restNs = binary
                ? shiftRight(Math.multiplyHigh(rest, SECOND), rest * SECOND, power)
                : power <= NANOSECONDS
                        ? rest * powerOfTen(NANOSECONDS - power)
                        : Long.divideUnsigned(rest, powerOfTen(power - NANOSECONDS));
        long whole = seconds < 0 ? MOST_SECONDS : clamp(seconds);
        return clamp(whole + clamp(offsetSeconds)) * SECOND + restNs;
    }

    private static long shiftRight(long high, long low, int bits) {
        return bits == 0 ? low : high << 64 - bits | low >>> bits;
    }

    private static long clamp(long seconds) {
        return Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, seconds));
    }

    /** As an unsigned number, up to 10^19. */
    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
