package org.sandbar.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.Pipeline;

/** One line on a terminal that says how far a long run has come: bytes, rate, time left, alerts. Silent for the first second. */
final class ProgressLine implements Pipeline.Progress {
    private static final long INTERVAL_NS = 250_000_000L;
    private static final long SILENT_NS = 1_000_000_000L;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream terminal;
    private final long totalBytes;
    private final Correlator correlator;
    private final long startNs = System.nanoTime();
    private long shownNs = startNs + SILENT_NS - INTERVAL_NS;
    private boolean shown;

    /** Shows nothing where the terminal is null. */
    ProgressLine(PrintStream terminal, long totalBytes, Correlator correlator) {
        this.terminal = terminal;
        this.totalBytes = totalBytes;
        this.correlator = correlator;
    }

    @Override
    public void reached(long sourceBytes, long packets) {
        if (terminal == null) {
            return;
        }
        long nowNs = System.nanoTime();
        if (nowNs - shownNs < INTERVAL_NS) {
            return;
        }
        shownNs = nowNs;
        shown = true;
        terminal.print(ERASE + text(sourceBytes, packets, (nowNs - startNs) / 1e9));
        terminal.flush();
    }

    private String text(long sourceBytes, long packets, double seconds) {
        double rate = sourceBytes / seconds;
        StringBuilder text = new StringBuilder(Summary.bytes(sourceBytes));
        if (totalBytes > 0) {
            text.append(" of ").append(Summary.bytes(totalBytes));
            text.append(String.format(Locale.ROOT, " (%.0f%%)", 100.0 * sourceBytes / totalBytes));
        }
        text.append(", ").append(Summary.bytes((long) rate)).append("/s");
        text.append(", ").append(Summary.count(packets)).append(" packets");
        if (totalBytes > sourceBytes && rate > 0) {
            text.append(", ")
                    .append(Summary.seconds((totalBytes - sourceBytes) / rate))
                    .append(" left");
        }
        return text.append(", ")
                .append(Summary.count(correlator.alerts()))
                .append(" alerts")
                .toString();
    }

    void erase() {
        if (shown) {
            terminal.print(ERASE);
            terminal.flush();
        }
    }
}
