package org.sandbar.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngTest {
    private static final byte[] DATA = {1, 2, 3, 4, 5};
    private static final long SECONDS = 1_700_000_000L;
    private static final long MICROS = SECONDS * 1_000_000 + 123_456;

    private static ByteOrder order(boolean little) {
        return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsAllPacketBlocksOfSeveralInterfacesAndSections(boolean little) {
        Reading reading = Reading.of(CaptureBytes.pcapng(order(little))
                .networkInterface(LinkType.ETHERNET, 3)
                .block(5, new byte[16])
                .simplePacket(DATA, 90)
                .networkInterface(LinkType.RAW, 0, 9, 0)
                .enhancedPacket(1, MICROS * 1_000 + 7, DATA, 60)
                .block(0x0bad, new byte[0])
                .simplePacket(DATA, 4)
                .obsoletePacket(0, MICROS, DATA, 70)
                .section(order(!little))
                .networkInterface(LinkType.LINUX_SLL2, 0)
                .enhancedPacket(0, MICROS + 1, DATA, 80)
                .bytes());
        assertEquals(List.of(), reading.complaints());
        long ns = MICROS * 1_000;
        assertEquals(List.of(0L, ns + 7, ns + 7, ns, ns + 1_000), reading.times());
        assertEquals(
                List.of(1, LinkType.RAW, 1, 1, LinkType.LINUX_SLL2),
                reading.packets().stream().map(Reading.Row::linkType).toList());
        assertEquals(
                List.of(90, 60, 4, 70, 80),
                reading.packets().stream().map(Reading.Row::wireLength).toList());
        assertEquals(
                List.of(3, 5, 3, 5, 5),
                reading.packets().stream().map(row -> row.data().size()).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "6, 0, 1700000000123456, 1700000000123456000",
        "9, 0, 1700000000123456789, 1700000000123456789",
        "0, 0, 1700000000, 1700000000000000000",
        "3, 1700000000, 123, 1700000000123000000",
        "6, -10, 1700000000123456, 1699999990123456000",
        "12, 1700000000, 123456789012, 1700000000123456789",
        "19, 5, 1, 5000000000",
        "20, 5, 1, 5000000000",
        "0x80, 0, 1700000000, 1700000000000000000",
        "0x81, 0, 3, 1500000000",
        "0x94, 0, 1782579200129453, 1700000000123456001",
        "0xbf, 0, -1, 1999999999",
        "0xff, 7, -1, 7000000000",
        "0, 0, -1, 9223372035000000000",
        "6, 9223372036854775807, 1, 9223372035000001000",
        "6, -9223372036854775808, 1, -9223372034999999000"
    })
    void countsTimesInEveryResolution(String resolution, long offset, long units, long expectedNs) {
        Reading reading = Reading.of(CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN)
                .networkInterface(LinkType.ETHERNET, 0, Integer.decode(resolution), offset)
                .enhancedPacket(0, units, DATA, 5)
                .bytes());
        assertEquals(List.of(expectedNs), reading.times());
    }

    @Test
    void passesOverBlocksThatAreLongerThanABatch() {
        CaptureBytes capture = CaptureBytes.pcapng(ByteOrder.BIG_ENDIAN)
                .networkInterface(LinkType.ETHERNET, 0)
                .enhancedPacket(0, MICROS, DATA, 5)
                .block(10, new byte[1_000_000])
                .enhancedPacket(0, MICROS, DATA, 5);
        Reading reading = Reading.of(capture.bytes());
        assertEquals(List.of(), reading.complaints());
        assertEquals(2, reading.packets().size());

        Reading cut = Reading.of(Arrays.copyOf(capture.bytes(), 500_000));
        assertEquals(1, cut.packets().size());
        assertTrue(cut.complaint().contains("cut short at byte 500000: the block goes on for"), cut.complaint());
    }

    @Test
    void saysWhatIsDamagedAndWhere() {
        String place = "standard input: damaged at byte " + described().bytes().length + ": ";
        record Damage(String expected, CaptureBytes block) {}
        for (Damage damage : List.of(
                new Damage(
                        "a packet of interface 3, but 1 are described",
                        described().enhancedPacket(3, 0, DATA, 5)),
                new Damage(
                        "a packet of interface 1, but 1 are described",
                        described().obsoletePacket(1, 0, DATA, 5)),
                new Damage(
                        "a block of 14 bytes cannot be",
                        described().i32(6).i32(14).i32(0).i32(0)),
                new Damage(
                        "a block of 8 bytes cannot be",
                        described().i32(6).i32(8).i32(0)),
                new Damage(
                        "the two lengths of the block differ",
                        described().i32(9).i32(16).i32(0).i32(12)),
                new Damage(
                        "a packet of 9 bytes cannot be in a block of 32",
                        described().block(6, lengthNine())),
                new Damage("a block of 16 bytes is too short", described().block(6, new byte[4])),
                new Damage("the section has no byte order", described().block(Pcapng.SECTION, new byte[16])),
                new Damage(
                        "a block of 4294967292 bytes cannot be",
                        described().i32(6).i32(-4).i32(0)))) {
            Reading reading = Reading.of(damage.block.bytes());
            assertEquals(place + damage.expected, reading.complaint().replaceFirst("( for one of|; no packet).*", ""));
        }
    }

    private static CaptureBytes described() {
        return CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN).networkInterface(LinkType.ETHERNET, 0);
    }

    private static byte[] lengthNine() {
        byte[] body = new byte[20];
        body[12] = 9;
        return body;
    }

    @Test
    void aCaptureCutAnywhereGivesAllWholePacketsAndThenSaysSo() {
        CaptureBytes capture = CaptureBytes.pcapng(ByteOrder.BIG_ENDIAN);
        int begun = capture.bytes().length;
        int known = capture.networkInterface(LinkType.ETHERNET, 0, 6, 0).bytes().length;
        int first = capture.enhancedPacket(0, MICROS, DATA, 5).bytes().length;
        int section = capture.section(ByteOrder.LITTLE_ENDIAN).bytes().length;
        int described = capture.networkInterface(LinkType.RAW, 0).bytes().length;
        byte[] whole = capture.enhancedPacket(0, MICROS, DATA, 5).bytes();
        List<Integer> blockEnds = List.of(begun, known, first, section, described, whole.length);
        for (int cut = 4; cut <= whole.length; cut++) {
            Reading reading = Reading.of(Arrays.copyOf(whole, cut));
            int packets = cut == whole.length ? 2 : cut >= first ? 1 : 0;
            assertEquals(packets, reading.packets().size(), "cut at " + cut);
            assertEquals(blockEnds.contains(cut) ? 0 : 1, reading.complaints().size(), "cut at " + cut);
        }
    }
}
