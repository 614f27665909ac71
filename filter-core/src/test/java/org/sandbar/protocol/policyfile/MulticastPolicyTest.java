package org.sandbar.protocol.policyfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Told;
import org.sandbar.protocol.Probe;

/** Datagrams as Microsoft's sample server reads and writes them. */
class MulticastPolicyTest {
    private static final String ORIGIN = "http://www.example.org/app.xap";
    private static final String GROUP = "\u00ef\u0001\u0002\u0003";

    private static String message(int type, int port, String origin, String group) {
        return "SL\0\u0001" + (char) type + "\1\2\3\4" + (char) (port & 0xff) + (char) (port >> 8)
                + (char) (origin.length() & 0xff) + (char) (origin.length() >> 8) + (char) group.length() + origin
                + group;
    }

    private static Probe probe(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        return new MulticastPolicyProtocol().probe(9430, Direction.TO_SERVER, bytes, 0, bytes.length);
    }

    private static Told play(Dialogue dialogue) {
        return dialogue.between("192.168.1.5", 40_000, "239.1.2.3", 9430).play(new MulticastPolicyProtocol());
    }

    @Test
    void bothSides() {
        Told told = play(new Dialogue()
                .client(message(0, 5_000, ORIGIN, GROUP))
                .client(message(0, 5_000, ORIGIN, GROUP))
                .server(message(1, 5_000, ORIGIN, GROUP)));
        String rest =
                " policy_file.complete=true policy_file.group=239.1.2.3 policy_file.group_port=5000 policy_file.origin="
                        + ORIGIN;
        assertEquals(
                List.of(
                        "policy_file policy_file.kind=multicast policy_file.request=announcement" + rest,
                        "policy_file policy_file.kind=multicast policy_file.request=authorization" + rest),
                told.lines());
        assertEquals(List.of("multicast-policy"), told.evidence);
    }

    @Test
    void aServerIsNoPlugin() {
        Told told = play(new Dialogue().client(message(1, 80, "", "\u00ff\u0002" + "\0".repeat(13) + "\u0001")));
        assertEquals(List.of(), told.evidence);
        assertEquals(
                List.of(
                        "policy_file policy_file.kind=multicast policy_file.request=authorization policy_file.complete=true"
                                + " policy_file.findings=[low-ports] policy_file.group=ff02::1 policy_file.group_port=80 policy_file.origin="),
                told.lines());
    }

    @Test
    void cutAnywhere() {
        String whole = message(0, 5_000, ORIGIN, GROUP);
        for (int length = 0; length < whole.length(); length++) {
            assertEquals(Probe.NO_MATCH, probe(whole.substring(0, length)));
            assertEquals(
                    List.of(),
                    play(new Dialogue().client(whole.substring(0, length))).lines());
        }
        assertEquals(Probe.MATCH, probe(whole));
        assertEquals(Probe.MATCH, probe(whole + "more"));
        assertEquals(Probe.NO_MATCH, probe(message(2, 5_000, ORIGIN, GROUP)));
        assertEquals(Probe.NO_MATCH, probe(message(0, 5_000, ORIGIN, GROUP + "x")));
        assertEquals(Probe.NO_MATCH, probe(whole.replace("\0\u0001\0", "\0\u0002\0")));
    }

    @Test
    void mutations() {
        Random random = new Random(9_430);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder said = new StringBuilder(message(0, 5_000, ORIGIN, GROUP));
            for (int n = random.nextInt(4); n >= 0; n--) {
                said.setCharAt(random.nextInt(said.length()), (char) random.nextInt(256));
            }
            play(new Dialogue().client(said.toString()).server(said.toString()));
        }
    }
}
