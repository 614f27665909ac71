package org.sandbar.bytes;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Bytes off the wire as text that can be kept and shown. Plain ASCII and valid UTF-8 stay as they are; where the bytes are neither,
 * each byte over 0x7f becomes {@code \xHH}, so that nothing is lost and nothing is guessed. Control characters are left for the
 * output format to escape. Makes strings: for events, not for every packet. Stateless, any thread.
 */
public final class Text {
    private static final String HEX = "0123456789abcdef";
    private static final String CUT = "…";
    private static final char REPLACEMENT = '\ufffd';

    private Text() {}

    /** At most {@code maxBytes} of {@code [from, to)}; a text that was cut ends in an ellipsis. */
    public static String of(byte[] buffer, int from, int to, int maxBytes) {
        if (to - from <= maxBytes) {
            return of(buffer, from, to);
        }
        int end = from + maxBytes;
        while (end > from && (buffer[end] & 0xc0) == 0x80) {
            end--;
        }
        return of(buffer, from, end) + CUT;
    }

    /** All of {@code [from, to)}. */
    public static String of(byte[] buffer, int from, int to) {
        // The platform decodes ASCII many bytes a step, and a malformed byte shows as the replacement character.
        String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : malformed(buffer, from, to);
    }

    private static String malformed(byte[] buffer, int from, int to) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, from, to - from));
            return text.toString();
        } catch (CharacterCodingException notUtf8) {
            StringBuilder text = new StringBuilder(to - from + 16);
            for (int at = from; at < to; at++) {
                int letter = buffer[at] & 0xff;
                if (letter < 0x80) {
                    text.append((char) letter);
                } else {
                    text.append("\\x").append(HEX.charAt(letter >> 4)).append(HEX.charAt(letter & 15));
                }
            }
            return text.toString();
        }
    }
}
