package org.sandbar.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.IpSelector;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.namednumber.IpNumber;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.LinkType;

/** What each end is told, as another reads it, with checksums that are right. */
class RejectionTest {
    private static final byte[] V4 = hex("4500002c 00000000 4006 0000 c0a80105 c6336415");
    private static final byte[] V6 =
            hex("60000000 0018 06 40 20010db8000100000000000000000005 20010db8000200000000000000000021");
    private static final byte[] DATA = hex("9c55 0015 00001000 00002000 5018 0200 0000 0000 41424344");
    private static final byte[] SYN = hex("9c55 0015 00001000 00000000 5002 0200 0000 0000 41424344");

    private final Rejection rejection = new Rejection();

    private static byte[] hex(String digits) {
        return java.util.HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static Packet packet(byte[] header, byte[] rest) {
        byte[] all = new byte[header.length + rest.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(rest, 0, all, header.length, rest.length);
        Packet packet = new Packet();
        assertEquals(
                Decoded.FLOW,
                new Decoder(Limits.USUAL).decode(all, 0, all.length, all.length, LinkType.RAW, 0, packet));
        return packet;
    }

    private IpPacket written(int length) throws IllegalRawDataException {
        Packet read = new Packet();
        assertEquals(
                Decoded.FLOW,
                new Decoder(Limits.USUAL).decode(rejection.buffer, 0, length, length, LinkType.RAW, 0, read));
        assertTrue(Checksums.valid(read));
        return (IpPacket) IpSelector.newPacket(rejection.buffer, 0, length);
    }

    private static void isReset(IpPacket sent, String from, String to, int sequence, int acknowledgement)
            throws UnknownHostException {
        assertEquals(InetAddress.getByName(from), sent.getHeader().getSrcAddr());
        assertEquals(InetAddress.getByName(to), sent.getHeader().getDstAddr());
        TcpPacket.TcpHeader tcp = sent.get(TcpPacket.class).getHeader();
        assertTrue(tcp.getRst());
        assertEquals(sequence, tcp.getSequenceNumber());
        assertEquals(acknowledgement, tcp.getAcknowledgmentNumber());
    }

    @Test
    void bothEndsOfTcp() throws IllegalRawDataException, UnknownHostException {
        Packet data = packet(V4, DATA);
        isReset(written(rejection.toSender(data)), "198.51.100.21", "192.168.1.5", 0x2000, 0);
        isReset(written(rejection.toReceiver(data)), "192.168.1.5", "198.51.100.21", 0x1000, 0x2000);
        Packet six = packet(V6, DATA);
        isReset(written(rejection.toSender(six)), "2001:db8:2::21", "2001:db8:1::5", 0x2000, 0);
        isReset(written(rejection.toReceiver(six)), "2001:db8:1::5", "2001:db8:2::21", 0x1000, 0x2000);
    }

    /** A SYN is answered, data and all, and its receiver knows nothing of it. */
    @Test
    void firstPacket() throws IllegalRawDataException, UnknownHostException {
        Packet syn = packet(V4, SYN);
        isReset(written(rejection.toSender(syn)), "198.51.100.21", "192.168.1.5", 0, 0x1005);
        assertEquals(0, rejection.toReceiver(syn));
    }

    @Test
    void otherTransports() throws IllegalRawDataException {
        byte[] udp = hex("9c55 0035 0018 0000 00000000000000000000000000000000");
        byte[] header = V4.clone();
        header[9] = Packet.UDP;
        IpPacket sent = written(rejection.toSender(packet(header, udp)));
        assertEquals(IpNumber.ICMPV4, sent.getHeader().getProtocol());
        assertEquals(
                0x0303,
                sent.getPayload().getRawData()[0] << 8 | sent.getPayload().getRawData()[1]);
        byte[] six = V6.clone();
        six[6] = Packet.UDP;
        assertEquals(
                IpNumber.ICMPV6,
                written(rejection.toSender(packet(six, udp))).getHeader().getProtocol());
        assertEquals(0, rejection.toReceiver(packet(six, udp)));
    }

    /** Nothing is said to what itself says that something failed. */
    @Test
    void failures() {
        byte[] reset = DATA.clone();
        reset[13] = 4;
        assertEquals(0, rejection.toSender(packet(V4, reset)) + rejection.toReceiver(packet(V4, reset)));
        byte[] header = V4.clone();
        header[9] = Packet.ICMP;
        assertEquals(0, rejection.toSender(packet(header, hex("0303 0000 00000000 4500002c0000000040060000c0a80105"))));
    }
}
