package org.sandbar.protocol.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Told;
import org.sandbar.protocol.Probe;

class SshProtocolTest {
    private static final int MUTATIONS = 5_000;
    private static final String CLIENT = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n";
    private static final String SERVER = "SSH-1.99-dropbear\n";
    private static final List<String> LINES = List.of("ssh ssh.client.proto_version=2.0"
            + " ssh.client.software_version=OpenSSH_9.2p1 Debian-2 ssh.server.proto_version=1.99"
            + " ssh.server.software_version=dropbear");

    private static Told play(Dialogue dialogue) {
        Told told = dialogue.play(new SshProtocol());
        assertTrue(told.mostUnfinished <= 256, told.mostUnfinished + " bytes kept");
        return told;
    }

    private static Dialogue usual() {
        return new Dialogue().client(CLIENT + "\0\0\5\24binary").server(SERVER + "\0\0\4\4");
    }

    @Test
    void bothSidesInAnyPieces() {
        assertEquals(LINES, play(usual()).lines());
        assertEquals(List.of("ssh-client"), play(usual()).evidence);
        for (int size = 1; size < 40; size++) {
            assertEquals(LINES, play(usual().inPiecesOf(size)).lines(), "pieces of " + size);
        }
        assertEquals(LINES, play(new Dialogue().server(SERVER).client(CLIENT)).lines());
    }

    @Test
    void oneSideAloneIsNoEvidence() {
        assertEquals(List.of(), play(new Dialogue().client(CLIENT)).evidence);
        assertEquals(List.of(), play(new Dialogue().server(SERVER).client("GET / HTTP/1.1\r\n")).evidence);
        assertEquals(List.of(), play(usual().losing(0)).evidence);
        assertEquals(List.of(), play(usual().losing(1)).evidence);
    }

    @Test
    void serversMaySayMoreBefore() {
        assertEquals(
                LINES,
                play(new Dialogue().client(CLIENT).server("Welcome\r\nto this host\r\n" + SERVER))
                        .lines());
    }

    @Test
    void linesWithoutAnEndAreLeft() {
        Dialogue dialogue =
                new Dialogue().client("SSH-2.0-" + "x".repeat(3_000)).server("y".repeat(3_000));
        assertEquals(List.of(), play(dialogue).lines());
        assertEquals(List.of(), play(dialogue.inPiecesOf(1)).lines());
    }

    @Test
    void linesWithoutAnythingInThem() {
        assertEquals(
                1,
                play(new Dialogue().client("SSH-2\n").server("SSH-\r\n"))
                        .lines()
                        .size());
    }

    @ParameterizedTest
    @CsvSource({
        "S,NEED_MORE",
        "SSH-,NEED_MORE",
        "SSH-2,MATCH",
        "SSH-1.5-x,MATCH",
        "SSH2,NO_MATCH",
        "SSH-x,NO_MATCH",
        "GET /,NO_MATCH"
    })
    void probe(String bytes, Probe expected) {
        byte[] buffer = bytes.getBytes(StandardCharsets.ISO_8859_1);
        for (Direction direction : Direction.values()) {
            assertEquals(expected, new SshProtocol().probe(22, direction, buffer, 0, buffer.length));
        }
    }

    @Test
    void mutated() {
        Random random = new Random(4253);
        for (int i = 0; i < MUTATIONS; i++) {
            StringBuilder client = new StringBuilder(CLIENT);
            client.setCharAt(random.nextInt(client.length()), (char) random.nextInt(256));
            client.setLength(1 + random.nextInt(client.length()));
            Told told =
                    play(new Dialogue().client(client.toString()).server(SERVER).inPiecesOf(1 + random.nextInt(9)));
            assertTrue(told.lines().size() <= 1);
        }
    }
}
