package org.sandbar.protocol.ftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Segment;
import org.sandbar.protocol.Dialogue.Told;

class FtpRobustnessTest {
    private static final int MUTATIONS = 20_000;
    private static final FtpProtocol FTP = new FtpProtocol();

    static Iterable<String> names() {
        return FtpDialogues.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void cutAnywhere(String name) {
        Dialogue dialogue = FtpDialogues.all().get(name);
        List<String> expected = dialogue.play(FTP).lines();
        List<Segment> segments = dialogue.segments();
        for (int index = 0; index < segments.size(); index++) {
            byte[] bytes = segments.get(index).bytes();
            for (int at = 1; bytes != null && at < bytes.length; at++) {
                assertEquals(expected, dialogue.cut(index, at).play(FTP).lines(), "segment " + index + " at " + at);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void inSmallPieces(String name) {
        Dialogue dialogue = FtpDialogues.all().get(name);
        Told whole = dialogue.play(FTP);
        for (int size : new int[] {1, 2, 3, 7}) {
            Told pieces = dialogue.inPiecesOf(size).play(FTP);
            assertEquals(whole.lines(), pieces.lines());
            assertEquals(whole.evidence, pieces.evidence);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachSegmentLost(String name) {
        Dialogue dialogue = FtpDialogues.all().get(name);
        for (int index = 0; index < dialogue.segments().size(); index++) {
            if (dialogue.segments().get(index).bytes() != null) {
                Told told = dialogue.losing(index).play(FTP);
                assertTrue(told.events.size() <= 2 * dialogue.play(FTP).events.size() + 2);
            }
        }
    }

    @Test
    void mutations() {
        Random random = new Random(4502);
        List<Dialogue> dialogues = new ArrayList<>(FtpDialogues.all().values());
        for (int i = 0; i < MUTATIONS; i++) {
            Dialogue mutated = mutate(dialogues.get(i % dialogues.size()), random);
            int lines = 2;
            for (Segment segment : mutated.segments()) {
                lines += segment.bytes() == null ? 0 : 1;
                for (int at = 0; segment.bytes() != null && at < segment.bytes().length; at++) {
                    lines += segment.bytes()[at] == '\n' ? 1 : 0;
                }
            }
            assertTrue(mutated.play(FTP).events.size() <= lines);
        }
    }

    private static Dialogue mutate(Dialogue dialogue, Random random) {
        Dialogue mutated = new Dialogue();
        for (Segment segment : dialogue.segments()) {
            byte[] bytes = segment.bytes() == null ? null : segment.bytes().clone();
            int kind = random.nextInt(8);
            if (bytes == null || kind == 0) {
                mutated.lost(segment.direction(), 1 + random.nextInt(9));
                continue;
            }
            for (int n = random.nextInt(4); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int from = kind == 1 ? random.nextInt(bytes.length) : 0;
            int to = kind == 2 ? random.nextInt(bytes.length) + 1 : bytes.length;
            String text = new String(bytes, from, Math.max(0, to - from), StandardCharsets.ISO_8859_1);
            boolean toServer = kind == 3 ? random.nextBoolean() : segment.direction() == Direction.TO_SERVER;
            if (toServer) {
                mutated.client(text);
            } else {
                mutated.server(text);
            }
        }
        return mutated;
    }
}
