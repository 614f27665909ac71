package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Ascii;

/** What is wrong with the message at hand: its faults, and, as they came, the lines that have them. One analyzer's thread. */
final class Findings {
    private static final int MOST_EVIDENCE = 8;

    private long faults;
    private List<String> evidence;

    void clear() {
        faults = 0;
        evidence = null;
    }

    /**
     * What any header line can have that it should not: its name ends at {@code nameEnd}, at {@code colon} stands the colon, if there is
     * one.
     */
    void judgeLine(Lines lines, boolean first, int nameEnd, int colon) {
        byte[] line = lines.bytes();
        int from = lines.from();
        int to = lines.to();
        if (lines.folds() == 0
                && !lines.isCut()
                && !lines.isBareLineFeed()
                && nameEnd == colon
                && Ascii.isPlain(line, from, to)) {
            return;
        }
        fault(Fault.HEADER_FOLDED, lines.folds() > 0);
        fault(Fault.BARE_LINE_FEED, lines.isBareLineFeed());
        fault(Fault.HEADER_WITHOUT_COLON, colon < 0);
        fault(Fault.HEADER_TOO_LONG, lines.isCut());
        fault(Fault.HEADER_SPACE_BEFORE_COLON, nameEnd < colon);
        fault(Fault.HEADER_SPACE_FIRST, first && from < to && Ascii.isBlank(line[from]));
        for (int at = from; at < to; at++) {
            int letter = line[at];
            fault(Fault.HEADER_NUL, letter == 0);
            fault(Fault.BARE_CARRIAGE_RETURN, letter == '\r');
            fault(
                    Fault.HEADER_CONTROL,
                    letter > 0 && letter < ' ' && letter != '\t' && letter != '\r' || letter == 0x7f);
            fault(Fault.HEADER_NON_ASCII, letter < 0);
            fault(Fault.HEADER_NAME_INVALID, at < nameEnd && (letter <= ' ' || letter == 0x7f));
        }
    }

    /** Keeps a line, as it came, for whoever wants to see what a rule fired on. */
    void keepEvidence(String raw) {
        if (evidence == null) {
            evidence = new ArrayList<>(2);
        }
        if (evidence.size() < MOST_EVIDENCE && !evidence.contains(raw)) {
            evidence.add(raw);
        }
    }

    /** The lines that were kept, or null. */
    List<String> evidence() {
        return evidence;
    }

    void fault(Fault fault, boolean holds) {
        if (holds) {
            faults |= fault.bit();
        }
    }

    void faults(long more) {
        faults |= more;
    }

    long faults() {
        return faults;
    }
}
