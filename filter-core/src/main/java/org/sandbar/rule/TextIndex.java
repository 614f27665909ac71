package org.sandbar.rule;

import java.util.Arrays;
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

    private int width = 1;
    private int nodes = 1;
    private int[] next;
    /** By node: itself or the longest proper ending of it that completes a literal; 0 where none does. */
    private int[] completes;
    /** By node: the same of its longest proper ending. */
    private int[] endings;
    /** By node: the first of the literals that it completes, from 1; they are chained by {@link #more}. */
    private int[] literals;

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
        int letters = 1;
        for (RuleIndex.Entry entry : entries) {
            String text = text(entry);
            letters += text.length();
            for (int i = 0; i < text.length(); i++) {
                if (columns[text.charAt(i)] == 0) {
                    columns[text.charAt(i)] = (byte) width++;
                }
            }
        }
        next = new int[letters * width];
        literals = new int[letters];
        for (int i = 1; i < count; i++) {
            add(i, entries.get(i - 1));
        }
        next = Arrays.copyOf(next, nodes * width);
        literals = Arrays.copyOf(literals, nodes);
        completes = new int[nodes];
        endings = new int[nodes];
        complete();
    }

    /** Whether a folded letter can be one of a literal. */
    static boolean hasLetter(char folded) {
        return folded < LETTERS;
    }

    private static String text(RuleIndex.Entry entry) {
        String text = (String) entry.fact().value();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private void add(int literal, RuleIndex.Entry entry) {
        String text = text(entry);
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            int edge = node * width + columns[text.charAt(i)];
            if (next[edge] == 0) {
                next[edge] = nodes++;
            }
            node = next[edge];
        }
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
    private void complete() {
        int[] queue = new int[nodes];
        int[] ending = new int[nodes];
        int filled = 0;
        for (int column = 0; column < width; column++) {
            if (next[column] != 0) {
                queue[filled++] = next[column];
            }
        }
        for (int done = 0; done < filled; done++) {
            int node = queue[done];
            int shorter = ending[node];
            endings[node] = completes[shorter];
            completes[node] = literals[node] != 0 ? node : endings[node];
            for (int column = 0; column < width; column++) {
                int edge = node * width + column;
                int target = next[shorter * width + column];
                if (next[edge] == 0) {
                    next[edge] = target;
                } else {
                    ending[next[edge]] = target;
                    queue[filled++] = next[edge];
                }
            }
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
        int node = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char letter = text.charAt(i);
            if (letter >= 'A') {
                letter = letter <= 'Z' ? (char) (letter + 32) : letter < LETTERS ? letter : TextPattern.folded(letter);
            }
            node = letter < LETTERS ? next[node * width + columns[letter]] : 0;
            if (completes[node] != 0) {
                tell(completes[node], i + 1, length, found);
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
