package org.sandbar.protocol.policyfile;

import java.util.BitSet;

/**
 * A set of TCP ports as policies write them: {@code *}, single ports, ranges with both ends, and lists of these with commas. One
 * thread.
 */
final class Ports {
    static final int FIRST_UNPRIVILEGED = 1_024;
    static final int LAST = 65_535;
    static final int SILVERLIGHT_FIRST = 4_502;
    static final int SILVERLIGHT_LAST = 4_534;
    private static final int COUNT = LAST + 1;
    private static final int LONGEST_NUMBER = 5;
    private static final int MOST_RANGES = 64;
    static final String NONE = "none";

    private final BitSet ports = new BitSet();

    /** Of such a list, blanks around its parts allowed; null where it is not one. */
    static Ports parse(String list) {
        Ports ports = new Ports();
        for (String part : list.split(",", -1)) {
            String range = part.strip();
            int dash = range.indexOf('-');
            int first = number(dash < 0 ? range : range.substring(0, dash).strip());
            int last = dash < 0 ? first : number(range.substring(dash + 1).strip());
            if (range.equals("*")) {
                ports.add(0, LAST);
            } else if (first < 0 || last < first) {
                return null;
            } else {
                ports.add(first, last);
            }
        }
        return ports;
    }

    /** What {@link #text} told. */
    static Ports read(String text) {
        return text.equals(NONE) ? new Ports() : parse(text);
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > LONGEST_NUMBER) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number < COUNT ? number : -1;
    }

    private void add(int first, int last) {
        ports.set(first, last + 1);
    }

    void addAll(Ports others) {
        ports.or(others.ports);
    }

    void clear() {
        ports.clear();
    }

    /** Takes out what is not from {@code first} to {@code last}; whether there was any. */
    boolean keep(int first, int last) {
        int before = ports.cardinality();
        ports.clear(0, first);
        ports.clear(last + 1, COUNT);
        return ports.cardinality() < before;
    }

    boolean contains(int port) {
        return ports.get(port);
    }

    int count() {
        return ports.cardinality();
    }

    /** How many of them are below 1024. */
    int countLow() {
        return ports.get(0, FIRST_UNPRIVILEGED).cardinality();
    }

    /** Every port that is not reserved to the privileged. */
    boolean isAll() {
        return ports.nextClearBit(FIRST_UNPRIVILEGED) >= COUNT;
    }

    /** Ranges in rising order, {@code none} where there are none, or null where there are too many to be told. */
    String text() {
        StringBuilder text = new StringBuilder();
        int ranges = 0;
        for (int first = ports.nextSetBit(0); first >= 0; ) {
            int end = ports.nextClearBit(first);
            if (++ranges > MOST_RANGES) {
                return null;
            }
            text.append(text.length() == 0 ? "" : ",").append(first);
            if (end - 1 > first) {
                text.append('-').append(end - 1);
            }
            first = ports.nextSetBit(end);
        }
        return ranges == 0 ? NONE : text.toString();
    }
}
