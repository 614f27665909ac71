package org.sandbar.alg.linux.h323;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sandbar.flow.Direction.TO_CLIENT;
import static org.sandbar.flow.Direction.TO_SERVER;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.alg.Gateway;

/** What Linux 6.18 was seen to do with each of these messages. */
class LinuxH323Test {
    private static final String CONNECT = "0300004b08028001077e003f0522c0060008914a0004000a5801021388"
            + "0200101112131415161718191a1b1c1d1e1f0d0c1100000102030405060708090a0b0c0d0e0f0100010002800100";
    private static final String FACILITY = "0300003508020001627e00290526c0060008914a0004000a5801070016"
            + "20201100000102030405060708090a0b0c0d0e0f02800100";
    private static final String H245 = "TCP 10.88.2.2 10.88.1.2 5000";
    private static final String FORWARDED = "TCP 10.88.2.2 10.88.1.7 22";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Set<String> told(Gateway gateway, String... packets) {
        Overheard flow = Overheard.v4(gateway);
        for (String packet : packets) {
            flow.say(TO_SERVER, bytes(packet));
        }
        return flow.opened;
    }

    @Test
    void mediaControlIsForTheSendersOwnAddress() {
        Overheard flow = Overheard.v4(LinuxH323.Q931);
        flow.say(TO_CLIENT, bytes(CONNECT));
        assertEquals(Set.of(), flow.opened);
        flow.say(TO_SERVER, bytes(CONNECT));
        assertEquals(Set.of(H245), flow.opened);
        assertSame(LinuxH323.H245, flow.last.inspector());
        assertEquals(240_000_000_000L, flow.last.lifetimeNs());
    }

    @Test
    void callsAreForwardedToAnyHostButTheReceiver() {
        Overheard flow = Overheard.v4(LinuxH323.Q931);
        flow.say(TO_SERVER, bytes(FACILITY));
        assertEquals(Set.of(FORWARDED), flow.opened);
        assertSame(LinuxH323.Q931, flow.last.inspector());
        assertEquals(Set.of(), told(LinuxH323.Q931, FACILITY.replace("0a5801070016", "0a58020206b8")));
        assertEquals(Set.of(), told(LinuxH323.Q931, FACILITY.replace("0a5801070016", "0a5801070000")));
        // Another reason: then the address that it forwards to is not one.
        assertEquals(Set.of(), told(LinuxH323.Q931, FACILITY.replace("0a580107001620", "0a580107001600")));
    }

    @ParameterizedTest
    @CsvSource({
        // A forwarded call with an address for media control, and such an address with one to forward to.
        "0300003e08020001627e00320526c0060008914a0004000a580107001621a0801100000102030405060708090a0b0c0d0e0f"
                + "07000a580102138802800100, TCP 10.88.2.2 10.88.1.7 22",
        "0300003f08020001627e00330526c0060008914a0004000a580107001681000d041100000102030405060708090a0b0c0d0e0f"
                + "07000a580102138802800100, TCP 10.88.2.2 10.88.1.2 5000",
    })
    void oneOrTheOther(String packet, String hole) {
        assertEquals(Set.of(hole), told(LinuxH323.Q931, packet));
    }

    @Test
    void theHeaderMayComeAlone() {
        String header = CONNECT.substring(0, 8);
        String message = CONNECT.substring(8);
        assertEquals(Set.of(H245), told(LinuxH323.Q931, header, message));
        assertEquals(Set.of(H245), told(LinuxH323.Q931, header, message + "00"));
        assertEquals(Set.of(), told(LinuxH323.Q931, header, "00", message));
        assertEquals(Set.of(), told(LinuxH323.Q931, header, "", message));
        assertEquals(Set.of(), told(LinuxH323.Q931, header + "08", message.substring(2)));
        Overheard flow = Overheard.v4(LinuxH323.Q931);
        flow.say(TO_SERVER, bytes(header));
        flow.say(TO_CLIENT, bytes("00"));
        flow.say(TO_SERVER, bytes(message));
        assertEquals(Set.of(H245), flow.opened);
    }

    @Test
    void messagesStandBehindEachOther() {
        assertEquals(Set.of(H245, FORWARDED), told(LinuxH323.Q931, FACILITY + CONNECT));
        assertEquals(Set.of(H245), told(LinuxH323.Q931, CONNECT + "0000000000"));
        assertEquals(Set.of(), told(LinuxH323.Q931, "00" + CONNECT));
        assertEquals(Set.of(), told(LinuxH323.Q931, "0300000500" + CONNECT));
        assertEquals(Set.of(), told(LinuxH323.Q931, "03000004" + CONNECT));
    }

    @Test
    void mediaArePairsOfPorts() {
        String channel = "03000018030000640c6013800b050001000a580102138d00";
        String acknowledgement = "0300001b22c000640280101c00000a5801021774000a5801021775";
        assertEquals(
                Set.of("UDP 10.88.2.2 10.88.1.2 5004", "UDP 10.88.2.2 10.88.1.2 5005"), told(LinuxH323.H245, channel));
        assertEquals(
                Set.of("UDP 10.88.2.2 10.88.1.2 6004", "UDP 10.88.2.2 10.88.1.2 6005"),
                told(LinuxH323.H245, acknowledgement));
        assertEquals(Set.of(), told(LinuxH323.H245, channel.replace("0a580102", "0a580107")));
    }

    @Test
    void t120HasAChannelOfItsOwn() {
        Overheard flow = Overheard.v4(LinuxH323.H245);
        flow.say(TO_SERVER, bytes("0300001d0380000710183001000001810100010908000a58010205df00"));
        assertEquals(Set.of("TCP 10.88.2.2 10.88.1.2 1503"), flow.opened);
        assertTrue(flow.last.permanent());
        assertNull(flow.last.inspector());
        assertEquals(Set.of(), told(LinuxH323.H245, "0300001d0380000710185001000001810100010908000a58010205df00"));
    }

    @Test
    void gatekeepersNameAnyHost() {
        String gatekeeper = "04000001060008914a0004000a5801070016";
        assertEquals(Set.of("UDP 10.88.2.2 10.88.1.7 22"), told(LinuxH323.RAS, gatekeeper));
        assertEquals(Set.of(), told(LinuxH323.NAMED_RAS, gatekeeper));
        Overheard itself = Overheard.v4(LinuxH323.RAS);
        itself.say(TO_CLIENT, bytes("04000001060008914a0004000a58020206b7"));
        assertEquals(Set.of(), itself.opened);
        assertEquals(Set.of(FORWARDED), told(LinuxH323.RAS, "280000010001000a5801070016"));
        assertEquals(Set.of(), told(LinuxH323.RAS, "280000010001000a58020206b8"));
        assertEquals(Set.of(FORWARDED), told(LinuxH323.RAS, "4c0001000a5801070016000a5802021388"));
        assertEquals(Set.of("TCP 10.88.2.2 10.88.2.2 22"), told(LinuxH323.RAS, "4c0001000a5802020016000a5802021388"));
    }

    @Test
    void endpointsRegisterTheFirstOfTheirOwnAddresses() {
        assertEquals(
                Set.of("TCP 10.88.2.2 10.88.1.2 1720"),
                told(
                        LinuxH323.RAS,
                        "0c000001060008914a00048003000a5801070016000a58010206b8000a58010206b901000a5801021388"
                                + "0200b5000001"));
        // The kernel passes the time to live twice, which must not lead it out of the message.
        String registration = "0e000001060008914a00048001000a580102138801000a58010213880200b50000010";
        assertEquals(Set.of(), told(LinuxH323.RAS, registration + "28002003c"));
        assertEquals(Set.of(H245), told(LinuxH323.RAS, registration + "c8402003c0100"));
    }

    @Test
    void eachFamilyHasItsAddresses() {
        String six = "0300004108020001627e00350526c0060008914a00043020010db80000000000000000000000071b58"
                + "20201100000102030405060708090a0b0c0d0e0f02800100";
        Overheard flow = Overheard.v6(LinuxH323.Q931);
        flow.say(TO_SERVER, bytes(six));
        flow.say(TO_SERVER, bytes(FACILITY));
        flow.say(TO_SERVER, bytes(six.replace("071b58", "091b58")));
        assertEquals(Set.of("TCP 2001:db8::9 2001:db8::7 7000"), flow.opened);
        assertEquals(Set.of(), told(LinuxH323.Q931, six));
    }

    @Test
    void nothingIsReadOutsideAndNothingThrows() {
        Random random = new Random(6);
        Overheard calls = Overheard.v4(LinuxH323.Q931);
        Overheard control = Overheard.v6(LinuxH323.H245);
        Overheard registrations = Overheard.v4(LinuxH323.RAS);
        for (int i = 0; i < 20_000; i++) {
            byte[] call = RandomMessage.mutated(RandomMessage.call(random), random, random.nextInt(20));
            calls.say(random.nextBoolean() ? TO_SERVER : TO_CLIENT, call);
            byte[] message = RandomMessage.of(org.sandbar.alg.linux.h323.H245.MESSAGE, random);
            control.say(TO_SERVER, RandomMessage.tpkt(RandomMessage.mutated(message, random, 0)));
            byte[] registration = RandomMessage.mutated(RandomMessage.of(H225.RAS_MESSAGE, random), random, 0);
            registrations.say(TO_CLIENT, registration);
            byte[] noise = new byte[1 + random.nextInt(60)];
            random.nextBytes(noise);
            registrations.say(TO_SERVER, noise);
            control.say(TO_CLIENT, RandomMessage.tpkt(noise));
        }
        assertTrue(calls.opened.size() > 500, () -> calls.opened.size() + " holes");
        assertTrue(registrations.opened.size() > 500, () -> registrations.opened.size() + " holes");
    }

    /** What stands behind the packet in its buffer is another's. */
    @Test
    void cutAnywhereItOpensNothing() {
        byte[] whole = bytes(CONNECT);
        byte[] registration = bytes("4c0001000a5801070016000a5802021388");
        for (int length = 0; length < whole.length; length++) {
            byte[] longer = Arrays.copyOf(whole, whole.length);
            longer[2] = (byte) (length >> 8);
            longer[3] = (byte) length;
            Overheard flow = Overheard.v4(LinuxH323.Q931);
            flow.say(TO_SERVER, longer, 0, length);
            assertEquals(Set.of(), flow.opened);
        }
        for (int length = 0; length < registration.length; length++) {
            Overheard flow = Overheard.v4(LinuxH323.RAS);
            flow.say(TO_SERVER, registration, 0, length);
            assertEquals(Set.of(), flow.opened);
        }
    }

    @Test
    void packetsThatOpenNothingAllocateNothing() {
        byte[][] packets = {
            bytes(CONNECT),
            bytes(CONNECT.replace("0a580102", "0a580109")),
            bytes(FACILITY.replace("0a5801070016", "0a58010206b8")),
            bytes("16030100"),
            RandomMessage.call(new Random(1)),
        };
        Overheard flow = Overheard.v4(LinuxH323.Q931);
        say(flow, packets, 20_000);
        assertEquals(Set.of(), flow.opened);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        say(flow, packets, 20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 10_000, () -> allocated + " bytes");
    }

    private static void say(Overheard flow, byte[][] packets, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (byte[] packet : packets) {
                flow.say(TO_CLIENT, packet);
            }
        }
    }
}
