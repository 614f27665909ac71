package org.sandbar.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PcapTest {
    private static final byte[] DATA = {1, 2, 3, 4, 5};
    private static final long TIME = 1_700_000_000_123_456_000L;

    static Stream<Arguments> variants() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                .flatMap(order -> Stream.of(Pcap.MICROSECONDS, Pcap.NANOSECONDS, Pcap.KUZNETZOV)
                        .map(magic -> Arguments.of(order, magic)));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void readsBothByteOrdersAndAllRecordHeaders(ByteOrder order, int magic) {
        long exact = TIME + (magic == Pcap.NANOSECONDS ? 789 : 0);
        Reading reading = Reading.of(CaptureBytes.pcap(order, magic, LinkType.RAW, 65_535)
                .packet(exact, DATA, 60)
                .packet(exact + 1_000, new byte[0])
                .bytes());
        assertEquals(List.of(), reading.complaints());
        assertEquals(
                List.of(
                        new Reading.Row(
                                1, exact, LinkType.RAW, 60, List.of((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5)),
                        new Reading.Row(2, exact + 1_000, LinkType.RAW, 0, List.of())),
                reading.packets());
    }

    @Test
    void ignoresWhatStandsAboveTheLinkType() {
        int withFrameCheckSequence = 0x4400_0000 | LinkType.ETHERNET;
        Reading reading =
                Reading.of(CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, Pcap.MICROSECONDS, withFrameCheckSequence, 65_535)
                        .packet(TIME, DATA)
                        .bytes());
        assertEquals(LinkType.ETHERNET, reading.packets().get(0).linkType());
    }

    @Test
    void takesTheLastTimeAndTheLargestLengthThatTheFieldsHold() {
        Reading reading = Reading.of(CaptureBytes.pcap()
                .i32(-1)
                .i32(-1)
                .i32(1)
                .i32(-1)
                .raw(new byte[1])
                .bytes());
        assertEquals(
                0xffff_ffffL * 1_000_000_000L + 0xffff_ffffL * 1_000L,
                reading.times().get(0));
        assertEquals(Integer.MAX_VALUE, reading.packets().get(0).wireLength());
    }

    @Test
    void aPacketBeyondTheSnapLengthIsReadAsLongAsLibpcapCouldHaveWrittenIt() {
        CaptureBytes capture = CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, Pcap.MICROSECONDS, LinkType.ETHERNET, 96);
        capture.packet(TIME, new byte[262_144]).packet(TIME, DATA);
        Reading reading = Reading.of(new ByteArrayInputStream(capture.bytes()), 1 << 20);
        assertEquals(List.of(), reading.complaints());
        assertEquals(2, reading.packets().size());

        capture.packet(TIME, new byte[262_145]);
        Reading damaged = Reading.of(new ByteArrayInputStream(capture.bytes()), 1 << 20);
        assertEquals(2, damaged.packets().size());
        assertTrue(
                damaged.complaint().contains("damaged at byte 262205: a packet of 262145 bytes"), damaged.complaint());
    }

    @Test
    void namesTheLimitThatARecordNeeds() {
        CaptureBytes capture = CaptureBytes.pcap(ByteOrder.BIG_ENDIAN, Pcap.MICROSECONDS, LinkType.ETHERNET, 1 << 24);
        capture.packet(TIME, DATA).packet(TIME, new byte[200_000]).packet(TIME, DATA);
        Reading reading = Reading.of(capture.bytes());
        assertEquals(1, reading.packets().size());
        assertEquals(
                "standard input: the record at byte 45 does not fit in limits.batch-bytes; set it to 200016 or more;"
                        + " the one packet before it was read",
                reading.complaint());
        assertEquals(
                3,
                Reading.of(new ByteArrayInputStream(capture.bytes()), 200_016)
                        .packets()
                        .size());
    }

    @Test
    void refusesAVersionInWhichTheLengthsStoodTheOtherWayRound() {
        byte[] capture = CaptureBytes.pcap().packet(TIME, DATA).bytes();
        capture[6] = 2;
        assertTrue(Reading.of(capture).complaint().contains("pcap version 2.2"));
    }

    @Test
    void aCaptureCutAnywhereGivesAllWholePacketsAndThenSaysSo() {
        byte[] whole = CaptureBytes.pcap().packet(TIME, DATA).packet(TIME, DATA).bytes();
        for (int cut = 4; cut < whole.length; cut++) {
            Reading reading = Reading.of(Arrays.copyOf(whole, cut));
            int packets = Math.max(0, (cut - 24) / 21);
            assertEquals(packets, reading.packets().size(), "cut at " + cut);
            boolean betweenRecords = cut >= 24 && (cut - 24) % 21 == 0;
            assertEquals(betweenRecords ? 0 : 1, reading.complaints().size(), "cut at " + cut);
        }
        assertEquals(
                "standard input: cut short at byte 61: the packet data needs 5 bytes, 3 are there; the one packet before"
                        + " it was read",
                Reading.of(Arrays.copyOf(whole, 64)).complaint());
        assertEquals(
                "standard input: cut short at byte 24: the record header needs 16 bytes, 1 are there; no packet stands"
                        + " before it",
                Reading.of(Arrays.copyOf(whole, 25)).complaint());
    }
}
