package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sandbar.bytes.Text;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.flow.Conversation;
import org.sandbar.output.EveSink;
import org.sandbar.output.EventSink;
import org.sandbar.output.Format;
import org.sandbar.protocol.http.HttpEvents;
import org.sandbar.rule.Rule;
import org.sandbar.verdict.Alert;
import org.sandbar.wire.Address;

/** Whatever is on the wire: one record in is one record out, with the same values, and nothing in it acts on who looks at it. */
class HostileTextTest {
    private static final int ROUNDS = 400;
    private static final String[] PIECES = {
        "\r\n",
        "\n",
        "\r",
        "\t",
        "\0",
        "\u0007",
        "\b",
        "\u001b[31m",
        "\u001b]0;title\u0007",
        "\u009b31m",
        "\u0085",
        "\u007f",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u200f",
        "\u2066",
        "\u061c",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\udb40\udc41",
        "\ud800",
        "\udc00",
        "\"",
        "\\",
        "\\\"",
        "\\u",
        "\\u000a",
        "\\\\u000a",
        "\\n",
        "\\x1b",
        "'",
        "`",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"},{\"event_type\":\"alert\"",
        "|",
        "\\|",
        "=",
        "\\=",
        " ",
        "  ",
        " src=1.2.3.4",
        " cs1=x cs1Label=y",
        "CEF:0|a|b|c|d|e|10|",
        "\nCEF:0|a|b|c|d|e|10|",
        "\tsrc=1.2.3.4",
        "LEEF:2.0|a|b|c|d|^|",
        "^",
        "%n%s",
        "<script>",
        "\n2026-11-24T00:00:00.000000+0000  [**] [4502:1:1] x",
        "…",
        "é",
        "中文",
        "😀",
        "a",
        "Z",
        "0",
        "\u00c3",
        "\ufffd",
        "\uffff"
    };

    /** By Unicode's categories, not by Sandbar's idea of them. */
    private static final Pattern ACTS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private final Random random = new Random(4502);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @EnumSource
    void isTheSameAfterwards(Format format) throws CharacterCodingException {
        EventSink sink = format.sink(out, "memory", false, Set.of());
        for (int round = 0; round < ROUNDS; round++) {
            check(format, sink, new String[] {text(20), text(20), text(20), text(20)}, true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isCutWhereItIsTooLong(Format format) throws CharacterCodingException {
        EventSink sink = format.sink(out, "memory", false, Set.of());
        for (String piece : PIECES) {
            String token = piece.repeat(8_192 / piece.length());
            check(format, sink, new String[] {token, token, token, token}, false);
            check(format, sink, new String[] {token, text(9), text(1_000), piece}, false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesThatAreNoTextAreShown(Format format) throws CharacterCodingException {
        EventSink sink = format.sink(out, "memory", false, Set.of());
        byte[] bytes = new byte[30];
        for (int round = 0; round < ROUNDS / 4; round++) {
            random.nextBytes(bytes);
            String text = Text.of(bytes, 0, bytes.length);
            check(format, sink, new String[] {text, text, text, text}, true);
        }
    }

    private String text(int pieces) {
        StringBuilder text = new StringBuilder();
        for (int piece = random.nextInt(pieces + 1); piece >= 0; piece--) {
            int letter = random.nextInt(Character.MAX_CODE_POINT + 1);
            text.append(random.nextInt(9) > 0 ? PIECES[random.nextInt(PIECES.length)] : Character.toString(letter));
        }
        return text.toString();
    }

    private void check(Format format, EventSink sink, String[] texts, boolean whole) throws CharacterCodingException {
        Event event = event(texts);
        Alert alert = new Alert(rule(whole ? texts[3] : "title"), event);
        out.reset();
        sink.event(event);
        sink.alert(alert);
        sink.flush();
        // Strict: what is no UTF-8 is an error.
        String written = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(out.toByteArray()))
                .toString();
        assertTrue(written.endsWith("\n"));
        List<String> lines = Arrays.asList(written.split("\n", -1));
        assertEquals(format == Format.TEXT ? 2 : 3, lines.size(), written);
        if (format != Format.TEXT) {
            assertEquals(alert.rule().title(), title(format, lines.get(1)));
        }
        for (String line : lines.subList(0, lines.size() - 1)) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= EveSink.LONGEST_LINE, line);
            // The delimiter of LEEF is a control character itself.
            String shown = format == Format.LEEF ? line.replace('\t', ' ') : line;
            assertFalse(ACTS.matcher(shown).find(), line);
            if (format != Format.TEXT) {
                compare(texts, values(format, line), whole);
            }
        }
    }

    private static void compare(String[] expected, List<String> found, boolean whole) {
        for (int i = 0; i < expected.length; i++) {
            String value = found.get(i);
            if (whole) {
                assertEquals(expected[i], value);
            } else if (!value.equals(expected[i])) {
                assertTrue(value.endsWith("…"), value);
                assertTrue(expected[i].startsWith(value.substring(0, value.length() - 1)), value);
            }
        }
    }

    private static String title(Format format, String line) {
        return switch (format) {
            case EVE -> Run.event(line).at("/alert/signature").asText();
            case ECS, OCSF -> Run.event(line).at("/message").asText();
            case CEF -> Pairs.plain(Pairs.ofCef(line).get("name"));
            case LEEF -> Pairs.plain(Pairs.ofLeef(line).get("sandbarTitle"));
            case TEXT -> throw new IllegalArgumentException();
        };
    }

    /** Where each format's standard has these facts. */
    private static List<String> values(Format format, String line) {
        return switch (format) {
            case EVE -> json(line, "/http/url", "/http/http_user_agent", "/sandbar/http");
            case ECS -> json(line, "/url/original", "/user_agent/original", "/sandbar/http");
            case OCSF -> {
                String request = line.contains("\"class_uid\":2004") ? "/evidences/0/http_request" : null;
                yield request == null
                        ? json(line, "/url/url_string", "/unmapped/http/http_user_agent", "/unmapped/http")
                        : json(line, request + "/url/url_string", request + "/user_agent", "/unmapped/http");
            }
            case CEF -> pairs(Pairs.ofCef(line), "request", "requestClientApplication");
            case LEEF -> pairs(Pairs.ofLeef(line), "url", "sandbarHttpHttpUserAgent");
            case TEXT -> throw new IllegalArgumentException();
        };
    }

    private static List<String> json(String line, String url, String agent, String own) {
        JsonNode record = Run.event(line);
        List<String> values = new ArrayList<>(
                List.of(record.at(url).asText(), record.at(agent).asText()));
        record.at(own + "/evidence").forEach(entry -> values.add(entry.asText()));
        values.add(record.at(own + "/length_readings/0/body").asText());
        assertEquals(5, values.size(), line);
        return List.of(values.get(0), values.get(1), values.get(2), values.get(4));
    }

    private static List<String> pairs(Map<String, String> record, String url, String agent) {
        String[] evidence = record.get("sandbarHttpEvidence").split(",", -1);
        assertEquals(2, evidence.length);
        String table = record.get("sandbarHttpLengthReadings");
        return List.of(
                Pairs.plain(record.get(url)),
                Pairs.plain(record.get(agent)),
                Pairs.plain(evidence[0]),
                Run.event(table).at("/0/body").asText());
    }

    private static Event event(String[] texts) {
        Conversation flow = new Conversation(
                1, Address.parse("192.168.1.5"), 40_000, Address.parse("2001:db8::1"), 80, 6, 0, 0, false);
        return Event.at(HttpEvents.HTTP, flow, 7, 1_795_525_786_946_456_000L)
                .set(Common.TRUST_CLASS, "unknown")
                .set(HttpEvents.URL, texts[0])
                .set(HttpEvents.USER_AGENT, texts[1])
                .set(HttpEvents.EVIDENCE, List.of(texts[2], "b"))
                .set(HttpEvents.LENGTH_READINGS, List.of(Map.of("body", texts[3])));
    }

    private static Rule rule(String title) {
        return new Rule(
                "some-rule",
                title,
                new UUID(1, 2),
                Rule.Status.TEST,
                Rule.Level.HIGH,
                title,
                List.of("attack.t1090", "cwe.441"),
                List.of(),
                List.of(),
                1,
                1,
                Rule.Action.ALERT,
                Rule.OncePer.EVENT,
                Map.of());
    }
}
