package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Readers of CEF and LEEF, written from their specifications and from nothing of Sandbar's: header and pairs in one map. Strict. */
final class Pairs {
    private static final List<String> CEF_HEADER =
            List.of("version", "vendor", "product", "productVersion", "id", "name", "severity");
    private static final List<String> LEEF_HEADER = List.of("version", "vendor", "product", "productVersion", "id");
    /** A key stands at the beginning or behind a blank, and before an equals sign that is not escaped. */
    private static final Pattern CEF_KEY = Pattern.compile("(?:^| )([A-Za-z0-9]+)=");

    private Pairs() {}

    /** ArcSight's: "pipes and backslashes in the header are escaped", "equals signs, backslashes and line ends in the extension". */
    static Map<String, String> ofCef(String line) {
        assertTrue(line.startsWith("CEF:0|"), line);
        Map<String, String> record = new LinkedHashMap<>();
        int from = 0;
        for (String name : CEF_HEADER) {
            int to = from;
            while (line.charAt(to) != '|') {
                to += line.charAt(to) == '\\' ? 2 : 1;
            }
            record.put(name, unescaped(line.substring(from, to), "\\|"));
            from = to + 1;
        }
        String extension = line.substring(from);
        List<MatchResult> keys = CEF_KEY.matcher(extension).results().toList();
        assertFalse(keys.isEmpty() || keys.get(0).start() != 0, line);
        for (int i = 0; i < keys.size(); i++) {
            int end = i + 1 < keys.size() ? keys.get(i + 1).start() : extension.length();
            String value = unescaped(extension.substring(keys.get(i).end(), end), "\\=nr");
            assertNull(record.put(keys.get(i).group(1), value), line);
        }
        return record;
    }

    private static String unescaped(String text, String allowed) {
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == '\\') {
                letter = text.charAt(++at);
                assertTrue(allowed.indexOf(letter) >= 0, text);
                letter = letter == 'n' ? '\n' : letter == 'r' ? '\r' : letter;
            } else {
                assertFalse(allowed.indexOf(letter) >= 0 && letter < 'a', text);
            }
            plain.append(letter);
        }
        return plain.toString();
    }

    /** IBM's: five fields and the delimiter, one character or its code in hexadecimal, then pairs. Nothing is escaped. */
    static Map<String, String> ofLeef(String line) {
        String[] parts = line.split("\\|", 7);
        assertEquals(7, parts.length, line);
        assertEquals("LEEF:2.0", parts[0], line);
        Map<String, String> record = new LinkedHashMap<>();
        for (int i = 0; i < LEEF_HEADER.size(); i++) {
            record.put(LEEF_HEADER.get(i), parts[i]);
        }
        String delimiter = parts[5].matches("(0x|x)[0-9A-Fa-f]{2,4}")
                ? Character.toString(Integer.parseInt(parts[5].substring(parts[5].indexOf('x') + 1), 16))
                : parts[5];
        for (String pair : parts[6].split(Pattern.quote(delimiter), -1)) {
            int equals = pair.indexOf('=');
            assertTrue(equals > 0 && pair.substring(0, equals).matches("[A-Za-z0-9]+"), line);
            assertNull(record.put(pair.substring(0, equals), pair.substring(equals + 1)), line);
        }
        return record;
    }

    /** What Sandbar wrote before the format had its way: {@code \\uXXXX} is that character. */
    static String plain(String visible) {
        return Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(visible)
                .replaceAll(escape -> java.util.regex.Matcher.quoteReplacement(
                        Character.toString((char) Integer.parseInt(escape.group(1), 16))));
    }
}
