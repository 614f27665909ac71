package org.sandbar.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.LinkType;

/**
 * The decoder against Wireshark's, on recorded captures where they lie beside the project, and on frames built by hand. Skipped where
 * tshark is not installed. Differences that are meant, and seen in these captures:
 *
 * <ul>
 *   <li>An IPv4 total length beyond the frame and a TCP data offset beyond the packet are malformed here, for no host would take
 *       such a packet; tshark goes on with what there is. All of them are in one capture that a fuzzer made.
 *   <li>A UDP length beyond the IP packet means its end here; tshark shows the length as it is.
 *   <li>tshark shows three more reserved bits as TCP flags.
 *   <li>tshark looks into the packet that an ICMP error quotes; here ICMP is the end. So it does with Teredo, switched off here.
 *   <li>tshark 4.0 does not know Linux's number for IPv6 in front of loopback packets, raw IP by its numbers in the BSDs, and IPv6
 *       segments without a length.
 * </ul>
 */
class TsharkTest {
    private record Row(long timeNs, int wireLength, byte[] bytes) {}

    private static final String[] FIELDS = {
        "frame.protocols",
        "ip.src",
        "ip.dst",
        "ipv6.src",
        "ipv6.dst",
        "tcp.srcport",
        "tcp.dstport",
        "tcp.len",
        "tcp.seq_raw",
        "tcp.ack_raw",
        "tcp.flags",
        "tcp.window_size_value",
        "udp.srcport",
        "udp.dstport",
        "udp.length",
        "ip.len",
        "ip.hdr_len"
    };

    private static final Set<String> UNKNOWN_TO_TSHARK =
            Set.of("null, Linux", "raw BSD", "raw OpenBSD", "offload, IPv6");

    @TempDir
    private Path folder;

    private final Map<Integer, List<Row>> rowsByLink = new TreeMap<>();
    private final Packet packet = new Packet();

    private void read(Path file) throws IOException {
        ByteBuffer capture = ByteBuffer.wrap(Files.readAllBytes(file));
        int magic = capture.getInt(0);
        boolean little = magic == 0xd4c3b2a1 || magic == 0x4d3cb2a1;
        boolean nanos = magic == 0xa1b23c4d || magic == 0x4d3cb2a1;
        if (!little && !nanos && magic != 0xa1b2c3d4) {
            return;
        }
        capture.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        List<Row> rows = rowsByLink.computeIfAbsent(capture.getInt(20) & 0xffff, link -> new ArrayList<>());
        capture.position(24);
        while (capture.remaining() >= 16) {
            long timeNs = capture.getInt() * 1_000_000_000L + capture.getInt() * (nanos ? 1L : 1_000L);
            byte[] bytes = new byte[capture.getInt()];
            int wireLength = capture.getInt();
            if (bytes.length > capture.remaining()) {
                return;
            }
            capture.get(bytes);
            rows.add(new Row(timeNs, wireLength, bytes));
        }
    }

    private Path write(int linkType, List<Row> rows) throws IOException {
        ByteArrayOutputStream capture = new ByteArrayOutputStream();
        capture.write(ByteBuffer.allocate(24)
                .putInt(0xa1b23c4d)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(1 << 18)
                .putInt(linkType)
                .array());
        for (Row row : rows) {
            ByteBuffer header = ByteBuffer.allocate(16);
            header.putInt((int) (row.timeNs / 1_000_000_000L)).putInt((int) (row.timeNs % 1_000_000_000L));
            header.putInt(row.bytes.length).putInt(row.wireLength);
            capture.write(header.array());
            capture.write(row.bytes);
        }
        return Files.write(folder.resolve(linkType + ".pcap"), capture.toByteArray());
    }

    private static List<String[]> tshark(Path capture) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
        command.addAll(List.of("--disable-protocol", "teredo", "-d", "udp.port==8472,vxlan"));
        for (String option : new String[] {"tcp.desegment_tcp_streams:false", "ip.defragment:true"}) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(List.of("-E", "separator=|", "-E", "occurrence=a", "-E", "aggregator=,"));
        for (String field : FIELDS) {
            command.addAll(List.of("-e", field));
        }
        Process tshark = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream output = tshark.getInputStream()) {
            String lines = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return lines.lines().map(line -> line.split("\\|", -1)).toList();
        }
    }

    private static boolean hasTshark() {
        try {
            return new ProcessBuilder("tshark", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String last(String values) {
        return values.substring(values.lastIndexOf(',') + 1);
    }

    private static int number(String values) {
        return values.isEmpty() ? -1 : Integer.decode(last(values));
    }

    private static String address(int version, long high, long low) throws UnknownHostException {
        ByteBuffer bytes = ByteBuffer.allocate(16).putLong(high).putLong(low);
        byte[] address = version == 4 ? Arrays.copyOfRange(bytes.array(), 12, 16) : bytes.array();
        return InetAddress.getByAddress(address).getHostAddress();
    }

    /** What tshark says of a packet, in words; those of {@link #ours} are the same. */
    private String theirs(String[] fields) throws UnknownHostException {
        List<String> layers = Arrays.asList(fields[0].split(":"));
        boolean ipv6 = layers.lastIndexOf("ipv6") > layers.lastIndexOf("ip");
        String addresses = ipv6
                ? InetAddress.getByName(last(fields[3])).getHostAddress() + ">"
                        + InetAddress.getByName(last(fields[4])).getHostAddress()
                : last(fields[1]) + ">" + last(fields[2]);
        if (layers.contains("tcp")) {
            return addresses + " tcp " + last(fields[5]) + ">" + last(fields[6]) + " seq " + last(fields[8]) + " ack "
                    + last(fields[9]) + " flags " + (number(fields[10]) & 0x1ff) + " window " + last(fields[11])
                    + " len " + last(fields[7]);
        }
        int length = number(fields[14]);
        if (!ipv6) {
            length = Math.min(length, number(fields[15]) - number(fields[16]));
        }
        return addresses + " udp " + last(fields[12]) + ">" + last(fields[13]) + " len " + (length - Udp.HEADER);
    }

    private String ours() throws UnknownHostException {
        String head = address(packet.ipVersion, packet.sourceHigh, packet.sourceLow) + ">"
                + address(packet.ipVersion, packet.destinationHigh, packet.destinationLow)
                + (packet.protocol == Packet.TCP ? " tcp " : " udp ") + packet.sourcePort + ">"
                + packet.destinationPort;
        String numbers = packet.protocol == Packet.UDP
                ? ""
                : " seq " + Integer.toUnsignedString(packet.tcpSequence) + " ack "
                        + Integer.toUnsignedString(packet.tcpAcknowledgement) + " flags " + packet.tcpFlags + " window "
                        + packet.tcpWindow;
        return head + numbers + " len " + packet.payloadWireLength;
    }

    /** Whether a packet is malformed for one of the reasons above. */
    private static boolean isLie(Row row, String[] fields) {
        boolean beyondFrame = number(fields[15]) > row.wireLength - Ethernet.HEADER;
        boolean beyondPacket = !fields[5].isEmpty() && fields[7].isEmpty();
        return beyondFrame || beyondPacket;
    }

    private boolean isTransport(Decoded decoded) {
        return decoded == Decoded.FLOW && (packet.protocol == Packet.TCP || packet.protocol == Packet.UDP);
    }

    /** Compares every packet; returns how many were TCP or UDP. */
    private int compare(int linkType, List<Row> rows, List<String> differences) throws IOException {
        List<String[]> answers = tshark(write(linkType, rows));
        assertEquals(rows.size(), answers.size());
        Decoder decoder = new Decoder(Limits.USUAL);
        int compared = 0;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            String[] fields = answers.get(i);
            byte[] bytes = row.bytes;
            Decoded decoded = decoder.decode(bytes, 0, bytes.length, row.wireLength, linkType, row.timeNs, packet);
            boolean transport = isTransport(decoded);
            boolean theirTransport = (!fields[5].isEmpty() || !fields[12].isEmpty()) && !fields[0].contains("icmp");
            String mine = transport ? ours() : decoded.key();
            String other = theirTransport ? theirs(fields) : "other";
            if (transport || theirTransport) {
                compared++;
                boolean meant = decoded == Decoded.MALFORMED && isLie(row, fields);
                if (!meant && !mine.equals(other)) {
                    differences.add(
                            "link " + linkType + ", " + (i + 1) + ": " + mine + " / " + other + " " + fields[0]);
                }
            }
        }
        return compared;
    }

    private int compareAll() throws IOException {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (Map.Entry<Integer, List<Row>> link : rowsByLink.entrySet()) {
            compared += compare(link.getKey(), link.getValue(), differences);
        }
        assertTrue(differences.isEmpty(), () -> differences.size() + " differ:\n" + String.join("\n", differences));
        return compared;
    }

    @Test
    void recordedCaptures() throws IOException {
        assumeTrue(hasTshark());
        Path shared = Path.of(System.getProperty("sandbar.root")).resolveSibling("shared");
        for (String name : new String[] {"captures", "lab/kernel"}) {
            Path place = shared.resolve(name);
            assumeTrue(Files.isDirectory(place));
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".pcap"))
                        .sorted()
                        .toList()) {
                    read(file);
                }
            }
        }
        int compared = compareAll();
        assertTrue(compared > 5_000);
    }

    @Test
    void everyLinkAndTunnel() throws IOException {
        assumeTrue(hasTshark());
        for (Frames.Sample sample : Frames.samples()) {
            if (UNKNOWN_TO_TSHARK.contains(sample.name())) {
                continue;
            }
            byte[] frame = sample.frame();
            rowsByLink
                    .computeIfAbsent(sample.linkType(), link -> new ArrayList<>())
                    .add(new Row(0, frame.length, frame));
        }
        addFragments();
        compareAll();
    }

    /** Whole, in tunnels, in both orders; each completes a segment that tshark shows at the same frame. */
    private void addFragments() {
        byte[] segment = Frames.tcp(Frames.COMMAND);
        byte[] head = Arrays.copyOf(segment, 16);
        byte[] tail = Arrays.copyOfRange(segment, 16, segment.length);
        byte[] tunnel = Frames.bytes("0000 0800", Frames.tcp4());
        List<byte[]> packets = List.of(
                Frames.ipv4(1, 0x2000, 6, head),
                Frames.ipv4(1, 2, 6, tail),
                Frames.fragment6(2, 16, false, 6, tail),
                Frames.fragment6(2, 0, true, 6, head),
                Frames.ipv4(47, Frames.bytes("0000 0800", Frames.ipv4(3, 2, 6, tail))),
                Frames.ipv4(47, Frames.bytes("0000 0800", Frames.ipv4(3, 0x2000, 6, head))),
                Frames.ipv4(4, 0x2000, 47, Arrays.copyOf(tunnel, 24)),
                Frames.ipv4(4, 3, 47, Arrays.copyOfRange(tunnel, 24, tunnel.length)));
        List<Row> rows = rowsByLink.computeIfAbsent(LinkType.RAW, link -> new ArrayList<>());
        packets.forEach(packet -> rows.add(new Row(0, packet.length, packet)));
    }
}
