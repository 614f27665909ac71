package org.sandbar.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.sandbar.event.Event;
import org.sandbar.verdict.Alert;

/**
 * What all formats of a line a record have in common: which kinds of events are wanted, where the lines go, and that none is longer than
 * {@link #LONGEST_LINE} bytes: one that would be is written with its texts cut. One thread.
 */
abstract class LineSink implements EventSink {
    static final int LONGEST_LINE = 8_191;

    private static final int[] TEXT_LIMITS = {4_096, 512, 96, 24};
    private static final int LEAST_TEXT = 8;

    final LineBuffer line;
    private final Set<String> wanted;

    LineSink(OutputStream out, String destination, Set<String> wanted) {
        line = new LineBuffer(out, destination);
        this.wanted = wanted;
    }

    /**
     * Writes one record to {@link #line}, without ending it.
     *
     * @param alert the alert that it is about, or null for the event itself
     * @param textLimit characters after which each text in it is cut, and entries after which each list is
     */
    abstract void write(Event event, Alert alert, int textLimit) throws IOException;

    @Override
    public void event(Event event) {
        if (isWanted(event.kind().name())) {
            writeLine(event, null);
        }
    }

    @Override
    public void alert(Alert alert) {
        if (isWanted("alert")) {
            writeLine(alert.event(), alert);
        }
    }

    private void writeLine(Event event, Alert alert) {
        try {
            for (int limit : TEXT_LIMITS) {
                write(event, alert, limit);
                if (line.lineLength() <= LONGEST_LINE) {
                    line.endLine();
                    return;
                }
                line.takeBackLine();
            }
            write(event, alert, LEAST_TEXT);
            line.endLine();
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory cannot fail", impossible);
        }
    }

    /** Where nothing is named all is wanted. */
    final boolean isWanted(String kind) {
        return wanted.isEmpty() || wanted.contains(kind);
    }

    @Override
    public void flush() {
        line.flushOut();
    }

    @Override
    public void close() {
        line.close();
    }
}
