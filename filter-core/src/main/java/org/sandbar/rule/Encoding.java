package org.sandbar.rule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** What Sigma's modifiers of that name make of a value's bytes before they are looked for. */
enum Encoding {
    BASE64,
    /** As it stands within a longer encoded text: what of it does not depend on its neighbours, in each of three positions. */
    BASE64OFFSET,
    WIDE,
    UTF16LE,
    UTF16BE,
    /** Little-endian, behind a byte order mark. */
    UTF16;

    /** Fewer, and in one position nothing is left of them. */
    static final int LEAST_TO_FIND = 2;

    private final String modifier = name().toLowerCase(Locale.ROOT);

    static Encoding named(String modifier) {
        for (Encoding encoding : values()) {
            if (encoding.modifier.equals(modifier)) {
                return encoding;
            }
        }
        return null;
    }

    String modifier() {
        return modifier;
    }

    boolean isBase64() {
        return this == BASE64 || this == BASE64OFFSET;
    }

    /** One encoded form, or three. */
    List<byte[]> of(byte[] value) {
        return switch (this) {
            case BASE64 -> List.of(Base64.getEncoder().encode(value));
            case BASE64OFFSET -> List.of(shifted(value, 0), shifted(value, 1), shifted(value, 2));
            case WIDE, UTF16LE -> List.of(text(value).getBytes(StandardCharsets.UTF_16LE));
            case UTF16BE -> List.of(text(value).getBytes(StandardCharsets.UTF_16BE));
            case UTF16 -> List.of(("\ufeff" + text(value)).getBytes(StandardCharsets.UTF_16LE));
        };
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] shifted(byte[] value, int shift) {
        byte[] behind = new byte[shift + value.length];
        System.arraycopy(value, 0, behind, shift, value.length);
        // Six bits a letter: the first that holds none of what is before, and the last that is full.
        int from = (shift * 8 + 5) / 6;
        int to = behind.length * 8 / 6;
        return Arrays.copyOfRange(Base64.getEncoder().encode(behind), from, to);
    }
}
