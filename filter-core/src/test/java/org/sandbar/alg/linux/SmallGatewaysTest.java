package org.sandbar.alg.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Limits;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.wire.Packet;

/** Beside what the kernel's own answers show ({@code KernelBatchTest}): the rule that no kernel at hand has, and the edges. */
class SmallGatewaysTest {
    private static final String OFFER = "\u0001DCC CHAT chat 173539586 5000\u0001\r\n";
    private static final String OPEN = "linux TCP any 10.88.1.2 5000";
    private static final String BEFORE = "linux-before-6.0 TCP any 10.88.1.2 5000";

    private static List<String> irc(String bytes) {
        return new Shown(new LinuxIrc()).client(bytes).holes;
    }

    @Test
    void today() {
        assertEquals(List.of(OPEN), irc("PRIVMSG b :" + OFFER));
        assertEquals(List.of(OPEN), irc(" \r\nprivmsg b :" + OFFER));
        assertEquals(List.of(), new Shown(new LinuxIrc()).server("PRIVMSG b :" + OFFER).holes);
        assertEquals(
                List.of(), new Shown(new LinuxIrc(), "2001:db8::1", "2001:db8::2").client("PRIVMSG b :" + OFFER).holes);
        Shown shown = new Shown(new LinuxIrc()).client("\r\nPRIVMSG b :" + OFFER + "PING x\r\n");
        assertEquals(List.of("PRIVMSG b :" + OFFER.substring(0, OFFER.length() - 1)), shown.triggers);
    }

    /** CVE-2022-2663: what only kernels before the fixes take for an offer. */
    @Test
    void beforeTheFixes() {
        assertEquals(List.of(BEFORE), irc("PONG :" + OFFER));
        assertEquals(List.of(BEFORE), irc("NOTICE b :" + OFFER));
        assertEquals(List.of(BEFORE), irc("NICK a\r\nPRIVMSG b :" + OFFER));
        assertEquals(List.of(BEFORE), irc("PRIVMSG b :hello " + OFFER));
        assertEquals(List.of(BEFORE), irc("x".repeat(5_000) + OFFER));
        assertEquals(List.of(BEFORE), irc("POST / HTTP/1.1\r\n\r\n" + OFFER));
        // The server's address was as good, and port 0 was a port.
        assertEquals(List.of(BEFORE), irc("PRIVMSG b :" + OFFER.replace("173539586", "173539842")));
        assertEquals(
                List.of("linux-before-6.0 TCP any 10.88.1.2 0"), irc("PRIVMSG b :" + OFFER.replace("5000", "00000")));
        assertEquals(List.of(), irc("PONG :" + OFFER.replace("173539586", "173539661")));
        // What could not be read did not end the search.
        assertEquals(List.of(BEFORE), irc("PONG :\u0001DCC CHAT chat 173539661 22\u0001" + OFFER));
        assertEquals(List.of(BEFORE), irc("PONG :\u0001DCC CHAT SCHAT " + OFFER));
        assertEquals(List.of(), irc("PONG :" + OFFER.substring(0, OFFER.length() - 1)));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false", "256, false", "0, false"})
    void tftp(int opcode, boolean opens) {
        String bytes = "" + (char) (opcode >> 8) + (char) (opcode & 255);
        List<String> expected = opens ? List.of("linux UDP 10.88.2.2 10.88.1.2 40000") : List.of();
        assertEquals(expected, new Shown(new LinuxTftp()).client(bytes).holes);
        assertEquals(expected, new Shown(new LinuxTftp()).server(bytes + "x").holes);
        assertEquals(List.of(), new Shown(new LinuxTftp()).client(bytes.substring(1)).holes);
    }

    @Test
    void sane() {
        String start = "\0\0\0\7\0\0\0\1";
        String reply = "\0\0\0\0\0\0\23\210";
        List<String> open = List.of("linux TCP 10.88.1.2 10.88.2.2 5000");
        assertEquals(open, new Shown(new LinuxSane()).client(start).server(reply + "more").holes);
        assertEquals(
                open,
                new Shown(new LinuxSane())
                        .client(start)
                        .client("\0")
                        .server(reply)
                        .server(reply)
                        .holes);
        assertEquals(List.of(), new Shown(new LinuxSane()).server(reply).holes);
        assertEquals(List.of(), new Shown(new LinuxSane()).client(start + "\0").server(reply).holes);
        assertEquals(
                List.of(), new Shown(new LinuxSane()).client(start).server("\0").server(reply).holes);
        assertEquals(
                List.of(),
                new Shown(new LinuxSane())
                        .client(start)
                        .client("\0\0\0\10\0\0\0\1")
                        .server(reply)
                        .holes);
    }

    @Test
    void amanda() {
        assertEquals(
                List.of("linux TCP 10.88.1.2 10.88.2.2 1", "linux TCP 10.88.1.2 10.88.2.2 4464"),
                new Shown(new LinuxAmanda()).server("x CONNECT STATE 70000 DATA 1\n").holes);
        assertEquals(List.of(), new Shown(new LinuxAmanda()).client("CONNECT DATA 5000\n").holes);
        assertEquals(List.of(), new Shown(new LinuxAmanda()).server("CONNECT DATA 5000").holes);
        assertEquals(List.of(), new Shown(new LinuxAmanda()).server("CONNECT DATA x MESG 5000\n").holes);
    }

    /** One control message of RFC 2637: its type, how long its body is, and the body's first bytes. */
    private static String message(int type, int length, int... body) {
        StringBuilder text = new StringBuilder("\0\0\0\1\u001a\u002b\u003c\u004d\0");
        text.append((char) type).append("\0\0");
        for (int i = 0; i < length; i++) {
            text.append((char) (i < body.length ? body[i] : 0));
        }
        return text.toString();
    }

    private static String dial(int call) {
        return message(7, 156, 0, call);
    }

    private static String answer(int call, int peer) {
        return message(8, 20, 0, call, 0, peer, 1);
    }

    private static Shown pptp() {
        return new Shown(new LinuxPptp()).client(message(1, 144)).server(message(2, 144, 1, 0, 1));
    }

    /** By what the kernel did with 3,000 conversations, GRE's keys compared. */
    @Test
    void pptpCalls() {
        assertEquals(
                List.of("linux GRE 10.88.1.2 10.88.2.2 0", "linux GRE 10.88.2.2 10.88.1.2 0"),
                pptp().client(dial(3)).server(answer(4, 3)).holes);
        assertEquals(List.of(), pptp().client(dial(3)).server(answer(4, 9)).holes);
        assertEquals(List.of(), pptp().server(answer(4, 0)).holes);
        assertEquals(List.of(), pptp().client(dial(3)).server(answer(4, 3).substring(0, 31)).holes);
        assertEquals(
                2,
                pptp().server(message(9, 208, 0, 4))
                        .client(message(10, 12, 0, 3, 0, 4, 1))
                        .server(message(11, 16, 0, 3))
                        .holes
                        .size());
        assertEquals(
                0,
                new Shown(new LinuxPptp(), "2001:db8::1", "2001:db8::2")
                        .client(message(1, 144))
                        .server(message(2, 144, 1, 0, 1))
                        .client(dial(3))
                        .server(answer(4, 3))
                        .holes
                        .size());
    }

    /** While the keys of one call stand, another one gets none. */
    @Test
    void pptpKeys() {
        String hangUp = message(13, 136);
        Shown other =
                pptp().client(dial(3)).server(answer(4, 3)).client(dial(5)).server(answer(6, 5));
        assertEquals(2, other.holes.size());
        assertEquals(2, other.server(answer(6, 5)).holes.size());
        assertEquals(
                4,
                other.server(hangUp).client(dial(5)).server(answer(6, 5)).holes.size());
        // Of the same number of the server: refused, but the keys are gone then.
        Shown same = pptp().client(dial(3)).server(answer(4, 3)).client(dial(5)).server(answer(4, 5));
        assertEquals(2, same.holes.size());
        assertEquals(4, same.server(answer(4, 5)).holes.size());
    }

    /** For packets that open nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"irc", "tftp", "sane", "amanda", "pptp"})
    void allocatesNothing(String protocol) {
        Gateway gateway = Linux.GATEWAYS.stream()
                .filter(one -> one.protocol().equals(protocol))
                .findFirst()
                .orElseThrow();
        Packet packet = new Packet();
        packet.ipVersion = 4;
        packet.protocol = gateway.transport();
        packet.tcpFlags = Packet.SYN;
        packet.sourceLow = 173_539_586;
        packet.destinationLow = 173_539_842;
        int[] opened = new int[1];
        Inspection inspection = gateway.inspect(new FlowTable<>(Flow::new, Limits.USUAL).begin(packet), new Holes() {
            @Override
            public void open(Gateway by, Hole hole, int from, int to) {
                opened[0]++;
            }

            @Override
            public void drop(Gateway by, int from, int to) {
                opened[0]++;
            }
        });
        byte[][] payloads = payloads();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = 0;
        for (int i = 0; i < 200_000; i++) {
            before = i == 100_000 ? threads.getThreadAllocatedBytes(thread) : before;
            packet.buffer = payloads[i % payloads.length];
            packet.payloadLength = packet.buffer.length;
            packet.payloadWireLength = packet.buffer.length;
            inspection.see(i % 2 == 0 ? Direction.TO_SERVER : Direction.TO_CLIENT, packet);
        }
        assertEquals(0, opened[0]);
        assertTrue(threads.getThreadAllocatedBytes(thread) - before < 100_000);
    }

    private static byte[][] payloads() {
        String[] texts = {
            "PRIVMSG b :\u0001DCC CHAT chat 173539661 5000\u0001\r\n",
            "PONG :\u0001DCC CHAT SEND SEND f \n",
            "CONNECT DATA 0\n",
            "\0\0\0\10\0\0\0\1",
            "\0\0\0\0\0\1",
            "\0\234\0\1\u001a\u002b\u003c\u004d\0\1\0\0" + "\0".repeat(144),
            "PRIVMSG "
        };
        byte[][] payloads = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            payloads[i] = texts[i].getBytes(StandardCharsets.ISO_8859_1);
        }
        return payloads;
    }
}
