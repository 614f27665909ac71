package org.sandbar.yaml;

import java.util.List;

/** What somebody probably meant who wrote a word that nobody knows. Stateless, any thread. */
public final class Spelling {
    private static final int MOST_LISTED = 12;

    private Spelling() {}

    /** The end of a message about an unknown word: the known word next to it, or, where none is near, the few that are known. */
    public static String hint(String word, List<String> known) {
        String nearest = nearest(word, known);
        if (nearest != null) {
            return ": did you mean '" + nearest + "'?";
        }
        return known.isEmpty() || known.size() > MOST_LISTED ? "" : "; known: " + String.join(", ", known);
    }

    /** The known word with the fewest slips from this one, or null where a third of its letters would have to be wrong. */
    public static String nearest(String word, List<String> known) {
        String nearest = null;
        int fewest = Math.min(Math.max(1, word.length() / 3), word.length() - 1) + 1;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) < fewest) {
                int slips = slips(word, candidate);
                if (slips < fewest) {
                    fewest = slips;
                    nearest = candidate;
                }
            }
        }
        return nearest;
    }

    /** Letters wrong, missing, too many or swapped with their neighbour (optimal string alignment); letter case is no slip. */
    static int slips(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int wrong = same(one, i, other, j) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + wrong, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && same(one, i, other, j - 1) && same(one, i - 1, other, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[other.length()];
    }

    private static boolean same(String one, int i, String other, int j) {
        return Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
    }
}
