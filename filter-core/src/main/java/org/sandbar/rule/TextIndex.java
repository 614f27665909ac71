package org.sandbar.rule;

import java.util.List;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.rule.TextPattern.Place;

/**
 * Finds, in one pass over a field's text, which of many literals stand in it, letter case apart: the automaton of Aho and Corasick with
 * a table of transitions. Letters without an ASCII form are none of any literal. Immutable, any thread.
 */
final class TextIndex implements RuleIndex.Part {
    /** Of a longer literal the beginning is looked for: it bounds the automaton, and tells as much. */
    private static final int LONGEST = 16;

    private static final int LETTERS = 0x80;

    private final Field field;
    /** By letter its column, of which the first is for all that stand in no literal. */
    private final byte[] columns = new byte[LETTERS];

    private final int width;
    /** By where a node's row begins and the letter's column: where the next node's does, and the complement of it where that completes a literal. */
    private final int[] next;
    /** By node: itself or the longest proper ending of it that completes a literal; 0 where none does. */
    private final int[] completes;
    /** By node: the same of its longest proper ending. */
    private final int[] endings;
    /** By node: the first of the literals that it completes, from 1; they are chained by {@link #more}. */
    private final int[] literals;

    private final int[] more;
    private final int[] rules;
    private final byte[] lengths;
    private final Place[] places;

    TextIndex(Field field, List<RuleIndex.Entry> entries) {
        this.field = field;
        int count = entries.size() + 1;
        more = new int[count];
        rules = new int[count];
        lengths = new byte[count];
        places = new Place[count];
        Trie trie = new Trie(entries);
        width = trie.width(columns);
        literals = new int[trie.mostNodes];
        for (int i = 1; i < count; i++) {
            add(i, entries.get(i - 1), trie);
        }
        next = new int[trie.nodes * width];
        completes = new int[trie.nodes];
        endings = new int[trie.nodes];
        complete(trie);
    }

    /** Whether a folded letter can be one of a literal. */
    static boolean hasLetter(char folded) {
        return folded < LETTERS;
    }

    private static String text(RuleIndex.Entry entry) {
        String text = (String) entry.fact().value();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private void add(int literal, RuleIndex.Entry entry, Trie trie) {
        String text = text(entry);
        int node = trie.add(text, columns);
        boolean cut = text.length() < ((String) entry.fact().value()).length();
        Place place = entry.fact().place();
        boolean atStart = place == Place.WHOLE || place == Place.START;
        places[literal] = !cut ? place : atStart ? Place.START : Place.ANYWHERE;
        lengths[literal] = (byte) text.length();
        rules[literal] = entry.rule();
        more[literal] = literals[node];
        literals[node] = literal;
    }

    /** Where no edge leads on, the longest ending of what was read does: level by level, so that a node's ending is done before it. */
    private void complete(Trie trie) {
        int[] queue = new int[trie.nodes];
        int[] ending = new int[trie.nodes];
        int filled = 1;
        for (int done = 0; done < filled; done++) {
            int node = queue[done];
            int row = node * width;
            if (node != 0) {
                System.arraycopy(next, ending[node] * width, next, row, width);
            }
            for (int child = trie.child[node]; child != 0; child = trie.sibling[child]) {
                int edge = row + trie.column[child];
                ending[child] = (next[edge] < 0 ? ~next[edge] : next[edge]) / width;
                endings[child] = completes[ending[child]];
                completes[child] = literals[child] != 0 ? child : endings[child];
                next[edge] = completes[child] != 0 ? ~(child * width) : child * width;
                queue[filled++] = child;
            }
        }
    }

    /** The literals as a tree; a node's children are chained. */
    private static final class Trie {
        final int mostNodes;
        final int[] child;
        final int[] sibling;
        final byte[] column;
        int nodes = 1;

        private final List<RuleIndex.Entry> entries;

        Trie(List<RuleIndex.Entry> entries) {
            this.entries = entries;
            int letters = 0;
            for (RuleIndex.Entry entry : entries) {
                letters += text(entry).length();
            }
            mostNodes = letters + 1;
            child = new int[mostNodes];
            sibling = new int[mostNodes];
            column = new byte[mostNodes];
        }

        /** Gives each letter of the literals a column, in either case, and says how many there are. */
        int width(byte[] columns) {
            int width = 1;
            for (RuleIndex.Entry entry : entries) {
                String text = text(entry);
                for (int i = 0; i < text.length(); i++) {
                    char letter = text.charAt(i);
                    if (columns[letter] == 0) {
                        columns[letter] = (byte) width++;
                        columns[Character.toUpperCase(letter)] = columns[letter];
                    }
                }
            }
            return width;
        }

        /** The node at which the literal ends. */
        int add(String text, byte[] columns) {
            int node = 0;
            for (int i = 0; i < text.length(); i++) {
                byte wanted = columns[text.charAt(i)];
                int at = child[node];
                while (at != 0 && column[at] != wanted) {
                    at = sibling[at];
                }
                if (at == 0) {
                    at = nodes++;
                    column[at] = wanted;
                    sibling[at] = child[node];
                    child[node] = at;
                }
                node = at;
            }
            return node;
        }
    }

    @Override
    public void find(Event event, long[] found) {
        Object value = event.get(field);
        if (value instanceof String text) {
            find(text, found);
        } else if (value instanceof List<?> texts) {
            for (int i = 0; i < texts.size(); i++) {
                find((String) texts.get(i), found);
            }
        }
    }

    private void find(String text, long[] found) {
        // Not read from their fields for each letter: the quick compiler would.
        int[] edges = next;
        byte[] columnOf = columns;
        int row = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char letter = text.charAt(i);
            if (letter >= LETTERS) {
                letter = TextPattern.folded(letter);
            }
            row = letter < LETTERS ? edges[row + columnOf[letter]] : 0;
            if (row < 0) {
                row = ~row;
                tell(completes[row / width], i + 1, length, found);
            }
        }
    }

    private void tell(int longest, int end, int length, long[] found) {
        for (int node = longest; node != 0; node = endings[node]) {
            for (int literal = literals[node]; literal != 0; literal = more[literal]) {
                boolean atStart = end == lengths[literal];
                boolean there =
                        switch (places[literal]) {
                            case WHOLE -> atStart && end == length;
                            case START -> atStart;
                            case END -> end == length;
                            case ANYWHERE -> true;
                        };
                if (there) {
                    RuleIndex.mark(found, rules[literal]);
                }
            }
        }
    }
}
