package org.sandbar.protocol.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Segment;
import org.sandbar.protocol.Dialogue.Told;

class WebSocketAnalyzerTest {
    private static final int CHANNELS = 2_000;
    private static final int MUTATIONS = 20_000;
    /** The longest header, and the code of a Close but for its last byte. */
    private static final int MOST_KEPT = 14 + 1;

    /** RFC 6455 section 5.7: "Hello" as the server sends it, and as the client does. */
    private static final String HELLO = bytes("81 05 48 65 6c 6c 6f");

    private static final String MASKED_HELLO = bytes("81 85 37 fa 21 3d 7f 9f 4d 51 58");
    /** The same in two frames, a ping and its pong. */
    private static final String FRAGMENTS = bytes("01 03 48 65 6c 80 02 6c 6f");

    private static final String PING = bytes("89 05 48 65 6c 6c 6f");
    private static final String MASKED_PONG = bytes("8a 85 37 fa 21 3d 7f 9f 4d 51 58");
    /** Code 1000, which is 03 e8, under the key of the examples. */
    private static final String MASKED_CLOSE = bytes("88 82 37 fa 21 3d 34 12");

    private static String bytes(String hexadecimal) {
        StringBuilder text = new StringBuilder();
        for (String octet : hexadecimal.split(" ")) {
            text.append((char) Integer.parseInt(octet, 16));
        }
        return text.toString();
    }

    private static Told play(Dialogue dialogue) {
        Told told = dialogue.play(new WebSocketProtocol());
        assertTrue(told.mostUnfinished <= MOST_KEPT, told.mostUnfinished + " bytes kept");
        return told;
    }

    private static Event last(Told told) {
        return told.events.get(told.events.size() - 1);
    }

    private static Dialogue examples() {
        return new Dialogue()
                .client(MASKED_HELLO + MASKED_PONG)
                .server(HELLO + FRAGMENTS + PING)
                .server(bytes("82 7e 01 00") + "x".repeat(256))
                .server(bytes("82 7f 00 00 00 00 00 01 00 00") + "x".repeat(65_536))
                .client(MASKED_CLOSE)
                .server(bytes("88 02 03 e8"));
    }

    @Test
    void theExamplesOfTheStandard() {
        assertEquals(
                List.of("websocket websocket.frames_toserver=3 websocket.frames_toclient=7"
                        + " websocket.messages_toserver=1 websocket.messages_toclient=4"
                        + " websocket.bytes_toserver=12 websocket.bytes_toclient=65809"
                        + " websocket.opcodes=[continuation, text, binary, close, ping, pong]"
                        + " websocket.closed_by=client websocket.close_code=1000 websocket.finished=true"),
                play(examples()).lines());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "81 05 48 65 6c 6c 6f|unmasked",
                "81 85 00 00 00 00 48 65 6c 6c 6f|zero-mask",
                "8a 80 00 00 00 00|-",
                "c1 85 37 fa 21 3d 7f 9f 4d 51 58|-",
                "a1 85 37 fa 21 3d 7f 9f 4d 51 58|reserved-bits",
                "91 85 37 fa 21 3d 7f 9f 4d 51 58|reserved-bits",
                "c9 80 01 02 03 04|reserved-bits",
                "83 80 01 02 03 04|reserved-opcode",
                "87 80 01 02 03 04|reserved-opcode",
                "8b 80 01 02 03 04|reserved-opcode",
                "8f 80 01 02 03 04|reserved-opcode",
                "89 fe 00 7e 01 02 03 04|long-control-frame",
                "89 fd 01 02 03 04|-",
                "09 80 01 02 03 04|fragmented-control-frame",
                "81 fe 00 7d 01 02 03 04|length-not-minimal",
                "81 fe 00 7e 01 02 03 04|-",
                "81 ff 00 00 00 00 00 00 ff ff 01 02 03 04|length-not-minimal",
                "81 ff 00 00 00 00 00 01 00 00 01 02 03 04|-",
                "81 ff 7f ff ff ff ff ff ff ff 01 02 03 04|-",
                "81 ff 80 00 00 00 00 00 00 01 01 02 03 04|length-too-large",
                "80 80 01 02 03 04|continuation-of-nothing",
                "01 80 01 02 03 04 81 80 01 02 03 04|message-within-message",
                "01 80 01 02 03 04 89 80 01 02 03 04 80 80 01 02 03 04|-",
                "88 80 01 02 03 04|-",
                "88 81 01 02 03 04 05|close-code-invalid",
                "88 82 37 fa 21 3d 34 13|-",
                "88 82 37 fa 21 3d 34 14|close-code-invalid",
                "88 82 37 fa 21 3d 34 17|close-code-invalid",
                "88 82 37 fa 21 3d 34 12 81 80 01 02 03 04|data-after-close",
                "88 82 37 fa 21 3d 34 12 8a 80 01 02 03 04|-",
            })
    void whatBreaksTheRules(String frames, String fault) {
        Told told = play(new Dialogue().client(bytes(frames)));
        boolean lawful = fault.equals("-");
        assertEquals(lawful ? null : List.of(fault), last(told).get(WebSocketEvents.FAULTS));
        assertEquals(lawful ? 1 : 2, told.events.size());
        assertEquals(true, last(told).get(WebSocketEvents.FINISHED));
    }

    @ParameterizedTest
    @CsvSource({
        "1000,true",
        "1003,true",
        "1007,true",
        "1014,true",
        "3000,true",
        "4999,true",
        "999,false",
        "0,false",
        "1005,false",
        "1006,false",
        "1015,false",
        "5000,false",
        "65535,false"
    })
    void codesThatMayBeSent(int code, boolean lawful) {
        Event event = last(play(new Dialogue().server(bytes("88 02") + (char) (code >> 8) + (char) (code & 0xff))));
        assertEquals(lawful ? null : List.of("close-code-invalid"), event.get(WebSocketEvents.FAULTS));
        assertEquals("server", event.get(WebSocketEvents.CLOSED_BY));
        assertEquals(code == 0 ? null : (long) code, event.get(WebSocketEvents.CLOSE_CODE));
    }

    @Test
    void aServerMustNotMask() {
        assertEquals(
                List.of("server-masked"),
                last(play(new Dialogue().server(MASKED_HELLO))).get(WebSocketEvents.FAULTS));
    }

    @Test
    void theFrameAtFaultIsTold() {
        Told told = play(new Dialogue()
                .client(MASKED_HELLO + HELLO + HELLO)
                .server(HELLO + MASKED_HELLO)
                .client(bytes("0b 85 37 fa 21 3d 7f 9f 4d 51 58")));
        assertEquals(
                List.of("true null text [unmasked]", "true 939139389 text [unmasked, server-masked]"),
                told.events.subList(0, 2).stream()
                        .map(WebSocketAnalyzerTest::frame)
                        .toList());
        assertEquals(
                "false 939139389 unknown-11 [unmasked, server-masked, reserved-opcode, fragmented-control-frame]",
                frame(told.events.get(2)));
        assertEquals(4, told.events.size());
        assertEquals(List.of("text", "unknown-11"), last(told).get(WebSocketEvents.OPCODES));
        assertEquals(
                "null null null [unmasked, server-masked, reserved-opcode, fragmented-control-frame]",
                frame(last(told)));
    }

    private static String frame(Event event) {
        return event.get(WebSocketEvents.FIN) + " " + event.get(WebSocketEvents.MASK) + " "
                + event.get(WebSocketEvents.OPCODE) + " " + event.get(WebSocketEvents.FAULTS);
    }

    /** What a header announces is not what came. */
    @ParameterizedTest
    @ValueSource(strings = {"7f ff ff ff ff ff ff ff", "40 00 00 00 00 00 00 00", "00 00 00 00 ff ff ff ff"})
    void anEndlessFrame(String length) {
        Dialogue dialogue = new Dialogue()
                .client(MASKED_HELLO + bytes("82 ff " + length + " 01 02 03 04") + HELLO.repeat(3))
                .client(HELLO);
        for (Dialogue cut : List.of(dialogue, dialogue.inPiecesOf(1), dialogue.inPiecesOf(13))) {
            Event event = last(play(cut));
            assertEquals(2L, event.get(WebSocketEvents.FRAMES_TO_SERVER));
            assertEquals(5L + 4 * HELLO.length(), event.get(WebSocketEvents.BYTES_TO_SERVER));
            assertEquals(null, event.get(WebSocketEvents.FAULTS));
        }
    }

    @Test
    void theSameHoweverItIsCut() {
        Dialogue whole = new Dialogue()
                .client(MASKED_HELLO + MASKED_PONG + HELLO + MASKED_CLOSE)
                .server(HELLO
                        + FRAGMENTS
                        + PING
                        + bytes("82 7e 01 00")
                        + "x".repeat(256)
                        + HELLO
                        + bytes("88 02 03 e8"));
        List<String> expected = play(whole).lines();
        assertEquals(expected, play(whole.inPiecesOf(1)).lines());
        for (int i = 0; i < 2; i++) {
            for (int at = 1; at < whole.segments().get(i).bytes().length; at++) {
                assertEquals(expected, play(whole.cut(i, at)).lines());
            }
        }
    }

    @Test
    void nothingIsReadBehindAGap() {
        Told told = play(new Dialogue()
                .client(MASKED_HELLO)
                .lost(Direction.TO_SERVER, 3)
                .client(HELLO)
                .server(HELLO));
        assertEquals(1L, last(told).get(WebSocketEvents.FRAMES_TO_SERVER));
        assertEquals(1L, last(told).get(WebSocketEvents.FRAMES_TO_CLIENT));
        assertEquals(null, last(told).get(WebSocketEvents.FAULTS));
    }

    @Test
    void aGapInsideAPayloadIsNothing() {
        Dialogue examples = examples();
        for (int size : new int[] {100, 5_000}) {
            Dialogue pieces = examples.inPiecesOf(size);
            int within = pieces.segments().size() - 6;
            assertEquals(play(examples).lines(), play(pieces.losing(within)).lines());
        }
    }

    /** A channel made up at random, and what is true of it. */
    private static final class Channel {
        final Dialogue dialogue = new Dialogue();
        final long[] frames = new long[2];
        final long[] messages = new long[2];
        final long[] bytes = new long[2];

        Channel(Random random) {
            boolean[] within = new boolean[2];
            for (int n = 1 + random.nextInt(12); n > 0; n--) {
                StringBuilder words = new StringBuilder();
                int side = random.nextInt(2);
                for (int m = 1 + random.nextInt(4); m > 0; m--) {
                    boolean control = random.nextInt(4) == 0;
                    boolean last = control || random.nextBoolean();
                    int opcode = control ? 9 + random.nextInt(2) : within[side] ? 0 : 1 + random.nextInt(2);
                    int most = control ? 126 : random.nextInt(6) == 0 ? 70_000 : 400;
                    add(words, random, side == 0, last, opcode, random.nextInt(most));
                    within[side] = control ? within[side] : !last;
                    messages[side] += control || !last ? 0 : 1;
                }
                if (side == 0) {
                    dialogue.client(words.toString());
                } else {
                    dialogue.server(words.toString());
                }
            }
        }

        private void add(StringBuilder words, Random random, boolean client, boolean last, int opcode, int size) {
            int mask = client ? 0x80 : 0;
            words.append((char) ((last ? 0x80 : 0) | opcode));
            if (size < 126) {
                words.append((char) (mask | size));
            } else if (size < 0x10000) {
                words.append((char) (mask | 126)).append((char) (size >> 8)).append((char) (size & 0xff));
            } else {
                words.append((char) (mask | 127)).append("\0\0\0\0\0");
                words.append((char) (size >> 16))
                        .append((char) (size >> 8 & 0xff))
                        .append((char) (size & 0xff));
            }
            for (int i = client ? -4 : 0; i < size; i++) {
                words.append((char) (1 + random.nextInt(255)));
            }
            frames[client ? 0 : 1]++;
            bytes[client ? 0 : 1] += size;
        }
    }

    @Test
    void channelsMadeUpAtRandom() {
        Random random = new Random(6455);
        for (int i = 0; i < CHANNELS; i++) {
            Channel channel = new Channel(random);
            Told told = play(channel.dialogue.inPiecesOf(1 + random.nextInt(1_460)));
            assertEquals(1, told.events.size());
            Event event = last(told);
            assertEquals(channel.frames[0], event.get(WebSocketEvents.FRAMES_TO_SERVER));
            assertEquals(channel.frames[1], event.get(WebSocketEvents.FRAMES_TO_CLIENT));
            assertEquals(channel.messages[0], event.get(WebSocketEvents.MESSAGES_TO_SERVER));
            assertEquals(channel.messages[1], event.get(WebSocketEvents.MESSAGES_TO_CLIENT));
            assertEquals(channel.bytes[0], event.get(WebSocketEvents.BYTES_TO_SERVER));
            assertEquals(channel.bytes[1], event.get(WebSocketEvents.BYTES_TO_CLIENT));
            assertEquals(null, event.get(WebSocketEvents.FAULTS));
            loseEach(channel.dialogue.inPiecesOf(100 + random.nextInt(1_360)), random);
        }
    }

    /** What is lost makes no fault. */
    private static void loseEach(Dialogue pieces, Random random) {
        for (int n = 0; n < 4; n++) {
            Told told = play(pieces.losing(random.nextInt(pieces.segments().size())));
            assertEquals(1, told.events.size());
            assertEquals(null, last(told).get(WebSocketEvents.FAULTS));
        }
    }

    @Test
    void mutations() {
        Random random = new Random(6455);
        Set<Object> seen = new TreeSet<>();
        for (int i = 0; i < MUTATIONS; i++) {
            Dialogue mutated = new Dialogue();
            for (Segment segment : new Dialogue()
                    .client(MASKED_HELLO + MASKED_PONG)
                    .server(HELLO + FRAGMENTS + PING + bytes("82 7e 01 00") + "x".repeat(256))
                    .client(MASKED_CLOSE)
                    .server(bytes("88 02 03 e8"))
                    .segments()) {
                byte[] bytes = segment.bytes().clone();
                for (int n = random.nextInt(3); n > 0; n--) {
                    bytes[random.nextInt(Math.min(bytes.length, 30))] ^= (byte) (1 << random.nextInt(8));
                }
                String words = new String(bytes, StandardCharsets.ISO_8859_1);
                if (segment.direction() == Direction.TO_SERVER) {
                    mutated.client(words);
                } else {
                    mutated.server(words);
                }
            }
            Told whole = play(mutated);
            assertEquals(
                    whole.lines(),
                    play(mutated.inPiecesOf(1 + random.nextInt(9))).lines());
            play(mutated.losing(random.nextInt(4)));
            if (last(whole).get(WebSocketEvents.FAULTS) instanceof List<?> faults) {
                seen.addAll(faults);
            }
            assertTrue(whole.events.size() <= Fault.values().length + 1);
        }
        assertEquals(Fault.values().length - 1, seen.size(), "all but a key of zeros come up: " + seen);
    }

    @Test
    void anyBytesAreTaken() {
        Random random = new Random(6455);
        byte[] noise = new byte[300];
        for (int i = 0; i < MUTATIONS; i++) {
            random.nextBytes(noise);
            Dialogue dialogue = new Dialogue()
                    .client(new String(noise, 0, 150, StandardCharsets.ISO_8859_1))
                    .server(new String(noise, 150, 150, StandardCharsets.ISO_8859_1));
            Told whole = play(dialogue);
            assertTrue(whole.events.size() <= Fault.values().length + 1);
            assertEquals(whole.lines(), play(dialogue.inPiecesOf(1)).lines());
        }
    }
}
