package org.sandbar.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sandbar.protocol.stun.Messages.ALLOCATE;
import static org.sandbar.protocol.stun.Messages.BINDING;
import static org.sandbar.protocol.stun.Messages.CONNECTION_BIND;
import static org.sandbar.protocol.stun.Messages.CREATE_PERMISSION;
import static org.sandbar.protocol.stun.Messages.ERROR;
import static org.sandbar.protocol.stun.Messages.INDICATION;
import static org.sandbar.protocol.stun.Messages.SUCCESS;
import static org.sandbar.protocol.stun.Messages.attribute;
import static org.sandbar.protocol.stun.Messages.check;
import static org.sandbar.protocol.stun.Messages.errorCode;
import static org.sandbar.protocol.stun.Messages.mapped;
import static org.sandbar.protocol.stun.Messages.message;
import static org.sandbar.protocol.stun.Messages.peer;
import static org.sandbar.protocol.stun.Messages.u16;
import static org.sandbar.protocol.stun.Messages.u32;
import static org.sandbar.protocol.stun.Messages.username;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Told;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

class StunAnalyzerTest {
    private static final StunProtocol UDP = new StunProtocol(Packet.UDP);
    private static final StunProtocol TCP = new StunProtocol(Packet.TCP);
    private static final int MUTATIONS = 30_000;
    private static final long PRIVATE = 0x0a000007L;
    private static final long PUBLIC = 0xcb007109L;
    private static final String DTLS = "\u0016\u00fe\u00fd" + "\0".repeat(8) + u16(4) + "\1\2\3\4";
    private static final String RTP = "\u0080\u006f" + "x".repeat(30);

    private static Dialogue dialogue() {
        return new Dialogue().between("192.168.1.5", 50_000, "198.51.100.80", 3_478);
    }

    private static Event first(Told told) {
        return told.events.get(0);
    }

    private static Event last(Told told) {
        return told.events.get(told.events.size() - 1);
    }

    private static List<?> faults(Told told) {
        return (List<?>) last(told).get(StunEvents.FAULTS);
    }

    /** RFC 5769: the fingerprints are right, and so are the addresses behind their veil. */
    @Test
    void vectorsOfTheRfc() {
        Told told = dialogue()
                .client(Messages.RFC_REQUEST)
                .server(Messages.RFC_RESPONSE)
                .play(UDP);
        Event event = first(told);
        assertEquals(null, event.get(StunEvents.FAULTS));
        assertEquals("evtj:h6vY", event.get(StunEvents.USERNAME));
        assertEquals(9L, event.get(StunEvents.USERNAME_LENGTH));
        assertEquals("STUN test client", event.get(StunEvents.CLIENT_SOFTWARE));
        assertEquals("test vector", event.get(StunEvents.SERVER_SOFTWARE));
        assertEquals("controlled", event.get(StunEvents.ICE_ROLE));
        assertEquals(0x6e0001ffL, event.get(StunEvents.ICE_PRIORITY));
        assertEquals(Address.parse("192.0.2.1"), event.get(StunEvents.MAPPED_IP));
        assertEquals(32_853L, event.get(StunEvents.MAPPED_PORT));
        assertEquals(List.of("webrtc-ice"), told.evidence);
        Event other = first(dialogue()
                .client(Messages.RFC_REQUEST)
                .server(Messages.RFC_RESPONSE_V6)
                .play(UDP));
        assertEquals(Address.parse("2001:db8:1234:5678:11:2233:4455:6677"), other.get(StunEvents.MAPPED_IP));
        assertEquals(null, other.get(StunEvents.FAULTS));
    }

    @Test
    void aFlowChecksItsPathAllTheTimeAndIsToldOnce() {
        Dialogue dialogue = dialogue();
        for (int i = 0; i < 100; i++) {
            dialogue.client(check(i)).server(mapped(i)).server(check(1_000 + i)).client(mapped(1_000 + i));
        }
        Told told = dialogue.client(DTLS).server(RTP).client(RTP).play(UDP);
        assertEquals(3, told.events.size(), told.lines().toString());
        assertEquals("client", first(told).get(StunEvents.REQUESTER));
        assertEquals("server", told.events.get(1).get(StunEvents.REQUESTER));
        assertEquals(List.of("webrtc-ice", "webrtc-libwebrtc", "webrtc-dtls"), told.evidence);
        assertEquals(200L, last(told).get(StunEvents.MESSAGES_TO_SERVER));
        assertEquals(List.of("dtls", "rtp"), last(told).get(StunEvents.MULTIPLEXED));
        assertEquals(2L, last(told).get(StunEvents.RTP_PACKETS));
    }

    /** RFC 9147 section 4: a hello in another flow went before, as where ICE goes over to a better path. */
    @Test
    void dtlsWithoutAHello() {
        String check = check(1);
        assertTrue(dialogue()
                .client(check)
                .client("\u002f\0\7\0\u0020" + "c".repeat(32))
                .play(UDP)
                .evidence
                .contains("webrtc-dtls"));
        assertEquals(
                2,
                dialogue()
                        .client(check)
                        .client("\u002f\0\7\0\u0020" + "c".repeat(31))
                        .play(UDP)
                        .evidence
                        .size());
        assertEquals(
                2,
                dialogue()
                        .client(check)
                        .client("0123456789012345678901234567890")
                        .play(UDP)
                        .evidence
                        .size());
    }

    @Test
    void peersOfARelayAreToldOneByOne() {
        Told told = dialogue()
                .client(message(CREATE_PERMISSION, 1, peer(PRIVATE, 445), peer(PUBLIC, 80)))
                .server(message(CREATE_PERMISSION | SUCCESS, 1))
                .client(message(CREATE_PERMISSION, 2, peer(PUBLIC, 80)))
                .server(message(CREATE_PERMISSION | SUCCESS, 2))
                .client(message(CREATE_PERMISSION, 3, peer(PUBLIC, 81)))
                .server(message(CREATE_PERMISSION | ERROR, 3, errorCode(403, "Forbidden")))
                .play(UDP);
        assertEquals(4, told.events.size(), told.lines().toString());
        assertEquals(Address.parse("10.0.0.7"), first(told).get(StunEvents.PEER_IP));
        assertEquals(true, first(told).get(StunEvents.PEER_PRIVATE));
        assertEquals(false, told.events.get(1).get(StunEvents.PEER_PRIVATE));
        assertEquals(403L, told.events.get(2).get(StunEvents.ERROR_CODE));
        assertEquals("Forbidden", told.events.get(2).get(StunEvents.ERROR_REASON));
        assertEquals(81L, told.events.get(2).get(StunEvents.PEER_PORT));
    }

    @Test
    void requestsWithoutAnAnswerAreToldAtTheEnd() {
        String request = message(ALLOCATE, 1, attribute(0x0019, "\u0006\0\0\0"), attribute(0x000d, u32(600)));
        Told told = dialogue().client(request).client(request).play(UDP);
        assertEquals("unanswered", first(told).get(StunEvents.OUTCOME));
        assertEquals(2L, first(told).get(StunEvents.ATTEMPTS));
        assertEquals("tcp", first(told).get(StunEvents.TRANSPORT));
        assertEquals(600L, first(told).get(StunEvents.LIFETIME));
        Told response = dialogue().server(mapped(1)).server(mapped(2)).play(UDP);
        assertEquals(2, response.events.size());
        assertEquals(null, first(response).get(StunEvents.ATTEMPTS));
    }

    @Test
    void whatIsKeptAndToldIsBounded() {
        Limits limits = Limits.USUAL.with(Bound.STUN_OUTCOMES, 10).with(Bound.STUN_PENDING, 4);
        Dialogue peers = dialogue().limits(limits);
        for (int i = 0; i < 50; i++) {
            peers.client(message(CREATE_PERMISSION, i, peer(PUBLIC, 1_000 + i)));
            peers.server(message(CREATE_PERMISSION | SUCCESS, i));
        }
        Told told = peers.play(UDP);
        assertEquals(11, told.events.size());
        assertEquals(40L, last(told).get(StunEvents.UNTOLD));
        Dialogue pending = dialogue().limits(limits);
        for (int i = 0; i < 50; i++) {
            pending.client(message(i, i));
        }
        assertEquals(11, pending.play(UDP).events.size());
    }

    @ParameterizedTest
    @CsvSource({
        "username-controls, a\\0b",
        "username-controls, a\\r",
        "username-controls, \\n",
        "username-controls, a\\u007fb",
        ", alice",
    })
    void controlCharacters(String fault, String escaped) {
        String name = escaped.replace("\\0", "\0")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\u007f", "\u007f");
        Told told = dialogue().client(message(ALLOCATE, 1, username(name))).play(UDP);
        assertEquals(fault == null ? null : List.of(fault), faults(told));
        assertEquals(name, first(told).get(StunEvents.USERNAME));
    }

    @Test
    void lengthsOfTexts() {
        assertEquals(
                null,
                faults(dialogue()
                        .client(message(ALLOCATE, 1, username("x".repeat(512))))
                        .play(UDP)));
        Told told = dialogue()
                .client(message(ALLOCATE, 1, username("x".repeat(513))))
                .play(UDP);
        assertEquals(List.of("username-too-long"), faults(told));
        assertEquals(513L, first(told).get(StunEvents.USERNAME_LENGTH));
        String realm = attribute(0x0014, "x".repeat(764));
        assertEquals(
                List.of("text-too-long"),
                faults(dialogue().client(message(ALLOCATE, 1, realm)).play(UDP)));
        String padded = attribute(0x8022, "coturn\0\0");
        assertEquals(
                null, faults(dialogue().client(message(ALLOCATE, 1, padded)).play(UDP)));
    }

    /** NAT slipstreaming's second version. */
    @Test
    void whatAGatewayWouldActOn() {
        String facility = "\u0003\0\0\u0040\u0008\u0002\0\0\u0062" + "x".repeat(55);
        Told told = dialogue()
                .client(message(ALLOCATE, 1, username("^".repeat(1_000) + facility)))
                .play(TCP);
        assertEquals("h323", first(told).get(StunEvents.BAITED));
        assertEquals(List.of("username-too-long", "username-controls"), faults(told));
        String register = "REGISTER sip:a SIP/2.0\r\nContact: <sip:a@192.168.1.5:3306>\r\n\r\n";
        assertEquals(
                "sip",
                first(dialogue()
                                .client(message(ALLOCATE, 1, attribute(0x0014, register)))
                                .play(TCP))
                        .get(StunEvents.BAITED));
        Told lawful = dialogue()
                .client(message(ALLOCATE, 1, username("sip:alice@example.net")))
                .play(TCP);
        assertEquals(null, first(lawful).get(StunEvents.BAITED));
        assertEquals(null, faults(lawful));
    }

    @Test
    void malformedMessages() {
        String whole = message(BINDING, 1, username("alice"));
        assertEquals(
                List.of("message-cut"),
                faults(dialogue().client(whole.substring(0, 24)).play(UDP)));
        assertEquals(
                List.of("bytes-behind-message"),
                faults(dialogue().client(whole + "1234").play(UDP)));
        String overrun = message(BINDING, 1, u16(6) + u16(400) + "alic");
        assertEquals(
                List.of("attribute-overrun"), faults(dialogue().client(overrun).play(UDP)));
        assertEquals("alic", first(dialogue().client(overrun).play(UDP)).get(StunEvents.USERNAME));
        String unaligned = u16(BINDING) + u16(2) + message(BINDING, 1).substring(4) + "ab";
        assertEquals(
                List.of("length-unaligned", "attribute-overrun"),
                faults(dialogue().client(unaligned).play(UDP)));
        String family = message(BINDING | SUCCESS, 1, attribute(0x0020, "\0\3\0\0\0\0\0\0"));
        assertEquals(
                List.of("address-malformed"), faults(dialogue().server(family).play(UDP)));
        String many = message(BINDING, 1, attribute(0x8000, "").repeat(65));
        assertEquals(
                List.of("too-many-attributes"), faults(dialogue().client(many).play(UDP)));
        String behind = message(BINDING, 1, attribute(0x0008, "x".repeat(20)), username("alice"));
        assertEquals(
                List.of("attribute-behind-integrity"),
                faults(dialogue().client(behind).play(UDP)));
        assertEquals(null, first(dialogue().client(behind).play(UDP)).get(StunEvents.USERNAME));
    }

    @Test
    void fingerprints() {
        String right = check(1);
        for (int at = 8; at < right.length(); at++) {
            String wrong = right.substring(0, at) + (char) (right.charAt(at) ^ 1) + right.substring(at + 1);
            Told told = dialogue().client(wrong).play(UDP);
            boolean sizes = faults(told) != null;
            assertTrue(sizes || at >= right.length() - 8 && at < right.length() - 4, "at " + at);
        }
        assertEquals(null, faults(dialogue().client(right).play(UDP)));
        String last = message(BINDING, 1, attribute(0x8028, "abcd"), attribute(0x8022, "x"));
        assertEquals(
                List.of("fingerprint-wrong", "fingerprint-not-last"),
                faults(dialogue().client(last).play(UDP)));
    }

    private static Dialogue overTcp() {
        String relayed = message(0x006 | INDICATION, 9, peer(PUBLIC, 80), attribute(0x0013, check(5)));
        String channel = "\u0040\1" + u16(5) + "hello\0\0\0";
        return dialogue()
                .client(message(ALLOCATE, 1))
                .server(message(ALLOCATE | ERROR, 1, errorCode(401, "Unauthorized"), attribute(0x0014, "example.net")))
                .client(message(ALLOCATE, 2, username("alice")) + message(CREATE_PERMISSION, 3, peer(PUBLIC, 80)))
                .server(message(ALLOCATE | SUCCESS, 2, attribute(0x000d, u32(600))))
                .server(message(CREATE_PERMISSION | SUCCESS, 3))
                .client(relayed + channel + channel)
                .server(channel);
    }

    @Test
    void overTcpHoweverItIsCut() {
        List<String> expected = overTcp().play(TCP).lines();
        assertEquals(4, expected.size(), expected.toString());
        assertEquals(
                List.of("stun", "turn-over-tcp", "webrtc-ice", "webrtc-libwebrtc"),
                overTcp().play(TCP).evidence);
        assertEquals(3L, last(overTcp().play(TCP)).get(StunEvents.CHANNEL_PACKETS));
        for (int size = 1; size < 60; size++) {
            assertEquals(expected, overTcp().inPiecesOf(size).play(TCP).lines(), "pieces of " + size);
        }
        List<Dialogue.Segment> segments = overTcp().segments();
        for (int i = 0; i < segments.size(); i++) {
            for (int at = 1; at < segments.get(i).bytes().length; at++) {
                assertEquals(expected, overTcp().cut(i, at).play(TCP).lines(), "segment " + i + " at " + at);
            }
        }
    }

    /** RFC 6544 section 3: each packet behind its length. */
    @Test
    void iceOverTcp() {
        String check = check(1);
        String answer = mapped(1);
        Dialogue dialogue = dialogue()
                .client(u16(check.length()) + check)
                .server(u16(answer.length()) + answer + u16(DTLS.length()) + DTLS)
                .client(u16(RTP.length()) + RTP + u16(0));
        List<String> expected = dialogue.play(TCP).lines();
        assertEquals(2, expected.size(), expected.toString());
        assertEquals(List.of("dtls", "rtp", "other"), last(dialogue.play(TCP)).get(StunEvents.MULTIPLEXED));
        assertEquals(List.of("webrtc-ice", "webrtc-libwebrtc", "webrtc-dtls"), dialogue.play(TCP).evidence);
        for (int size = 1; size < 30; size++) {
            assertEquals(expected, dialogue.inPiecesOf(size).play(TCP).lines(), "pieces of " + size);
        }
    }

    @Test
    void lostBytesEndADirection() {
        for (int i = 0; i < overTcp().segments().size(); i++) {
            Told told = overTcp().losing(i).play(TCP);
            assertEquals(true, last(told).get(StunEvents.FINISHED));
        }
        Told cut = dialogue()
                .client(check(1).substring(0, 60))
                .lost(Direction.TO_SERVER, 10)
                .play(TCP);
        assertEquals(List.of("message-cut"), faults(cut));
        Told open = dialogue().client(check(1).substring(0, 60)).play(TCP);
        assertEquals(List.of("message-cut"), faults(open));
        Told garbage = dialogue().client(check(1) + "\u0016\3\1\0").play(TCP);
        assertEquals(List.of("framing-lost"), faults(garbage));
    }

    @Test
    void aLongMessageIsReadInPartAndSkipped() {
        Limits limits = Limits.USUAL.with(Bound.STUN_MESSAGE_BYTES, 512);
        String longOne = message(ALLOCATE, 1, username("x".repeat(60_000)));
        Dialogue dialogue = dialogue().limits(limits).client(longOne + check(2)).server(mapped(2));
        for (int size : new int[] {1, 100, 511, 512, 513, 1_400, 70_000}) {
            Told told = dialogue.inPiecesOf(size).play(TCP);
            assertEquals(List.of("message-too-long", "username-too-long"), faults(told), "pieces of " + size);
            assertEquals(60_000L, first(told).get(StunEvents.USERNAME_LENGTH));
            assertEquals(2L, last(told).get(StunEvents.MESSAGES_TO_SERVER));
            assertTrue(told.mostUnfinished <= 512, told.mostUnfinished + " bytes kept");
        }
    }

    /** RFC 6062 section 4.4. */
    @Test
    void aBoundConnectionIsThePeers() {
        Dialogue dialogue = dialogue()
                .client(message(CONNECTION_BIND, 1, attribute(0x002a, u32(7))) + "GET / HTTP/1.1\r\n")
                .server(message(CONNECTION_BIND | SUCCESS, 1) + "hello");
        for (int size : new int[] {1, 7, 1_000}) {
            Told told = dialogue.inPiecesOf(size).play(TCP);
            assertEquals("anew", told.heir);
            assertEquals(2, told.events.size(), told.lines().toString());
            assertEquals(null, faults(told));
        }
        Told refused = dialogue()
                .client(message(CONNECTION_BIND, 1) + message(ALLOCATE, 2))
                .server(message(CONNECTION_BIND | ERROR, 1, errorCode(400, "")))
                .server(message(ALLOCATE | SUCCESS, 2))
                .play(TCP);
        assertEquals(null, refused.heir);
        assertEquals(2L, last(refused).get(StunEvents.MESSAGES_TO_SERVER));
    }

    @Test
    void anyBytesAreTaken() {
        Random random = new Random(8_489);
        String[] messages = {
            check(1),
            mapped(1),
            Messages.RFC_RESPONSE_V6,
            message(CREATE_PERMISSION, 3, peer(PRIVATE, 1), peer(PUBLIC, 2)),
            message(ALLOCATE | ERROR, 4, errorCode(401, "no")),
            message(0x007 | INDICATION, 5, peer(PUBLIC, 3), attribute(0x0013, check(5))),
            "\u0040\1" + u16(DTLS.length()) + DTLS + "\0".repeat(-DTLS.length() & 3),
            message(0x00c | INDICATION, 6, peer(PUBLIC, 3)),
        };
        for (int i = 0; i < MUTATIONS; i++) {
            Dialogue dialogue = dialogue();
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                StringBuilder bytes = new StringBuilder(messages[random.nextInt(messages.length)]);
                for (int m = random.nextInt(4); m > 0; m--) {
                    bytes.setCharAt(random.nextInt(bytes.length()), (char) random.nextInt(256));
                }
                bytes.setLength(random.nextInt(8) == 0 ? random.nextInt(bytes.length()) : bytes.length());
                if (bytes.length() > 0 && random.nextBoolean()) {
                    dialogue.client(bytes.toString());
                } else if (bytes.length() > 0) {
                    dialogue.server(bytes.toString());
                }
            }
            Told udp = dialogue.play(UDP);
            assertTrue(udp.events.size() <= 20);
            Told tcp = dialogue.inPiecesOf(1 + random.nextInt(100)).play(TCP);
            assertTrue(tcp.events.size() <= 20);
        }
    }

    @Test
    void whatTellsNothingAllocatesNothing() {
        Told told = dialogue().client(check(0)).server(mapped(0)).play(UDP);
        Analyzer analyzer = UDP.analyzer(told);
        byte[] check = bytes(check(1));
        byte[] answer = bytes(mapped(1));
        byte[] indication = bytes(message(0x006 | INDICATION, 9, peer(PUBLIC, 80), attribute(0x0013, check(5))));
        byte[] rtp = bytes(RTP);
        byte[] dtls = bytes("\u0017\u00fe\u00fd" + "\0".repeat(8) + u16(4) + "\1\2\3\4");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int rounds = 20_000;
        long before = 0;
        for (int i = 0; i < 2 * rounds; i++) {
            if (i == rounds) {
                before = threads.getThreadAllocatedBytes(thread);
            }
            analyzer.onData(Direction.TO_SERVER, check, 0, check.length);
            analyzer.onData(Direction.TO_CLIENT, answer, 0, answer.length);
            analyzer.onData(Direction.TO_SERVER, indication, 0, indication.length);
            analyzer.onData(Direction.TO_CLIENT, rtp, 0, rtp.length);
            analyzer.onData(Direction.TO_CLIENT, dtls, 0, dtls.length);
        }
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(allocated < rounds, allocated + " bytes");
    }

    private static byte[] bytes(String words) {
        return words.getBytes(StandardCharsets.ISO_8859_1);
    }
}
