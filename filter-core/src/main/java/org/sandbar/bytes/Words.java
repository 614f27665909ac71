package org.sandbar.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words by which events tell constants, and people write them: {@code length-missing} for {@code LENGTH_MISSING}. Any thread. */
public final class Words {
    private Words() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Of the constants whose bit is set, which is that of their place, or null where none is.
     *
     * @param all constants of the enumeration, in their order
     */
    public static List<String> of(Enum<?>[] all, long bits) {
        if (bits == 0) {
            return null;
        }
        List<String> words = new ArrayList<>(Long.bitCount(bits));
        for (long left = bits; left != 0; left &= left - 1) {
            words.add(of(all[Long.numberOfTrailingZeros(left)]));
        }
        return words;
    }
}
