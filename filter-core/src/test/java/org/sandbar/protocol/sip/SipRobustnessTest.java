package org.sandbar.protocol.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Segment;
import org.sandbar.wire.Packet;

class SipRobustnessTest {
    private static final int MUTATIONS = 20_000;
    private static final SipProtocol OVER_TCP = new SipProtocol(Packet.TCP);
    private static final SipProtocol OVER_UDP = new SipProtocol(Packet.UDP);

    static Iterable<String> names() {
        return SipDialogues.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void cutAnywhere(String name) {
        Dialogue dialogue = SipDialogues.all().get(name);
        List<String> expected = dialogue.play(OVER_TCP).lines();
        List<Segment> segments = dialogue.segments();
        for (int index = 0; index < segments.size(); index++) {
            for (int at = 1; at < segments.get(index).bytes().length; at++) {
                assertEquals(
                        expected, dialogue.cut(index, at).play(OVER_TCP).lines(), "segment " + index + " at " + at);
            }
        }
        for (int size : new int[] {1, 2, 3, 7}) {
            assertEquals(expected, dialogue.inPiecesOf(size).play(OVER_TCP).lines());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachSegmentLost(String name) {
        Dialogue dialogue = SipDialogues.all().get(name);
        int told = dialogue.play(OVER_TCP).events.size();
        for (int index = 0; index < dialogue.segments().size(); index++) {
            assertTrue(dialogue.losing(index).play(OVER_TCP).events.size() <= told + 1);
        }
    }

    @Test
    void behindAGapTheNextMessageIsRead() {
        List<String> lines = SipDialogues.call().losing(2).play(OVER_TCP).lines();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).contains("sip.provisional=[100] sip.accepted=true"), lines.toString());
    }

    @Test
    void whatIsLeftOfAMessageIsPassedOver() {
        List<String> lines =
                SipDialogues.call().cut(3, 100).losing(3).play(OVER_TCP).lines();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).contains("sip.method=BYE") && lines.get(0).contains("sip.code=200"), lines.toString());
        assertTrue(lines.get(1).contains("sip.provisional=[100, 183]"), lines.toString());
    }

    @Test
    void mutations() {
        Random random = new Random(5060);
        List<Dialogue> dialogues = new ArrayList<>(SipDialogues.all().values());
        for (int i = 0; i < MUTATIONS; i++) {
            Dialogue mutated = SipDialogues.dialogue();
            for (Segment segment : dialogues.get(i % dialogues.size()).segments()) {
                byte[] bytes = segment.bytes().clone();
                for (int change = random.nextInt(4); change > 0; change--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                mutated.segments().add(new Segment(segment.direction(), bytes, 0));
            }
            assertTrue(mutated.play(i % 2 == 0 ? OVER_TCP : OVER_UDP).events.size() <= 9);
        }
    }
}
