package org.sandbar.protocol.policyfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sandbar.protocol.policyfile.Policies.FLASH_REQUEST;
import static org.sandbar.protocol.policyfile.Policies.OLD_REQUEST;
import static org.sandbar.protocol.policyfile.Policies.SILVERLIGHT_REQUEST;
import static org.sandbar.protocol.policyfile.Policies.flash;
import static org.sandbar.protocol.policyfile.Policies.silverlight;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Segment;
import org.sandbar.protocol.Dialogue.Told;
import org.sandbar.protocol.Probe;

/** Who asks, what comes, and what is told of it, however it is cut. */
class PolicyFileAnalyzerTest {
    private static final String NARROW = silverlight("http://a", "4502", "tcp");
    private static final String WIDE = flash("*", "*");
    private static final int MUTATIONS = 10_000;

    private static Dialogue at(int port) {
        return new Dialogue().between("192.168.1.5", 40_000, "198.51.100.45", port);
    }

    private static List<String> play(Dialogue dialogue) {
        return dialogue.play(new PolicyFileProtocol()).lines().stream()
                .map(line -> line.replace("policy_file policy_file", "")
                        .replace(" policy_file.", " ")
                        .replace(".kind", "kind"))
                .toList();
    }

    private static String silverlightTold() {
        return "kind=silverlight request=silverlight complete=true bytes=" + (NARROW.length() - 1)
                + " grants=[domain=http://a ports=4502 protocol=tcp] ports=4502 open_ports=0 open_low_ports=0";
    }

    private static String flashTold(String request, String finding) {
        return "kind=flash request=" + request + " complete=true bytes=" + (WIDE.length() - 1)
                + " grants=[domain=* ports=*] ports=0-65535 open_ports=65536 open_low_ports=1024 findings=[any-domain, all-ports"
                + finding + "]";
    }

    private static Dialogue silverlightExchange() {
        return at(943).client(SILVERLIGHT_REQUEST).server(NARROW);
    }

    private static Dialogue flashExchange() {
        return at(843).client(FLASH_REQUEST).server(WIDE + "\0");
    }

    @Test
    void theExchanges() {
        assertEquals(List.of(silverlightTold()), play(silverlightExchange()));
        assertEquals(List.of(flashTold("flash", "")), play(flashExchange()));
        assertEquals(
                List.of(flashTold("flash-7", "")),
                play(at(843).client(OLD_REQUEST).server(WIDE)));
        assertEquals(
                List.of(flashTold("flash-7", "")),
                play(at(843).client("<cross-domain-request/>").server(WIDE)));
    }

    @Test
    void cutAnywhere() {
        for (Dialogue whole : List.of(
                silverlightExchange(),
                flashExchange(),
                at(843).client(OLD_REQUEST).server(WIDE + "\0"))) {
            List<String> expected = play(whole);
            assertEquals(expected, play(whole.inPiecesOf(1)));
            for (int segment = 0; segment < 2; segment++) {
                for (int cut = 1; cut < whole.segments().get(segment).bytes().length; cut++) {
                    assertEquals(expected, play(whole.cut(segment, cut)));
                }
            }
            assertTrue(whole.inPiecesOf(1).play(new PolicyFileProtocol()).mostUnfinished < OLD_REQUEST.length());
        }
    }

    /** Whatever is lost, no policy is called whole that was not, and none comes from behind the hole. */
    @Test
    void lostAnywhere() {
        Dialogue pieces = at(843).client(FLASH_REQUEST).server(WIDE + "\0").inPiecesOf(10);
        for (int lost = 3; lost < pieces.segments().size() - 1; lost++) {
            String told = play(pieces.losing(lost)).get(0);
            assertTrue(told.contains("complete=false") && told.contains("gap"), told);
            assertTrue(!told.contains("open_ports"), told);
            assertEquals(1, play(pieces.losing(lost)).size());
        }
    }

    @Test
    void closedEarly() {
        Dialogue early = at(843).client(FLASH_REQUEST).server(WIDE.substring(0, WIDE.length() - 10));
        String told = play(early).get(0);
        assertTrue(told.contains("complete=false") && told.endsWith("[any-domain, all-ports, truncated]"), told);
        assertEquals(List.of("kind=none request=flash complete=false"), play(at(843).client(FLASH_REQUEST)));
        assertEquals(
                List.of("kind=none request=silverlight complete=false"), play(at(943).client(SILVERLIGHT_REQUEST)));
        assertEquals(
                List.of("kind=none request=flash complete=false"),
                play(at(843).client(FLASH_REQUEST).server("\0 \r\n")));
    }

    @Test
    void aGapInsteadOfAPolicy() {
        assertEquals(
                List.of("kind=none request=flash complete=false findings=[gap]"),
                play(at(843).client(FLASH_REQUEST)
                        .lost(Direction.TO_CLIENT, 100)
                        .server(WIDE)));
    }

    /** A byte that is missing behind the 22 is most likely the NUL. */
    @Test
    void aGapBehindTheRequest() {
        assertEquals(
                List.of(flashTold("flash", "")),
                play(at(843).client(SILVERLIGHT_REQUEST)
                        .lost(Direction.TO_SERVER, 1)
                        .server(WIDE)));
    }

    @Test
    void nothingThatIsXml() {
        assertEquals(
                List.of(
                        "kind=other request=flash complete=false bytes=1 ports=none open_ports=0 open_low_ports=0 findings=[not-xml]"),
                play(at(843).client(FLASH_REQUEST).server("HTTP/1.1 400 Bad Request\r\n\r\n" + WIDE)));
    }

    @Test
    void severalOnOneConnection() {
        Dialogue several = at(843).client(FLASH_REQUEST)
                .server(WIDE + "\0")
                .client(FLASH_REQUEST + OLD_REQUEST)
                .server(WIDE + "\0\n" + WIDE + "\0")
                .client(SILVERLIGHT_REQUEST);
        List<String> expected = List.of(
                flashTold("flash", ""),
                flashTold("flash", ""),
                flashTold("flash-7", ""),
                "kind=none request=silverlight complete=false findings=[unusual-port]");
        for (int size : new int[] {10_000, 1, 7}) {
            assertEquals(expected, play(several.inPiecesOf(size)));
        }
    }

    /** Flash Player 7's servers may send it to whoever connects; then the application talks on. */
    @Test
    void unasked() {
        assertEquals(
                List.of(flashTold("null", ", unsolicited").replace(" request=null", "")),
                play(at(800).server(WIDE + "\0")
                        .client("<msg/>\0")
                        .server("<msg/>\0")
                        .server("bytes\0")));
        assertEquals(
                List.of(flashTold("null", ", unsolicited").replace(" request=null", ""), flashTold("flash", "")),
                play(at(800).server(WIDE + "\0").client(FLASH_REQUEST).server(WIDE)));
    }

    /** Whether it was asked for is not known where the flow was joined later. */
    @Test
    void joinedLater() {
        assertEquals(
                List.of(flashTold("null", "").replace(" request=null", "")),
                play(at(843).midstream().server(WIDE)));
    }

    @Test
    void behindTheRequest() {
        assertTrue(play(at(843).client(FLASH_REQUEST + "hello").server(WIDE))
                .get(0)
                .contains("request_trailing=5"));
        assertTrue(play(at(843).client(SILVERLIGHT_REQUEST + "\r\n").server(WIDE))
                .get(0)
                .contains("request=silverlight request_trailing=2"));
        String much = play(at(843).client(FLASH_REQUEST + "x".repeat(10_000)).server(WIDE))
                .get(0);
        assertTrue(much.contains("request_trailing=4096"), much);
    }

    @Test
    void whoAsksWhere() {
        assertTrue(
                play(at(4502).client(SILVERLIGHT_REQUEST).server(NARROW)).get(0).endsWith("findings=[unusual-port]"));
        assertEquals(
                List.of("kind=none request=flash complete=false findings=[unusual-port]"),
                play(at(943).client(FLASH_REQUEST)));
    }

    /** A NUL behind the reply is none of the request's. */
    @Test
    void aLateNul() {
        String told = play(at(943).client(SILVERLIGHT_REQUEST)
                        .server("<access")
                        .client("\0")
                        .server("-policy/>"))
                .get(0);
        assertTrue(told.contains("request=silverlight request_trailing=1"), told);
    }

    @Test
    void whatLooksLikeTheEnd() {
        String comment = "<!-- </cross-domain-policy> -->";
        for (int fakes : new int[] {1, 8, 9, 200}) {
            String hidden = flash(comment.repeat(fakes) + "<allow-access-from domain='*' to-ports='*'/>");
            String told = play(at(843).client(FLASH_REQUEST)
                            .server(hidden + "\0")
                            .client(FLASH_REQUEST)
                            .server(WIDE))
                    .get(0);
            assertTrue(told.contains("complete=true") && told.contains("open_ports=65536"), told);
        }
    }

    @Test
    void tooLarge() {
        Limits limits = Limits.USUAL.with(Bound.POLICY_BYTES, 512);
        Dialogue large = at(843).limits(limits)
                .client(FLASH_REQUEST + FLASH_REQUEST)
                .server(flash("<!--" + "x".repeat(600) + "-->"))
                .server(WIDE);
        for (int size : new int[] {10_000, 1, 100}) {
            assertEquals(
                    List.of(
                            "kind=flash request=flash complete=false bytes=512 findings=[too-large, truncated]",
                            "kind=none request=flash complete=false"),
                    play(large.inPiecesOf(size)));
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE"})
    void wideLetters(String charset) {
        byte[] wide = ("\ufeff" + flash("a", "4502")).getBytes(java.nio.charset.Charset.forName(charset));
        String told = play(at(843).client(FLASH_REQUEST)
                        .server(new String(wide, StandardCharsets.ISO_8859_1))
                        .inPiecesOf(3))
                .get(0);
        assertTrue(told.contains("complete=true") && told.contains("grants=[domain=a ports=4502] ports=4502"), told);
    }

    @Test
    void manyRequests() {
        List<String> told = play(at(843).client(FLASH_REQUEST.repeat(100)));
        assertEquals(100, told.size());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "TO_SERVER|<policy-file-request/>|MATCH",
                "TO_SERVER|<cross-domain-request/>|MATCH",
                "TO_CLIENT|<policy-file-request/>|MATCH_REVERSED",
                "TO_SERVER|<policy|NEED_MORE",
                "TO_SERVER|<|NEED_MORE",
                "TO_SERVER|<policyfile-request/>|NO_MATCH",
                "TO_CLIENT|<?xml version='1.0'?><cross-domain-policy>|MATCH",
                "TO_CLIENT|<?xml version='1.0'?><!DOCTYPE cross-domain-policy SYSTEM 'x'><cross-domain-policy/>|MATCH",
                "TO_CLIENT|<access-policy>|MATCH",
                "TO_SERVER|<access-policy>|MATCH_REVERSED",
                "TO_CLIENT|<?xml version='1.0'?>|NEED_MORE",
                "TO_CLIENT|<access|NEED_MORE",
                "TO_CLIENT|<?xml version='1.0'?><stream:stream>|NO_MATCH",
                "TO_CLIENT|<html>|NO_MATCH",
                "TO_CLIENT|220 ready|NO_MATCH",
            })
    void recognition(Direction direction, String words, Probe answer) {
        byte[] bytes = words.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(answer, new PolicyFileProtocol().probe(4502, direction, bytes, 0, bytes.length));
    }

    @Test
    void mutations() {
        Random random = new Random(943);
        String[] words = {
            FLASH_REQUEST, SILVERLIGHT_REQUEST, OLD_REQUEST, NARROW, WIDE + "\0", "</access-policy>", "\0", "<", "x"
        };
        for (int i = 0; i < MUTATIONS; i++) {
            Dialogue dialogue = at(random.nextBoolean() ? 843 : 943);
            for (int n = 1 + random.nextInt(6); n > 0; n--) {
                StringBuilder said = new StringBuilder(words[random.nextInt(words.length)]);
                for (int m = random.nextInt(3); m > 0 && said.length() > 1; m--) {
                    int place = random.nextInt(said.length());
                    said.setCharAt(place, (char) (said.charAt(place) ^ 1 << random.nextInt(8)));
                }
                if (random.nextInt(8) == 0) {
                    dialogue.lost(
                            random.nextBoolean() ? Direction.TO_CLIENT : Direction.TO_SERVER, 1 + random.nextInt(50));
                } else if (random.nextBoolean()) {
                    dialogue.client(said.toString());
                } else {
                    dialogue.server(said.toString());
                }
            }
            Told told = dialogue.play(new PolicyFileProtocol());
            assertEquals(
                    told.lines(),
                    dialogue.inPiecesOf(1 + random.nextInt(40))
                            .play(new PolicyFileProtocol())
                            .lines(),
                    () -> words(dialogue));
        }
    }

    private static String words(Dialogue dialogue) {
        StringBuilder words = new StringBuilder();
        for (Segment segment : dialogue.segments()) {
            words.append(segment.direction()).append(' ');
            words.append(segment.bytes() == null ? "lost" : new String(segment.bytes(), StandardCharsets.ISO_8859_1))
                    .append('\n');
        }
        return words.toString();
    }
}
