package org.sandbar.protocol.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Told;

class WebSocketAnalyzerTest {
    /** RFC 6455 section 5.7: "Hello" as the server sends it, and as the client does. */
    private static final String HELLO = bytes("81 05 48 65 6c 6c 6f");

    private static final String MASKED_HELLO = bytes("81 85 37 fa 21 3d 7f 9f 4d 51 58");
    /** The same in two frames, a ping and its pong. */
    private static final String FRAGMENTS = bytes("01 03 48 65 6c 80 02 6c 6f");

    private static final String PING = bytes("89 05 48 65 6c 6c 6f");
    private static final String MASKED_PONG = bytes("8a 85 37 fa 21 3d 7f 9f 4d 51 58");

    private static String bytes(String hexadecimal) {
        StringBuilder text = new StringBuilder();
        for (String octet : hexadecimal.split(" ")) {
            text.append((char) Integer.parseInt(octet, 16));
        }
        return text.toString();
    }

    private static Told play(Dialogue dialogue) {
        return dialogue.play(new WebSocketProtocol());
    }

    private static Event last(Told told) {
        return told.events.get(told.events.size() - 1);
    }

    @Test
    void theExamplesOfTheStandard() {
        Told told = play(new Dialogue()
                .client(MASKED_HELLO + MASKED_PONG)
                .server(HELLO + FRAGMENTS + PING)
                .server(bytes("82 7e 01 00") + "x".repeat(256))
                .server(bytes("82 7f 00 00 00 00 00 01 00 00") + "x".repeat(65_536)));
        assertEquals(
                List.of("websocket websocket.frames_toserver=2 websocket.frames_toclient=6 websocket.bytes_toserver=10"
                        + " websocket.bytes_toclient=65807 websocket.opcodes=[continuation, text, binary, ping, pong]"
                        + " websocket.finished=true"),
                told.lines());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "81 05 48 65 6c 6c 6f|unmasked",
                "81 85 00 00 00 00 48 65 6c 6c 6f|zero-mask",
                "8a 80 00 00 00 00|-",
                "83 80 01 02 03 04|reserved-opcode",
                "8b 80 01 02 03 04|reserved-opcode",
                "89 fe 00 80 01 02 03 04|long-control-frame",
                "09 80 01 02 03 04|fragmented-control-frame",
                "81 fe 00 05 01 02 03 04 48 65 6c 6c 6f|length-not-minimal",
                "81 ff 00 00 00 00 00 00 ff ff 01 02 03 04|length-not-minimal",
                "81 ff 80 00 00 00 00 00 00 01 01 02 03 04|length-too-large",
                "80 80 01 02 03 04|continuation-of-nothing",
                "01 80 01 02 03 04 81 80 01 02 03 04|message-within-message",
            })
    void whatBreaksTheRules(String frame, String fault) {
        Told told = play(new Dialogue().client(bytes(frame)));
        assertEquals(fault.equals("-") ? null : List.of(fault), last(told).get(WebSocketEvents.FAULTS));
        boolean atOnce = fault.equals("unmasked") || fault.equals("zero-mask");
        assertEquals(atOnce ? 2 : 1, told.events.size());
    }

    @Test
    void aServerMustNotMask() {
        assertEquals(
                List.of("server-masked"),
                last(play(new Dialogue().server(MASKED_HELLO))).get(WebSocketEvents.FAULTS));
    }

    @Test
    void theSameHoweverItIsCut() {
        Dialogue whole = new Dialogue()
                .client(MASKED_HELLO + MASKED_PONG + HELLO)
                .server(HELLO + FRAGMENTS + PING + bytes("82 7e 01 00") + "x".repeat(256) + HELLO);
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
    void anyBytesAreTaken() {
        Random random = new Random(6455);
        byte[] noise = new byte[300];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(noise);
            Dialogue dialogue = new Dialogue()
                    .client(new String(noise, 0, 150, StandardCharsets.ISO_8859_1))
                    .server(new String(noise, 150, 150, StandardCharsets.ISO_8859_1));
            assertTrue(play(dialogue).events.size() <= 3);
        }
    }
}
