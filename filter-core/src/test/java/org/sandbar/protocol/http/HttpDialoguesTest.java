package org.sandbar.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;

/** Whole conversations: what is paired with what, however they are cut, and whatever is lost of them. */
class HttpDialoguesTest {
    private static final int MUTATIONS = 20_000;
    private static final String GET = "GET /1 HTTP/1.1\r\nHost: a.example\r\n\r\n";
    private static final String GET2 = "GET /2 HTTP/1.1\r\nHost: a.example\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nGET ";

    private static final HttpProtocol HTTP = new HttpProtocol();

    private record Case(Dialogue dialogue, String summary) {}

    private static Dialogue say() {
        return new Dialogue().between("192.168.1.5", 40_000, "198.51.100.21", 80);
    }

    /** Method, target, interim statuses and status of each event. */
    private static String summary(Dialogue.Told told) {
        List<String> lines = new ArrayList<>();
        for (Event event : told.events) {
            Object interim = event.get(HttpEvents.INTERIM_STATUS);
            Object status = event.get(HttpEvents.STATUS);
            lines.add((event.get(HttpEvents.METHOD) + " " + event.get(HttpEvents.URL) + " "
                            + (interim == null ? "" : interim + " ")
                            + (status == null ? "-" : status)
                            + (event.is(HttpEvents.INCOMPLETE) ? " incomplete" : ""))
                    .replace("null null ", "? "));
        }
        return String.join(", ", lines);
    }

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put(
                "keep-alive",
                new Case(say().client(GET).server(OK).client(GET2).server(NOT_FOUND), "GET /1 200, GET /2 404"));
        cases.put("pipelined", new Case(say().client(GET + GET2).server(OK + NOT_FOUND), "GET /1 200, GET /2 404"));
        cases.put(
                "head",
                new Case(
                        say().client("HEAD /1 HTTP/1.1\r\nHost: a\r\n\r\n" + GET2)
                                .server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + NOT_FOUND),
                        "HEAD /1 200, GET /2 404"));
        cases.put(
                "not modified",
                new Case(
                        say().client(GET + GET2).server("HTTP/1.1 304 NM\r\nContent-Length: 5\r\n\r\n" + NOT_FOUND),
                        "GET /1 304, GET /2 404"));
        cases.put(
                "continue",
                new Case(
                        say().client("POST /1 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
                                .server("HTTP/1.1 100 Continue\r\n\r\n")
                                .client("a=b" + GET2)
                                .server("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + NOT_FOUND),
                        "POST /1 [100, 103] 200, GET /2 404"));
        cases.put(
                "chunked",
                new Case(
                        say().client("POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "4;x=\"y\"\r\nGET \r\n0\r\nTrailer: z\r\n\r\n" + GET2)
                                .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "1A ; ext\r\nabcdefghijklmnop\r\nHTTP/1.1\r\n00\r\nA: b\r\nC: d\r\n\r\n"
                                        + NOT_FOUND),
                        "POST /1 200, GET /2 404"));
        cases.put(
                "until close",
                new Case(
                        say().client(GET)
                                .server("HTTP/1.1 200 OK\r\n\r\nbody\r\nHTTP/1.1 500 no\r\n\r\n")
                                .client(GET2),
                        "GET /1 200, GET /2 -"));
        cases.put(
                "connect",
                new Case(
                        say().client("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n")
                                .server("HTTP/1.1 200 Connection established\r\n\r\n")
                                .client(GET)
                                .server(OK),
                        "CONNECT a:443 200"));
        cases.put(
                "connect refused",
                new Case(
                        say().client("CONNECT a:443 HTTP/1.1\r\n\r\n")
                                .server(NOT_FOUND)
                                .client(GET)
                                .server(OK),
                        "CONNECT a:443 404, GET /1 200"));
        cases.put(
                "upgrade",
                new Case(
                        say().client("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n")
                                .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0081\u0001a")
                                .client(GET),
                        "GET /ws 101"));
        cases.put(
                "bare LF",
                new Case(
                        say().client("GET /1 HTTP/1.1\nHost: a\n\n" + GET2)
                                .server("HTTP/1.1 200 OK\nContent-Length: 1\n\nx" + NOT_FOUND),
                        "GET /1 200, GET /2 404"));
        cases.put(
                "folded",
                new Case(
                        say().client("POST /1 HTTP/1.1\r\nHost:\r\n a.example\r\nContent-Length:\r\n\t\r\n 3\r\n\r\na=b"
                                        + GET2)
                                .server("HTTP/1.1 200 OK\r\nX: y\r\n Content-Length: 9\r\nContent-Length: 1\r\n\r\nx"
                                        + NOT_FOUND),
                        "POST /1 200, GET /2 404"));
        cases.put("HTTP/0.9", new Case(say().client("GET /1\r\n").server("<html>\r\nHTTP/1.1 200\r\n"), "GET /1 -"));
        cases.put(
                "junk between",
                new Case(
                        say().client("\r\n" + GET + "junk\r\n" + GET2)
                                .server(OK + "more than said\r\n\r\n" + NOT_FOUND),
                        "GET /1 200, GET /2 404"));
        cases.put(
                "broken chunk",
                new Case(
                        say().client(GET + GET2)
                                .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n" + NOT_FOUND),
                        "GET /1 200, GET /2 -"));
        cases.put(
                "length twice",
                new Case(
                        say().client("POST /1 HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\na=b\r\n" + GET2)
                                .server(OK + NOT_FOUND),
                        "POST /1 200, GET /2 404"));
        cases.put(
                "response first",
                new Case(say().server(OK).client(GET + GET2).server(NOT_FOUND), "GET /1 200, GET /2 404"));
        cases.put("no request", new Case(say().server(OK), "? 200"));
        cases.put("no response", new Case(say().client(GET + GET2), "GET /1 -, GET /2 -"));
        cases.put("interim alone", new Case(say().client(GET).server("HTTP/1.1 100 C\r\n\r\nbody"), "GET /1 [100] -"));
        cases.put(
                "broken off",
                new Case(
                        say().client(GET + "GET /2 HTTP/1.1\r\nHost: a\r\nX: y")
                                .server(OK + "HTTP/1.1 404 NF\r\nX: y\r\n"),
                        "GET /1 200, GET /2 404 incomplete"));
        cases.put(
                "white space first",
                new Case(
                        say().client(GET + GET2).server(" \t\r\n" + OK + "\n\r" + NOT_FOUND),
                        "GET /1 200, GET /2 404"));
        return cases;
    }

    @TestFactory
    List<DynamicTest> pairsThem() {
        List<DynamicTest> tests = new ArrayList<>();
        cases().forEach((name, told) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            assertEquals(told.summary, summary(told.dialogue.play(HTTP)));
            staysTheSameHoweverCut(told.dialogue);
        })));
        return tests;
    }

    private static void staysTheSameHoweverCut(Dialogue dialogue) {
        List<String> expected = dialogue.play(HTTP).lines();
        for (int size = 1; size < 9; size++) {
            assertEquals(expected, dialogue.inPiecesOf(size).play(HTTP).lines(), "in pieces of " + size);
        }
        for (int i = 0; i < dialogue.segments().size(); i++) {
            byte[] bytes = dialogue.segments().get(i).bytes();
            for (int at = 1; bytes != null && at < bytes.length; at++) {
                assertEquals(expected, dialogue.cut(i, at).play(HTTP).lines(), "segment " + i + " cut at " + at);
            }
        }
    }

    /** Nothing that was not said is told, and what was said twice or not at all is never paired. */
    @Test
    void survivesTheLossOfAnySegment() {
        for (Case whole : cases().values()) {
            int most = whole.dialogue.play(HTTP).events.size();
            for (int size : new int[] {7, 20, 1_000}) {
                Dialogue pieces = whole.dialogue.inPiecesOf(size);
                for (int i = 0; i < pieces.segments().size(); i++) {
                    Dialogue.Told told = pieces.losing(i).play(HTTP);
                    assertTrue(told.events.size() <= 2 * most + 1, () -> summary(told));
                }
            }
        }
    }

    @Test
    void survivesMutation() {
        Random random = new Random(4502);
        List<Case> cases = List.copyOf(cases().values());
        for (int i = 0; i < MUTATIONS; i++) {
            Dialogue original = cases.get(random.nextInt(cases.size())).dialogue;
            Dialogue mutated = say();
            for (Dialogue.Segment segment : original.segments()) {
                StringBuilder words = new StringBuilder();
                for (byte letter : segment.bytes()) {
                    words.append((char) (letter & 0xff));
                }
                for (int n = random.nextInt(4); n > 0 && words.length() > 0; n--) {
                    mutate(words, random);
                }
                if (segment.direction() == Direction.TO_SERVER) {
                    mutated.client(words.toString());
                } else {
                    mutated.server(words.toString());
                }
            }
            List<String> whole = mutated.play(HTTP).lines();
            assertEquals(
                    whole, mutated.inPiecesOf(1 + random.nextInt(30)).play(HTTP).lines());
            mutated.losing(random.nextInt(mutated.segments().size())).play(HTTP);
        }
    }

    private static void mutate(StringBuilder words, Random random) {
        int at = random.nextInt(words.length());
        String odd = "\r\n \t:;,/0f\0\u00ff";
        switch (random.nextInt(4)) {
            case 0 -> words.setCharAt(at, odd.charAt(random.nextInt(odd.length())));
            case 1 -> words.deleteCharAt(at);
            case 2 -> words.insert(at, odd.charAt(random.nextInt(odd.length())));
            default -> words.insert(at, words.substring(at, Math.min(words.length(), at + 20)));
        }
    }

    private static Map<String, Case> holes() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put(
                "responses lost",
                new Case(
                        say().client(GET)
                                .lost(Direction.TO_CLIENT, 30)
                                .server(NOT_FOUND)
                                .client(GET2)
                                .server(OK),
                        "GET /1 -, ? 404, GET /2 200"));
        cases.put(
                "responses lost to a client that pipelines",
                new Case(
                        say().client(GET + GET2)
                                .lost(Direction.TO_CLIENT, 30)
                                .client(GET)
                                .server(NOT_FOUND + OK),
                        "GET /1 -, GET /2 -, GET /1 -, ? 404, ? 200"));
        cases.put(
                "requests lost",
                new Case(
                        say().client(GET)
                                .server(OK)
                                .lost(Direction.TO_SERVER, 30)
                                .server(NOT_FOUND)
                                .client(GET2)
                                .server(OK),
                        "GET /1 200, ? 404, GET /2 200"));
        cases.put(
                "requests of a client that pipelines lost",
                new Case(
                        say().client(GET + GET2)
                                .lost(Direction.TO_SERVER, 30)
                                .client(GET)
                                .server(NOT_FOUND + OK + OK + OK),
                        "GET /1 -, GET /1 404, GET /2 200, ? 200, ? 200"));
        return cases;
    }

    @TestFactory
    List<DynamicTest> pairsNothingAcrossAHole() {
        List<DynamicTest> tests = new ArrayList<>();
        holes().forEach((name, hole) -> tests.add(
                DynamicTest.dynamicTest(name, () -> assertEquals(hole.summary, summary(hole.dialogue.play(HTTP))))));
        return tests;
    }

    @Test
    void looksAtTheBeginningOfALongLine() {
        String huge = "x".repeat(100_000);
        Dialogue dialogue = say().client(
                        "GET /1 HTTP/1.1\r\nCookie: " + huge + "\r\n " + huge + "\r\nHost: a\r\n\r\n" + GET2)
                .server(OK + NOT_FOUND);
        Dialogue.Told told = dialogue.play(HTTP);
        assertEquals("GET /1 200, GET /2 404", summary(told));
        assertEquals("a", told.events.get(0).text(HttpEvents.HOSTNAME));
        for (int size : new int[] {1_460, 16_383, 16_384, 16_385, 16_386}) {
            assertEquals(told.lines(), dialogue.inPiecesOf(size).play(HTTP).lines());
        }

        Dialogue target = say().client("GET /" + huge + " HTTP/1.1\r\nHost: a\r\n\r\n" + GET2)
                .server(OK + NOT_FOUND);
        assertEquals(2, target.play(HTTP).events.size());
        assertEquals("a", target.play(HTTP).events.get(0).text(HttpEvents.HOSTNAME));
        assertEquals(
                target.play(HTTP).lines(), target.inPiecesOf(1_460).play(HTTP).lines());
    }

    @Test
    void agreesWithItselfAroundTheLimitOfALine() {
        Limits limits = Limits.USUAL.with(Bound.HTTP_LINE_BYTES, 256);
        for (int length = 240; length < 270; length++) {
            Dialogue dialogue = say().limits(limits)
                    .client("GET /1 HTTP/1.1\r\nUser-Agent: " + "x".repeat(length) + "\r\n \tfolded\r\nHost: a\r\n\r\n")
                    .server("HTTP/1.1 200 " + "x".repeat(length) + "\r\nContent-Length: 0\r\n\r\n");
            List<String> expected = dialogue.play(HTTP).lines();
            assertEquals(1, expected.size());
            for (int size = 1; size < 9; size++) {
                assertEquals(expected, dialogue.inPiecesOf(size).play(HTTP).lines());
            }
        }
    }

    @Test
    void countsManyHeadersAndLooksAtTheFirst() {
        StringBuilder head = new StringBuilder("GET /1 HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < 5_000; i++) {
            head.append("Origin: ").append(i).append("\r\n");
        }
        Dialogue dialogue = say().client(head + "Referer: late\r\n\r\n").server(OK);
        Event event = dialogue.play(HTTP).events.get(0);
        assertEquals(5_002L, event.get(HttpEvents.HEADER_COUNT));
        assertEquals("0", event.text(HttpEvents.ORIGIN));
        assertEquals(null, event.text(HttpEvents.REFERER));
        assertEquals(
                dialogue.play(HTTP).lines(),
                dialogue.inPiecesOf(1_460).play(HTTP).lines());
    }

    @Test
    void tellsTheOldestRequestWhenTooManyWait() {
        Dialogue dialogue = say().limits(Limits.USUAL.with(Bound.HTTP_PENDING, 1))
                .client(GET + GET2)
                .server(OK + NOT_FOUND);
        assertEquals("GET /1 -, ? 200, GET /2 404", summary(dialogue.play(HTTP)));
    }

    @Test
    void findsItsPlaceBehindAGap() {
        assertEquals(
                "GET /1 200, GET /2 404",
                summary(say().client(GET)
                        .server("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
                        .lost(Direction.TO_CLIENT, 500)
                        .client(GET2)
                        .server(NOT_FOUND)
                        .play(HTTP)),
                "a gap inside a body is nothing");
        assertEquals(
                "GET /1 -, GET /2 404",
                summary(say().client(GET)
                        .lost(Direction.TO_CLIENT, 500)
                        .server("rest\r\nHTTP/1.1 500 in a body\r\n\r\n")
                        .client(GET2)
                        .server(NOT_FOUND)
                        .play(HTTP)));
        assertEquals(
                "GET /1 200 incomplete, GET /2 404",
                summary(say().client("GET /1 HTTP/1.1\r\nHost: a\r\n")
                        .lost(Direction.TO_SERVER, 50)
                        .client("rest\r\n\r\n")
                        .server(OK)
                        .client(GET2)
                        .server(NOT_FOUND)
                        .play(HTTP)));
        assertEquals(
                "? 200, GET /2 404",
                summary(say().server(OK)
                        .lost(Direction.TO_SERVER, 50)
                        .client(GET2)
                        .server(NOT_FOUND)
                        .play(HTTP)));
    }

    @Test
    void givesUpOverEndlessJunk() {
        Dialogue.Told told = say().client(GET)
                .server(OK + "junk\r\n".repeat(20_000))
                .client(GET2)
                .play(HTTP);
        assertTrue(told.abandoned);
        assertEquals("GET /1 200", summary(told));
        assertFalse(say().client(GET).server(OK + "junk\r\n".repeat(2_000)).play(HTTP).abandoned);
    }
}
