package org.sandbar.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Something wrong in a file that a person wrote: where it stands, what it is, and the line that it stands in. Lines and columns
 * count from 1, columns in characters (code points); {@code sourceLine} is empty where there is none to show.
 */
public record Fault(Severity severity, String file, int line, int column, String message, String sourceLine) {
    /** Whether the file cannot be used, or can, but not as somebody may have meant it. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** By file, and from the top of it to its end. */
    public static final Comparator<Fault> ORDER =
            Comparator.comparing(Fault::file).thenComparingInt(Fault::line).thenComparingInt(Fault::column);

    public Fault(String file, int line, int column, String message, String sourceLine) {
        this(Severity.ERROR, file, line, column, message, sourceLine);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** As compilers tell it, {@code file:line:column: error: message}, with the source line and a caret beneath. */
    public String text() {
        StringBuilder text = new StringBuilder(file)
                .append(':')
                .append(line)
                .append(':')
                .append(column)
                .append(": ")
                .append(severity.name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(message);
        if (!sourceLine.isEmpty()) {
            text.append("\n    ").append(sourceLine).append("\n    ");
            int before = 0;
            for (int at = 0; at < sourceLine.length() && before < column - 1; before++) {
                // A tab stays a tab, or the caret would stand elsewhere than the character.
                text.append(sourceLine.charAt(at) == '\t' ? '\t' : ' ');
                at += Character.charCount(sourceLine.codePointAt(at));
            }
            text.append('^');
        }
        return text.toString();
    }

    /** The texts of all of them, in {@link #ORDER}, a line break between. */
    public static String text(List<Fault> faults) {
        List<Fault> ordered = new ArrayList<>(faults);
        ordered.sort(ORDER);
        StringBuilder text = new StringBuilder();
        for (Fault fault : ordered) {
            text.append(text.isEmpty() ? "" : "\n").append(fault.text());
        }
        return text.toString();
    }
}
