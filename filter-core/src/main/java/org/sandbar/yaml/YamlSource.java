package org.sandbar.yaml;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.yaml.Fault.Severity;

/** The text of one file, or of one line of it, in lines, and the list that its faults go to. */
final class YamlSource {
    private final String file;
    private final String text;
    private final int linesBefore;
    private final List<Fault> faults;
    private List<String> lines;

    YamlSource(String file, String text, List<Fault> faults) {
        this(file, 0, text, faults);
    }

    /** The text has so many lines of the file before it. */
    YamlSource(String file, int linesBefore, String text, List<Fault> faults) {
        this.file = file;
        this.linesBefore = linesBefore;
        this.text = text;
        this.faults = faults;
    }

    String file() {
        return file;
    }

    /** The line of the file that is this one of the text. */
    int inFile(int line) {
        return linesBefore + line;
    }

    String text() {
        return text;
    }

    void fault(int line, int column, String message) {
        fault(Severity.ERROR, line, column, message);
    }

    /** Once for each place and message: who reads a node twice does not tell its fault twice. */
    void fault(Severity severity, int line, int column, String message) {
        Fault fault = new Fault(severity, file, inFile(line), column, message, line(line));
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }

    /** Where the reader that counts code points of the whole file stopped. */
    void faultAtCodePoint(int position, String message) {
        faultAtIndex(indexOf(position), message);
    }

    /**
     * At a scalar's character. Folding and indentation change blanks alone, so the characters of the value that are not blank are
     * those of the file, one by one; an escape in quotes breaks that, and then the scalar's beginning must do.
     */
    void faultInside(YamlScalar scalar, int offset, String message) {
        String value = scalar.text();
        int at = contentAt(scalar);
        for (int i = 0; i < value.length(); i++) {
            if (Character.isWhitespace(value.charAt(i))) {
                continue;
            }
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length() || text.charAt(at) != value.charAt(i)) {
                scalar.fault(message);
                return;
            }
            if (i >= offset) {
                break;
            }
            at++;
        }
        faultAtIndex(at, message);
    }

    private int contentAt(YamlScalar scalar) {
        int at = indexOf(scalar.startAt());
        if (scalar.isBlock()) {
            return Math.max(at, text.indexOf('\n', at));
        }
        return scalar.isPlain() ? at : at + 1;
    }

    private int indexOf(int codePoint) {
        return text.offsetByCodePoints(0, Math.min(codePoint, text.codePointCount(0, text.length())));
    }

    private void faultAtIndex(int index, String message) {
        int line = 1;
        int lineAt = 0;
        for (int at = 0; at < index; at++) {
            if (endsLine(at)) {
                line++;
                lineAt = at + 1;
            }
        }
        fault(line, text.codePointCount(lineAt, index) + 1, message);
    }

    private String line(int number) {
        return number >= 1 && number <= lines().size() ? lines().get(number - 1) : "";
    }

    private List<String> lines() {
        if (lines == null) {
            lines = new ArrayList<>();
            int from = 0;
            for (int at = 0; at < text.length(); at++) {
                if (endsLine(at)) {
                    int end = text.charAt(at) == '\n' && at > from && text.charAt(at - 1) == '\r' ? at - 1 : at;
                    lines.add(text.substring(from, end));
                    from = at + 1;
                }
            }
            lines.add(text.substring(from));
        }
        return lines;
    }

    private boolean endsLine(int at) {
        char letter = text.charAt(at);
        boolean crLf = letter == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
        return letter == '\n' || letter == '\r' && !crLf;
    }
}
