package org.sandbar.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sandbar.wire.Frames.COMMAND;
import static org.sandbar.wire.Frames.bytes;
import static org.sandbar.wire.Frames.ethernet;
import static org.sandbar.wire.Frames.ipv4;
import static org.sandbar.wire.Frames.ipv6;
import static org.sandbar.wire.Frames.tcp;
import static org.sandbar.wire.Frames.udp;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.LinkType;
import org.sandbar.wire.Frames.Sample;

class DecoderTest {
    private final Decoder decoder = new Decoder(Limits.USUAL);
    private final Packet packet = new Packet();

    static List<Sample> samples() {
        return Frames.samples();
    }

    private Decoded decode(int linkType, byte[] frame) {
        return decoder.decode(frame, 0, frame.length, frame.length, linkType, 1, packet);
    }

    private Decoded decodeIpv4(byte[] ip) {
        return decode(LinkType.RAW, ip);
    }

    private byte[] payload() {
        return Arrays.copyOfRange(packet.buffer, packet.payloadOffset, packet.payloadOffset + packet.payloadLength);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void findsTheSameSegmentOnEveryWay(Sample sample) {
        assertEquals(Decoded.FLOW, decode(sample.linkType(), sample.frame()));
        if (packet.ipVersion == 4) {
            assertEquals(0x0a010203L, packet.sourceLow);
            assertEquals(0xc0000201L, packet.destinationLow);
            assertEquals(0, packet.sourceHigh | packet.destinationHigh);
        } else {
            assertEquals(6, packet.ipVersion);
            assertEquals(0x20010db8_00000000L, packet.sourceHigh);
            assertEquals(1, packet.sourceLow);
            assertEquals(0x20010db8_00000000L, packet.destinationHigh);
            assertEquals(2, packet.destinationLow);
        }
        assertEquals(Packet.TCP, packet.protocol);
        assertEquals(Frames.SOURCE_PORT, packet.sourcePort);
        assertEquals(Frames.DESTINATION_PORT, packet.destinationPort);
        assertEquals(0x11223344, packet.tcpSequence);
        assertEquals(0x55667788, packet.tcpAcknowledgement);
        assertEquals(0x1d8, packet.tcpFlags);
        assertEquals(0x7210, packet.tcpWindow);
        assertEquals(7, packet.tcpUrgent);
        assertTrue(packet.has(Packet.PSH) && packet.has(Packet.ACK) && !packet.has(Packet.SYN));
        assertArrayEquals(COMMAND, payload());
        assertEquals(COMMAND.length, packet.payloadWireLength);
        assertEquals(20, packet.payloadOffset - packet.transportOffset);
        assertEquals(packet.ipVersion, sample.frame()[packet.ipOffset] >> 4);
        assertFalse(packet.reassembled);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyCutIsSeenForWhatItIs(Sample sample) {
        byte[] frame = sample.frame();
        int wire = frame.length;
        decode(sample.linkType(), frame);
        int payloadOffset = packet.payloadOffset;
        for (int length = 0; length <= wire; length++) {
            byte[] captured = Arrays.copyOf(frame, length);
            Decoded decoded = decoder.decode(captured, 0, length, wire, sample.linkType(), 1, packet);
            if (length >= payloadOffset) {
                assertEquals(Decoded.FLOW, decoded);
                assertEquals(Math.min(length - payloadOffset, COMMAND.length), packet.payloadLength);
                assertEquals(COMMAND.length, packet.payloadWireLength);
            } else if (decoded == Decoded.FLOW) {
                // Cut before the tunnel's inside could be recognised: then it is the tunnel's own flow.
                assertTrue(packet.protocol != Packet.TCP, () -> "cut at " + captured.length);
            } else {
                assertTrue(
                        decoded == Decoded.CUT || decoded == Decoded.NOT_IP, () -> decoded + " at " + captured.length);
            }
        }
    }

    @Test
    void keepsTheOutermostTwoTags() {
        byte[] frame = ethernet(0x88a8, bytes("e001 8100 0002 8100 0003 0800", Frames.tcp4()));
        assertEquals(Decoded.FLOW, decode(LinkType.ETHERNET, frame));
        assertEquals(2, packet.vlanCount);
        assertArrayEquals(new int[] {1, 2}, packet.vlan);
    }

    @Test
    void priorityTagIsNoVlan() {
        assertEquals(Decoded.FLOW, decode(LinkType.ETHERNET, ethernet(0x8100, bytes("6000 0800", Frames.tcp4()))));
        assertEquals(0, packet.vlanCount);
    }

    @Test
    void followsNoMoreLayersThanAllowed() {
        byte[] inside = Frames.tcp4();
        for (int depth = 1; depth <= 9; depth++) {
            inside = ipv4(4, inside);
            assertEquals(depth <= 8 ? Decoded.FLOW : Decoded.MALFORMED, decodeIpv4(inside));
        }
        Decoder shallow = new Decoder(Limits.USUAL.with(Bound.TUNNEL_DEPTH, 1));
        byte[] twice = ethernet(0x8100, bytes("0001 8100 0002 0800", Frames.tcp4()));
        assertEquals(
                Decoded.MALFORMED, shallow.decode(twice, 0, twice.length, twice.length, LinkType.ETHERNET, 1, packet));
    }

    @Test
    void tunnelOfSomethingElseIsItsOwnFlow() {
        byte[] arp = ethernet(0x8100, bytes("0005 0806 0001"));
        assertEquals(Decoded.FLOW, decodeIpv4(ipv4(17, udp(4789, bytes("08000000 00000100", arp)))));
        assertEquals(Packet.UDP, packet.protocol);
        assertEquals(4789, packet.destinationPort);
        assertEquals(8 + arp.length, packet.payloadLength);
        assertEquals(0, packet.vlanCount);
        assertEquals(Decoded.FLOW, decodeIpv4(ipv4(47, bytes("0000 6558", arp))));
        assertEquals(47, packet.protocol);
        assertEquals(0, packet.sourcePort);
    }

    @Test
    void vxlanIsRecognisedByItsHeaderToo() {
        byte[] flags = udp(4789, bytes("0c000000 00000100", ethernet(0x0800, Frames.tcp4())));
        assertEquals(Decoded.FLOW, decodeIpv4(ipv4(17, flags)));
        assertEquals(Packet.UDP, packet.protocol);
    }

    @Test
    void otherProtocolsAreFlowsWithoutPorts() {
        assertEquals(Decoded.FLOW, decodeIpv4(ipv4(89, bytes("01020304"))));
        assertEquals(89, packet.protocol);
        assertEquals(0, packet.sourcePort + packet.destinationPort + packet.tcpFlags);
        assertArrayEquals(bytes("01020304"), payload());
        assertEquals(Decoded.FLOW, decode(LinkType.RAW, ipv6(50, bytes("01020304"))));
        assertEquals(50, packet.protocol);
        assertEquals(Decoded.FLOW, decode(LinkType.RAW, ipv6(59, bytes(""))));
        assertEquals(59, packet.protocol);
    }

    @Test
    void icmpShowsTypeAndCodeAsPorts() {
        assertEquals(Decoded.FLOW, decodeIpv4(ipv4(1, bytes("0304 0000 00000000 aa"))));
        assertEquals(3, packet.sourcePort);
        assertEquals(4, packet.destinationPort);
        assertArrayEquals(bytes("aa"), payload());
    }

    @Test
    void sctpHasPorts() {
        assertEquals(Decoded.FLOW, decodeIpv4(ipv4(132, bytes("0b59 0b5a 00000001 00000000 00"))));
        assertEquals(0x0b59, packet.sourcePort);
        assertEquals(0x0b5a, packet.destinationPort);
    }

    @Test
    void nothingOfThePacketBeforeShowsThrough() {
        decodeIpv4(Frames.tcp4());
        decodeIpv4(ipv4(17, udp(53, COMMAND)));
        assertEquals(0, packet.tcpSequence | packet.tcpAcknowledgement | packet.tcpFlags | packet.tcpWindow);
        assertEquals(Decoded.NOT_IP, decode(LinkType.ETHERNET, ethernet(0x0806, bytes("0001"))));
        assertEquals(0, packet.ipVersion);
        assertEquals(0, packet.payloadLength);
    }

    @ParameterizedTest
    @CsvSource({
        "ihl below 5,              4400 001c 0001 0000 40 11 0000 0a010203 c0000201 0001000200080000",
        "total below header,       4500 0013 0001 0000 40 11 0000 0a010203 c0000201 0001000200080000",
        "total beyond frame,       4500 001d 0001 0000 40 11 0000 0a010203 c0000201 0001000200080000",
        "version 5,                5500 001c 0001 0000 40 11 0000 0a010203 c0000201 0001000200080000",
        "UDP length 7,             4500 001c 0001 0000 40 11 0000 0a010203 c0000201 0001000200070000",
        "UDP header beyond packet, 4500 001b 0001 0000 40 11 0000 0a010203 c0000201 0001000200080000",
        "TCP header beyond packet, 4500 001c 0001 0000 40 06 0000 0a010203 c0000201 0001000200080000",
        "TCP data offset 4, 4500 0028 0001 0000 40 06 0000 0a010203 c0000201 0001000200000000000000004000000000000000",
        "TCP data offset 6, 4500 0028 0001 0000 40 06 0000 0a010203 c0000201 0001000200000000000000006000000000000000",
        "empty fragment,           4500 0014 0001 2000 40 06 0000 0a010203 c0000201",
        "beyond 64 KiB,            4500 001c 0001 1fff 40 06 0000 0a010203 c0000201 0001000200080000"
    })
    void contradictionsAreMalformed(String what, String packetHex) {
        assertEquals(Decoded.MALFORMED, decodeIpv4(bytes(packetHex)), what);
    }

    @Test
    void lengthsOfUdp() {
        byte[] tooLong = ipv4(17, bytes("0001 0002 ffff 0000 61"));
        assertEquals(Decoded.FLOW, decodeIpv4(tooLong));
        assertEquals(1, packet.payloadLength);
        byte[] zero = ipv4(17, bytes("0001 0002 0000 0000 6162"));
        assertEquals(Decoded.FLOW, decodeIpv4(zero));
        assertEquals(2, packet.payloadLength);
        byte[] trailer = ipv4(17, bytes("0001 0002 0009 0000 6162"));
        assertEquals(Decoded.FLOW, decodeIpv4(trailer));
        assertEquals(1, packet.payloadWireLength);
    }

    @Test
    void segmentLongerThanItsLengthFieldCanSay() {
        byte[] frame = ipv4(6, tcp(new byte[70_000]));
        frame[2] = 0;
        frame[3] = 0;
        assertEquals(Decoded.FLOW, decodeIpv4(frame));
        assertEquals(70_000, packet.payloadLength);
        assertEquals(0, packet.ipLength);
    }

    @Test
    void moreCapturedThanOnTheWireIsCutBack() {
        byte[] frame = bytes(Frames.tcp4(), "0000");
        assertEquals(Decoded.FLOW, decoder.decode(frame, 0, frame.length, frame.length - 2, LinkType.RAW, 1, packet));
        assertEquals(Decoded.MALFORMED, decoder.decode(frame, 0, frame.length, -1, LinkType.RAW, 1, packet));
        assertEquals(Decoded.FLOW, decoder.decode(frame, 0, frame.length, Integer.MAX_VALUE, LinkType.RAW, 1, packet));
    }

    @Test
    void mirroredFrameThatWasCut() {
        byte[] frame = ethernet(0x0800, Frames.tcp4());
        byte[] mirrored = bytes("1000 88be 00000001 10000401 00000000", Arrays.copyOf(frame, frame.length - 4));
        assertEquals(Decoded.FLOW, decodeIpv4(ipv4(47, mirrored)));
        assertEquals(COMMAND.length - 4, packet.payloadLength);
        assertEquals(COMMAND.length, packet.payloadWireLength);
    }

    @Test
    void unknownLinkType() {
        assertEquals(Decoded.UNKNOWN_LINK, decode(147, new byte[64]));
    }
}
