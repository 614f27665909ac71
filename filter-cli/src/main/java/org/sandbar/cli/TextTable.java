package org.sandbar.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: columns as wide as need be with two blanks between them, the last one as it is. */
final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    /** As many cells in every row. */
    void row(String... cells) {
        rows.add(cells);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int[] widths = widths();
        for (String[] row : rows) {
            int lineAt = text.length();
            for (int i = 0; i < row.length; i++) {
                text.append(row[i]);
                if (i < row.length - 1) {
                    text.append(" ".repeat(widths[i] - length(row[i]) + 2));
                }
            }
            while (text.length() > lineAt && text.charAt(text.length() - 1) == ' ') {
                text.setLength(text.length() - 1);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], length(row[i]));
            }
        }
        return widths;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
