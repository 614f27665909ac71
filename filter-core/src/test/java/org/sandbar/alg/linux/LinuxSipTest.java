package org.sandbar.alg.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/** The kernel's gateway by example; {@link SipKernelTest} has the kernel's own answers. */
class LinuxSipTest {
    private static final String REGISTER =
            "REGISTER sip:e SIP/2.0\r\nContact: <sip:a@10.0.0.5:5000>\r\nCSeq: 1 REGISTER\r\nExpires: 60\r\nContent-Length: 0\r\n\r\n";
    private static final String BOUND =
            "SIP/2.0 200 OK\r\nContact: <sip:a@10.0.0.5:5000>;expires=90\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n";
    private static final String MEDIA =
            "v=0\r\nc=IN IP4 10.0.0.5\r\nm=audio 6001 RTP/AVP 0\r\nm=video 22 RTP/AVP 31\r\n";

    private final List<String> did = new ArrayList<>();
    private final Holes holes = new Holes() {
        @Override
        public void open(Gateway gateway, Hole hole, int from, int to) {
            String state = hole.dormant() ? " dormant" : "";
            did.add("open " + hole.transport() + " " + hole.from() + " " + hole.to() + ":" + hole.toPort() + " for "
                    + hole.lifetimeNs() / 1_000_000_000L + state);
        }

        @Override
        public void drop(Gateway gateway, int from, int to) {
            did.add("drop");
        }

        @Override
        public void close(Gateway gateway, Hole hole) {
            did.add("close " + hole.toPort());
        }
    };

    private static Packet packet(Direction direction, byte[] payload) {
        Packet packet = new Packet();
        Address client = Address.parse("10.0.0.5");
        Address server = Address.parse("198.51.100.21");
        boolean toServer = direction == Direction.TO_SERVER;
        packet.ipVersion = 4;
        packet.sourceLow = (toServer ? client : server).low();
        packet.destinationLow = (toServer ? server : client).low();
        packet.buffer = payload;
        packet.payloadLength = payload.length;
        return packet;
    }

    private static void say(Inspection inspection, Direction direction, String text) {
        inspection.see(direction, packet(direction, text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aRegistrationIsOpenedWhenTheRegistrarAgrees() {
        Inspection inspection = new LinuxSip(Packet.TCP).inspect(null, holes);
        say(inspection, Direction.TO_SERVER, REGISTER);
        say(inspection, Direction.TO_CLIENT, BOUND);
        say(inspection, Direction.TO_CLIENT, BOUND.replace("200 OK", "403 No"));
        assertEquals(
                List.of(
                        "open 6 198.51.100.21 10.0.0.5:5000 for 180 dormant",
                        "open 6 198.51.100.21 10.0.0.5:5000 for 90",
                        "close 5000"),
                did);
    }

    @Test
    void whatHasItsLengthIsPassedOver() {
        Inspection inspection = new LinuxSip(Packet.TCP).inspect(null, holes);
        say(inspection, Direction.TO_SERVER, "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello" + REGISTER);
        assertEquals(List.of("open 6 198.51.100.21 10.0.0.5:5000 for 180 dormant"), did);
        did.clear();
        say(inspection, Direction.TO_SERVER, "POST / HTTP/1.1\r\nContent-Length: 500\r\n\r\nhello" + REGISTER);
        assertEquals(List.of(), did);
    }

    @Test
    void mediaAreRoundedDownAndALowPortDropsThePacketTooLate() {
        Inspection inspection = new LinuxSip(Packet.UDP).inspect(null, holes);
        say(inspection, Direction.TO_SERVER, "OPTIONS sip:e SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n");
        say(inspection, Direction.TO_SERVER, "INVITE sip:e SIP/2.0\r\nCSeq: 2 INVITE\r\n\r\n" + MEDIA);
        assertEquals(
                List.of(
                        "open 17 198.51.100.21 10.0.0.5:6000 for 180",
                        "open 17 198.51.100.21 10.0.0.5:6001 for 180",
                        "drop"),
                did);
    }

    @Test
    void aConnectionWhoseFirstDatagramIsDroppedNeverWas() {
        Inspection inspection = new LinuxSip(Packet.UDP).inspect(null, holes);
        say(inspection, Direction.TO_SERVER, "INVITE sip:e SIP/2.0\r\nCSeq: 2 INVITE\r\n\r\n" + MEDIA);
        assertEquals("close 6000", did.get(did.size() - 1));
        did.clear();
        say(inspection, Direction.TO_CLIENT, "hello hello hello");
        say(inspection, Direction.TO_SERVER, REGISTER);
        assertEquals(List.of(), did);
    }

    @Test
    void expires() {
        SipText text = new SipText();
        byte[] message = (REGISTER + "Expires: 4294967296\r\n").getBytes(StandardCharsets.ISO_8859_1);
        text.over(packet(Direction.TO_SERVER, message), 0, message.length);
        assertEquals(SipText.FOUND, text.header(SipText.Header.EXPIRES, 0));
        assertEquals(60, text.number(text.matchAt));
        assertEquals(SipText.FOUND, text.header(SipText.Header.EXPIRES, text.matchEnd));
        assertEquals(0, text.number(text.matchAt));
    }

    @Test
    void whatOpensNothingAllocatesNothing() {
        Inspection inspection = new LinuxSip(Packet.TCP).inspect(null, holes);
        Random random = new Random(6);
        String third = REGISTER.replace("10.0.0.5", "10.0.0.9");
        String call = "INVITE sip:e SIP/2.0\r\nCSeq: 2 INVITE\r\nl: " + MEDIA.length() + "\r\n\r\n"
                + MEDIA.replace("10.0.0.5", "10.0.0.9").replace(" 22 ", " 6002 ");
        String page = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc" + "x\r\n".repeat(300);
        List<Packet> packets = new ArrayList<>();
        for (String text : List.of(third, call, page, BOUND, third + call)) {
            packets.add(packet(Direction.TO_SERVER, text.getBytes(StandardCharsets.ISO_8859_1)));
        }
        for (int i = 0; i < 20_000; i++) {
            inspection.see(Direction.TO_SERVER, packets.get(random.nextInt(packets.size())));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 20_000; i++) {
            inspection.see(Direction.TO_SERVER, packets.get(random.nextInt(packets.size())));
        }
        double bytes = (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / 20_000.0;
        assertEquals(List.of(), did);
        assertTrue(bytes < 1, bytes + " bytes a packet");
    }

    @Test
    void mutations() {
        Random random = new Random(4502);
        String whole = REGISTER + BOUND + "INVITE sip:e SIP/2.0\r\nCSeq: 2 INVITE\r\nl: " + MEDIA.length() + "\r\n\r\n"
                + MEDIA;
        Inspection tcp = new LinuxSip(Packet.TCP).inspect(null, holes);
        Inspection udp = new LinuxSip(Packet.UDP).inspect(null, holes);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.getBytes(StandardCharsets.ISO_8859_1);
            for (int change = random.nextInt(8); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : "\r\n :;,".charAt(random.nextInt(6)));
            }
            Packet packet = packet(Direction.TO_SERVER, bytes);
            packet.payloadOffset = random.nextInt(bytes.length);
            packet.payloadLength = random.nextInt(bytes.length - packet.payloadOffset + 1);
            tcp.see(Direction.TO_SERVER, packet);
            udp.see(Direction.TO_SERVER, packet);
        }
    }
}
