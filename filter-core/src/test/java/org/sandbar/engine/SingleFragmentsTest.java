package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sandbar.alg.Armed;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.capture.LinkType;
import org.sandbar.event.Event;

/** What a filter that does not put fragments together would open. */
class SingleFragmentsTest {
    private static final int CUT = 64;
    private static final int MORE = 0x2000;
    private static final String PADDING = "^".repeat(CUT - 8);
    private static final String REGISTER = "REGISTER sip:e.example SIP/2.0\r\nContact: <sip:a@192.168.1.5:5070>\r\n"
            + "Call-ID: 1\r\nCSeq: 1 REGISTER\r\nExpires: 60\r\n\r\n";

    /** A datagram in two fragments, the latter from here on. */
    private static List<byte[]> fragments(int toPort, String payload, int cut) {
        byte[] text = payload.getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = ByteBuffer.allocate(8 + text.length)
                .putShort((short) 40_000)
                .putShort((short) toPort)
                .putShort((short) (8 + text.length))
                .putShort((short) 0)
                .put(text)
                .array();
        return List.of(ipv4(whole, 0, cut, MORE), ipv4(whole, cut, whole.length, cut / 8));
    }

    private static byte[] ipv4(byte[] whole, int from, int to, int fragment) {
        return ByteBuffer.allocate(20 + to - from)
                .putShort((short) 0x4500)
                .putShort((short) (20 + to - from))
                .putShort((short) 7)
                .putShort((short) fragment)
                .putInt(0x4011_0000)
                .put(new byte[] {(byte) 192, (byte) 168, 1, 5, (byte) 198, 51, 100, 80})
                .put(whole, from, to - from)
                .array();
    }

    /** A header of UDP that goes to this port, without a length. */
    private static String header(int port) {
        return "\0\0" + (char) (port >> 8) + (char) (port & 0xff) + "\0\0\0\0";
    }

    private static List<String> told(List<byte[]> packets, Armed armed) {
        Shard shard = new Shard(0, 1, ShardSettings.USUAL.with(armed));
        long ordinal = 1;
        for (byte[] packet : packets) {
            shard.accept(packet, 0, packet.length, packet.length, LinkType.RAW, ordinal, ordinal++);
        }
        List<String> told = new ArrayList<>();
        for (Event event : shard.takeEvents()) {
            if (event.kind() == PinholeEvents.WOULD) {
                told.add(PinholeEvents.filtersOf(event) + " " + event.get(PinholeEvents.WOULD_TO) + ":"
                        + event.get(PinholeEvents.WOULD_PORT) + " " + event.text(PinholeEvents.WOULD_PLACE));
            }
        }
        return told;
    }

    private static List<String> told(List<byte[]> packets) {
        return told(packets, Armed.USUAL);
    }

    @Test
    void secondFragmentThatBeginsAsAnotherDatagram() {
        List<String> hole = List.of("[per-fragment] 192.168.1.5:5070 at-fragment-start");
        assertEquals(hole, told(fragments(3_478, PADDING + header(5_060) + REGISTER, CUT)));
        List<byte[]> fragments = fragments(5_060, PADDING + header(5_060) + REGISTER, CUT);
        assertEquals(hole, told(fragments));
        assertEquals(hole, told(List.of(fragments.get(1), fragments.get(0))));
    }

    @Test
    void portsOfThatFilter() {
        List<byte[]> packets = fragments(3_478, PADDING + header(5_080) + REGISTER, CUT);
        assertEquals(List.of(), told(packets));
        String name = Armed.nameOf(Armed.PER_FRAGMENT);
        assertEquals(1, told(packets, new Armed(Map.of(name, List.of(5_080)))).size());
    }

    @Test
    void whatBeginsElsewhereIsOnlyText() {
        assertEquals(List.of(), told(fragments(3_478, PADDING + header(5_060) + REGISTER, CUT - 8)));
        assertEquals(List.of(), told(fragments(3_478, PADDING + REGISTER, CUT)));
        String third = REGISTER.replace("192.168.1.5", "192.168.1.6");
        assertEquals(List.of(), told(fragments(3_478, PADDING + header(5_060) + third, CUT)));
    }

    /** One that is only long: it is the whole that asks, of filters that put it together. */
    @Test
    void longRegistration() {
        assertEquals(List.of("[linux] 192.168.1.5:5070 at-segment-start"), told(fragments(5_060, REGISTER, CUT)));
    }
}
