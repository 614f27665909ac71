package org.sandbar.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.sandbar.capture.LinkType;

/** Frames built by hand, layer in layer, for the tests of this package. */
final class Frames {
    /** A frame that holds {@link #tcp4} or {@link #tcp6} somewhere inside, and how it says so. */
    record Sample(String name, int linkType, byte[] frame) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final byte[] COMMAND = "EPSV ALL\r\n".getBytes(StandardCharsets.US_ASCII);
    static final int SOURCE_PORT = 40_021;
    static final int DESTINATION_PORT = 21;

    private static final String MACS = "00005e005301 00005e005302 ";
    private static final String SOURCE_4 = "0a010203";
    private static final String DESTINATION_4 = "c0000201";
    private static final String SOURCE_6 = "20010db8000000000000000000000001";
    private static final String DESTINATION_6 = "20010db8000000000000000000000002";

    private Frames() {}

    static byte[] bytes(Object... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object part : parts) {
            all.writeBytes(
                    part instanceof byte[] raw
                            ? raw
                            : HexFormat.of().parseHex(part.toString().replace(" ", "")));
        }
        return all.toByteArray();
    }

    static String hex16(int value) {
        return HexFormat.of().toHexDigits((short) value);
    }

    static String hex8(int value) {
        return HexFormat.of().toHexDigits((byte) value);
    }

    static byte[] ethernet(int type, byte[] payload) {
        return bytes(MACS, hex16(type), payload);
    }

    static byte[] ipv4(int protocol, byte[] payload) {
        return ipv4(1, 0, protocol, payload);
    }

    /** A header with its own checksum right, and whatever stands in the word of the fragment offset. */
    static byte[] ipv4(int id, int fragment, int protocol, byte[] payload) {
        byte[] packet = bytes(
                "4500",
                hex16(20 + payload.length),
                hex16(id),
                hex16(fragment),
                "40",
                hex8(protocol),
                "0000",
                SOURCE_4,
                DESTINATION_4,
                payload);
        int checksum = Checksums.of(packet, 0, 20);
        packet[10] = (byte) (checksum >> 8);
        packet[11] = (byte) checksum;
        return packet;
    }

    static byte[] ipv6(int next, byte[] payload) {
        return bytes("60000000", hex16(payload.length), hex8(next), "40", SOURCE_6, DESTINATION_6, payload);
    }

    static byte[] fragment6(int id, int offset, boolean more, int next, byte[] payload) {
        return ipv6(44, bytes(hex8(next), "00", hex16(offset | (more ? 1 : 0)), "0000", hex16(id), payload));
    }

    static byte[] tcp(byte[] payload) {
        return bytes(
                hex16(SOURCE_PORT),
                hex16(DESTINATION_PORT),
                "11223344",
                "55667788",
                "51d8",
                "7210",
                "0000",
                "0007",
                payload);
    }

    static byte[] udp(int destination, byte[] payload) {
        return bytes(hex16(SOURCE_PORT), hex16(destination), hex16(8 + payload.length), "0000", payload);
    }

    static byte[] tcp4() {
        return ipv4(6, tcp(COMMAND));
    }

    static byte[] tcp6() {
        return ipv6(6, tcp(COMMAND));
    }

    private static Sample of(String name, int linkType, Object... parts) {
        return new Sample(name, linkType, bytes(parts));
    }

    private static Sample inEthernet(String name, int type, Object... parts) {
        return new Sample(name, LinkType.ETHERNET, ethernet(type, bytes(parts)));
    }

    private static Sample inIpv4(String name, int protocol, Object... parts) {
        return inEthernet(name, 0x0800, (Object) ipv4(protocol, bytes(parts)));
    }

    private static Sample inIpv6(String name, int next, Object... parts) {
        return inEthernet(name, 0x86dd, (Object) ipv6(next, bytes(parts)));
    }

    /** Each way that leads to the same TCP segment, one layer at a time. */
    static List<Sample> samples() {
        byte[] tcp4 = tcp4();
        byte[] tcp6 = tcp6();
        byte[] frame4 = ethernet(0x0800, tcp4);
        byte[] frame6 = ethernet(0x86dd, tcp6);
        byte[] segment = tcp(COMMAND);
        int llc = 8 + tcp4.length;
        return List.of(
                inEthernet("ethernet, IPv4", 0x0800, (Object) tcp4),
                inEthernet("ethernet, IPv6", 0x86dd, (Object) tcp6),
                inEthernet("ethernet, padding", 0x0800, tcp4, "00000000 00000000"),
                inEthernet("802.3, SNAP", llc, "aaaa03 000000 0800", tcp4),
                inEthernet("802.3, LLC", 3 + tcp4.length, "060603", tcp4),
                inEthernet("802.1Q", 0x8100, "0064 0800", tcp4),
                inEthernet("802.1ad and 802.1Q", 0x88a8, "2064 8100 00c8 86dd", tcp6),
                inEthernet("three tags", 0x9100, "0064 8100 00c8 8100 012c 0800", tcp4),
                inEthernet("tag, SNAP", 0x8100, "0064", hex16(llc), "aaaa03 000000 0800", tcp4),
                inEthernet("MPLS, IPv4", 0x8847, "00010040 00011140", tcp4),
                inEthernet("MPLS, IPv6", 0x8847, "00011140", tcp6),
                inEthernet("MPLS, ethernet", 0x8847, "00011140", frame4),
                inEthernet("MPLS, control word", 0x8847, "00011140 00000007", frame6),
                inEthernet("PPPoE", 0x8864, "1100 0001", hex16(2 + tcp4.length), "0021", tcp4),
                inEthernet("PPPoE, IPv6", 0x8864, "1100 0001", hex16(2 + tcp6.length), "0057", tcp6),
                of("raw IPv4", LinkType.RAW, (Object) tcp4),
                of("raw IPv6", LinkType.RAW, (Object) tcp6),
                of("raw BSD", LinkType.RAW_BSD, (Object) tcp4),
                of("raw OpenBSD", LinkType.RAW_OPENBSD, (Object) tcp6),
                of("IPV4", LinkType.IPV4, (Object) tcp4),
                of("IPV6", LinkType.IPV6, (Object) tcp6),
                of("null, little", LinkType.NULL, "02000000", tcp4),
                of("null, big", LinkType.NULL, "00000002", tcp4),
                of("null, FreeBSD", LinkType.NULL, "1c000000", tcp6),
                of("null, Darwin", LinkType.NULL, "0000001e", tcp6),
                of("null, OpenBSD", LinkType.NULL, "18000000", tcp6),
                of("null, Linux", LinkType.NULL, "0a000000", tcp6),
                of("loop", LinkType.LOOP, "00000002", tcp4),
                of("loop, IPv6", LinkType.LOOP, "00000018", tcp6),
                of("cooked", LinkType.LINUX_SLL, "0000 0001 0006 00005e0053010000 0800", tcp4),
                of("cooked, tag", LinkType.LINUX_SLL, "0000 0001 0006 00005e0053010000 8100 0064 86dd", tcp6),
                of("cooked 2", LinkType.LINUX_SLL2, "0800 0000 00000002 0001 00 06 00005e0053010000", tcp4),
                of("cooked 2, IPv6", LinkType.LINUX_SLL2, "86dd 0000 00000002 0001 00 06 00005e0053010000", tcp6),
                of("PPP", LinkType.PPP, "0021", tcp4),
                of("PPP, framed", LinkType.PPP, "ff03 0057", tcp6),
                of("PPP, HDLC", LinkType.PPP_HDLC, "ff03 0021", tcp4),
                of("PPP, compressed", LinkType.PPP_HDLC, "ff03 21", tcp4),
                of("PPP, MPLS", LinkType.PPP_HDLC, "ff03 0281 00011140", tcp4),
                of("Cisco HDLC", LinkType.PPP_HDLC, "0f00 86dd", tcp6),
                of("PPPoE alone", LinkType.PPP_ETHER, "1100 0001", hex16(2 + tcp4.length), "0021", tcp4),
                inEthernet(
                        "options",
                        0x0800,
                        "4600",
                        hex16(24 + segment.length),
                        "0001 0000 40 06 0000 0a010203 c0000201 94040000",
                        segment),
                inIpv4("IP in IP", 4, (Object) tcp4),
                inIpv4("6in4", 41, (Object) tcp6),
                inIpv6("4in6", 4, (Object) tcp4),
                inIpv6("6in6", 41, (Object) tcp6),
                inIpv4("GRE", 47, "0000 0800", tcp4),
                inIpv4("GRE, checksum, key, sequence", 47, "b000 86dd 00000000 00000001 00000002", tcp6),
                inIpv4("GRE, routing", 47, "4000 0800 00000000 0800 00 04 0a000001 0000 00 00", tcp4),
                inIpv4("GRE, MPLS", 47, "0000 8847 00011140", tcp4),
                inIpv4("GRE, ethernet", 47, "2000 6558 00000001", frame6),
                inIpv4("GRE, PPP", 47, "0000 880b ff03 0021", tcp4),
                inIpv4("ERSPAN I", 47, "0000 88be", frame4),
                inIpv4("ERSPAN II", 47, "1000 88be 00000001 10000001 00000000", frame4),
                inIpv4("PPTP", 47, "3001 880b", hex16(4 + tcp4.length), "0001 00000001 ff03 0021", tcp4),
                inIpv4("PPTP, ack", 47, "3081 880b", hex16(1 + tcp4.length), "0001 00000001 00000000 21", tcp4),
                inIpv4("VXLAN", 17, (Object) udp(4789, bytes("08000000 00007b00", frame4))),
                inIpv6("VXLAN, Linux", 17, (Object) udp(8472, bytes("08000000 00007b00", frame6))),
                inIpv4("AH", 51, "06 04 0000 00000001 00000001 000000000000000000000000", segment),
                inIpv6("AH, IPv6", 51, "06 04 0000 00000001 00000001 000000000000000000000000", segment),
                inIpv6("hop by hop, destination", 0, "3c00 0104 00000000 0600 0104 00000000", segment),
                inIpv6("routing", 43, "0602 0401 00000000", SOURCE_6, segment),
                inIpv6("atomic fragment", 44, "0600 0000 00000001", segment),
                inEthernet("offload", 0x0800, "4500 0000 0001 0000 40 06 0000 0a010203 c0000201", segment),
                inEthernet("offload, IPv6", 0x86dd, "60000000 0000 06 40", SOURCE_6, DESTINATION_6, segment));
    }
}
