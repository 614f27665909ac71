package org.sandbar.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Rfc791Tos;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.IpV6SimpleFlowLabel;
import org.pcap4j.packet.IpV6SimpleTrafficClass;
import org.pcap4j.packet.Packet.Builder;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpVersion;
import org.pcap4j.packet.namednumber.TcpPort;
import org.pcap4j.packet.namednumber.UdpPort;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.LinkType;

/** Against packets whose checksums somebody else has computed. */
class ChecksumsTest {
    private final Decoder decoder = new Decoder(Limits.USUAL);
    private final Packet packet = new Packet();

    private static Builder payload() {
        return new UnknownPacket.Builder().rawData(Arrays.copyOf(Frames.COMMAND, 9));
    }

    private static Builder tcp(InetAddress source, InetAddress destination) {
        return new TcpPacket.Builder()
                .srcPort(TcpPort.getInstance((short) 40021))
                .dstPort(TcpPort.FTP)
                .sequenceNumber(1)
                .dataOffset((byte) 5)
                .window((short) 512)
                .srcAddr(source)
                .dstAddr(destination)
                .payloadBuilder(payload())
                .correctChecksumAtBuild(true)
                .correctLengthAtBuild(true);
    }

    private static Builder udp(InetAddress source, InetAddress destination) {
        return new UdpPacket.Builder()
                .srcPort(UdpPort.getInstance((short) 40021))
                .dstPort(UdpPort.DOMAIN)
                .srcAddr(source)
                .dstAddr(destination)
                .payloadBuilder(payload())
                .correctChecksumAtBuild(true)
                .correctLengthAtBuild(true);
    }

    private static byte[] ipv4(IpNumber protocol, Inet4Address source, Inet4Address destination, Builder transport) {
        return new IpV4Packet.Builder()
                .version(IpVersion.IPV4)
                .tos(IpV4Rfc791Tos.newInstance((byte) 0))
                .ttl((byte) 64)
                .protocol(protocol)
                .srcAddr(source)
                .dstAddr(destination)
                .payloadBuilder(transport)
                .correctChecksumAtBuild(true)
                .correctLengthAtBuild(true)
                .build()
                .getRawData();
    }

    private static byte[] ipv6(IpNumber protocol, Inet6Address source, Inet6Address destination, Builder transport) {
        return new IpV6Packet.Builder()
                .version(IpVersion.IPV6)
                .trafficClass(IpV6SimpleTrafficClass.newInstance((byte) 0))
                .flowLabel(IpV6SimpleFlowLabel.newInstance(0))
                .hopLimit((byte) 64)
                .nextHeader(protocol)
                .srcAddr(source)
                .dstAddr(destination)
                .payloadBuilder(transport)
                .correctLengthAtBuild(true)
                .build()
                .getRawData();
    }

    static List<byte[]> packets() throws UnknownHostException {
        Inet4Address from4 = (Inet4Address) InetAddress.getByName("10.1.2.3");
        Inet4Address to4 = (Inet4Address) InetAddress.getByName("192.0.2.1");
        Inet6Address from6 = (Inet6Address) InetAddress.getByName("2001:db8::1");
        Inet6Address to6 = (Inet6Address) InetAddress.getByName("2001:db8::2");
        return List.of(
                ipv4(IpNumber.TCP, from4, to4, tcp(from4, to4)),
                ipv4(IpNumber.UDP, from4, to4, udp(from4, to4)),
                ipv6(IpNumber.TCP, from6, to6, tcp(from6, to6)),
                ipv6(IpNumber.UDP, from6, to6, udp(from6, to6)));
    }

    private boolean isValid(byte[] ip, int wireLength) {
        assertEquals(Decoded.FLOW, decoder.decode(ip, 0, ip.length, wireLength, LinkType.RAW, 1, packet));
        return Checksums.valid(packet);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void everyBitThatMattersIsSeen(byte[] ip) {
        assertTrue(isValid(ip, ip.length));
        int transport = packet.transportOffset;
        int checksum = transport + (packet.protocol == Packet.TCP ? 16 : 6);
        for (int at = packet.payloadOffset; at < ip.length; at++) {
            assertSeen(ip, at);
        }
        assertSeen(ip, transport);
        assertSeen(ip, checksum);
        assertSeen(ip, packet.ipVersion == 4 ? 12 : 8);
    }

    private void assertSeen(byte[] ip, int at) {
        byte[] wrong = ip.clone();
        wrong[at] ^= 0x10;
        assertFalse(isValid(wrong, wrong.length), () -> "byte " + at);
    }

    @Test
    void whatCannotBeVerifiedIsNotWrong() throws UnknownHostException {
        for (byte[] ip : packets()) {
            byte[] cut = Arrays.copyOf(ip, ip.length - 1);
            assertTrue(isValid(cut, ip.length));
        }
        byte[] without = packets().get(1).clone();
        without[26] = 0;
        without[27] = 0;
        assertTrue(isValid(without, without.length));
    }
}
