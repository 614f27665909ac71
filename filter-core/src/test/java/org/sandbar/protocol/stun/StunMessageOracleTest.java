package org.sandbar.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.Captures;
import org.sandbar.capture.LinkType;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.wire.Decoded;
import org.sandbar.wire.Decoder;
import org.sandbar.wire.Packet;

/**
 * Every datagram of STUN in captures, with cookie or without, attribute by attribute, as tshark dissects it; and no other is taken for one.
 */
class StunMessageOracleTest {
    private static final Path ROOT = Path.of(System.getProperty("sandbar.root"));
    /** tshark takes a message of so many attributes apart no further; so does it here only where it is told to. */
    private static final Limits LIMITS = Limits.USUAL.with(Bound.STUN_ATTRIBUTES, 64);

    private static final int MADE_UP = 3_000;

    @TempDir
    private Path folder;

    private static final List<String> FIELDS = List.of(
            "frame.number",
            "stun.type",
            "classicstun.type",
            "stun.att.username",
            "stun.att.realm",
            "stun.att.software",
            "stun.att.crc32.status",
            "stun.att.error.class",
            "stun.att.error",
            "stun.att.lifetime",
            "stun.att.transp",
            "stun.att.channelnum",
            "stun.att.priority",
            "stun.att.ipv4",
            "stun.att.ipv6",
            "classicstun.att.ipv4",
            "stun.att.port",
            "classicstun.att.port");

    @TestFactory
    Stream<DynamicTest> recordedCaptures() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")));
        List<Path> captures = new ArrayList<>();
        for (Path place : List.of(ROOT.resolve("samples-pcap/stun"), ROOT.resolve("../shared/captures"))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.walk(place)) {
                    files.filter(file -> file.toString().endsWith(".pcap")).forEach(captures::add);
                }
            }
        }
        return captures.stream()
                .sorted()
                .map(file -> DynamicTest.dynamicTest(
                        file.getParent().getFileName() + "/" + file.getFileName(), () -> compare(file)));
    }

    private static void compare(Path file) throws IOException {
        Map<Long, List<String>> ours = ours(file);
        assumeTrue(hasUdp(file));
        assertEquals(theirs(file), ours);
        assertTrue(!ours.isEmpty()
                || !file.startsWith(ROOT.resolve("samples-pcap"))
                || file.toString().contains("tcp"));
    }

    private static boolean hasUdp(Path file) throws IOException {
        boolean[] found = new boolean[1];
        forEachDatagram(file, (frame, packet) -> found[0] = true);
        return found[0];
    }

    private interface Reader {
        void read(long frame, Packet packet);
    }

    private static void forEachDatagram(Path file, Reader reader) throws IOException {
        Decoder decoder = new Decoder(Limits.USUAL);
        Packet packet = new Packet();
        PacketBatch batch = new PacketBatch(1 << 20);
        batch.clear(1);
        try (PacketSource source = Captures.open(List.of(file.toString()), InputStream.nullInputStream())) {
            for (long next = 1; source.read(batch); batch.clear(next)) {
                for (int i = 0; i < batch.count(); i++) {
                    Decoded outcome = decoder.decode(
                            batch.buffer,
                            batch.offset[i],
                            batch.capturedLength[i],
                            batch.wireLength[i],
                            batch.linkType[i],
                            batch.timeNs[i],
                            packet);
                    if (outcome == Decoded.FLOW && packet.protocol == Packet.UDP && packet.payloadLength > 0) {
                        reader.read(next + i, packet);
                    }
                }
                next += batch.count();
            }
        }
    }

    private static Map<Long, List<String>> ours(Path file) throws IOException {
        Map<Long, List<String>> told = new TreeMap<>();
        StunMessage message = new StunMessage(LIMITS);
        forEachDatagram(file, (frame, packet) -> {
            int from = packet.payloadOffset;
            int to = from + packet.payloadLength;
            if (Multiplexed.of(packet.buffer, from, to) == Multiplexed.STUN) {
                message.read(packet.buffer, from, to);
                told.put(frame, facts(message));
            }
        });
        return told;
    }

    private static List<String> facts(StunMessage message) {
        List<String> facts = new ArrayList<>();
        facts.add(message.method() + " " + message.kind());
        if (!message.hasCookie()) {
            add(facts, "endpoint", text(message.endpoint(Attribute.MAPPED_ADDRESS)));
            return facts;
        }
        if (Fault.TOO_MANY_ATTRIBUTES.isIn(message.faults())) {
            return facts;
        }
        add(facts, "username", upToNul(message.text(Attribute.USERNAME, 4_096)));
        add(facts, "realm", message.text(Attribute.REALM, 4_096));
        add(facts, "software", escaped(message.text(Attribute.SOFTWARE, 4_096)));
        boolean right = !Fault.FINGERPRINT_WRONG.isIn(message.faults());
        add(facts, "fingerprint", message.has(Attribute.FINGERPRINT) ? right : null);
        add(facts, "error", message.has(Attribute.ERROR_CODE) ? message.errorCode() : null);
        add(facts, "lifetime", message.number(Attribute.LIFETIME));
        add(facts, "transport", message.requestedTransport() < 0 ? null : message.requestedTransport());
        add(facts, "channel", message.channel() < 0 ? null : message.channel());
        add(facts, "priority", message.number(Attribute.PRIORITY));
        for (Attribute attribute :
                List.of(Attribute.XOR_RELAYED_ADDRESS, Attribute.XOR_MAPPED_ADDRESS, Attribute.MAPPED_ADDRESS)) {
            add(facts, "endpoint", text(message.endpoint(attribute)));
        }
        for (int i = 0; i < message.peerCount(); i++) {
            add(facts, "endpoint", text(message.peer(i)));
        }
        return facts;
    }

    private static String text(Peer peer) {
        return peer == null ? null : peer.address() + " " + peer.port();
    }

    /** tshark ends a text there. */
    private static String upToNul(String text) {
        return text == null || text.indexOf(0) < 0 ? text : text.substring(0, text.indexOf(0));
    }

    /** As tshark writes it. */
    private static String escaped(String text) {
        return text == null ? null : text.replace("\r", "\\r").replace("\n", "\\n");
    }

    private static void add(List<String> facts, String name, Object value) {
        if (value != null && !value.equals("")) {
            facts.add(name + ' ' + value);
        }
    }

    private static Map<Long, List<String>> theirs(Path file) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        command.addAll(List.of("-Y", "udp && (stun.type || classicstun) && !icmp && !icmpv6"));
        command.addAll(List.of("-T", "fields", "-E", "aggregator=,"));
        for (String field : FIELDS) {
            command.add("-e");
            command.add(field);
        }
        Process tshark = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<Long, List<String>> frames = new TreeMap<>();
        new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> frames.put(Long.valueOf(line.split("\t")[0]), facts(line.split("\t", -1))));
        return frames;
    }

    private static List<String> facts(String[] cells) {
        List<String> facts = new ArrayList<>();
        boolean classic = cells[1].isEmpty();
        int type = Integer.decode(cells[classic ? 2 : 1]);
        facts.add((type & 0x0f | type >> 1 & 0x70 | type >> 2 & 0xf80) + " " + (type >> 4 & 1 | type >> 7 & 2));
        add(facts, "username", cells[3]);
        add(facts, "realm", cells[4]);
        add(facts, "software", cells[5]);
        add(facts, "fingerprint", cells[6].isEmpty() ? "" : String.valueOf(cells[6].equals("1")));
        add(facts, "error", cells[7].isEmpty() ? "" : cells[7] + String.format("%02d", Integer.valueOf(cells[8])));
        add(facts, "lifetime", cells[9]);
        add(facts, "transport", decoded(cells[10]));
        add(facts, "channel", decoded(cells[11]));
        add(facts, "priority", cells[12]);
        addEndpoints(facts, cells, classic);
        return facts;
    }

    private static String decoded(String cell) {
        return cell.isEmpty() ? "" : Integer.decode(cell).toString();
    }

    /** The first of RESPONSE-ORIGIN and the like are not ours to read: they come last. */
    private static void addEndpoints(List<String> facts, String[] cells, boolean classic) {
        String addresses = classic ? cells[15] : cells[13] + cells[14];
        String[] ports = (classic ? cells[17] : cells[16]).split(",");
        int read = classic ? 1 : 2;
        String[] all = addresses.isEmpty() ? new String[0] : addresses.split(",");
        for (int i = 0; i < Math.min(read, all.length); i++) {
            facts.add("endpoint " + all[i] + " " + ports[i]);
        }
    }

    /**
     * Messages of all methods and kinds with attributes in any number and order, addresses of both versions, right and wrong fingerprints.
     */
    @Test
    void allThatAMessageMayBe() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")));
        Random random = new Random(8_489);
        ByteArrayOutputStream capture = new ByteArrayOutputStream();
        capture.writeBytes(ByteBuffer.allocate(24)
                .putInt(0xa1b2c3d4)
                .putInt(0x0002_0004)
                .putLong(0)
                .putInt(65_535)
                .putInt(LinkType.RAW)
                .array());
        for (int i = 0; i < MADE_UP; i++) {
            byte[] payload = madeUp(random, i).getBytes(StandardCharsets.ISO_8859_1);
            int length = 28 + payload.length;
            ByteBuffer record = ByteBuffer.allocate(16 + length);
            record.putInt(i).putInt(0).putInt(length).putInt(length);
            record.putShort((short) 0x4500).putShort((short) length).putInt(0).putInt(0x4011_0000);
            record.putInt(0xc0a80105)
                    .putInt(0xc6336450)
                    .putShort((short) 50_000)
                    .putShort((short) 3_478);
            record.putShort((short) (length - 20)).putShort((short) 0).put(payload);
            capture.writeBytes(record.array());
        }
        Path file = Files.write(folder.resolve("made.pcap"), capture.toByteArray());
        Map<Long, List<String>> ours = ours(file);
        assertEquals(MADE_UP, ours.size());
        assertEquals(theirs(file), ours);
    }

    private static String madeUp(Random random, int transaction) {
        int[] methods = {1, 3, 4, 6, 7, 8, 9, 10, 11, 12};
        int type = methods[random.nextInt(methods.length)] | (random.nextInt(2) << 4) | (random.nextInt(2) << 8);
        List<String> attributes = new ArrayList<>();
        for (String attribute : List.of(
                Messages.username("user" + random.nextInt()),
                Messages.attribute(0x0014, "realm" + random.nextInt()),
                Messages.attribute(0x8022, "program " + random.nextInt(1_000)),
                Messages.attribute(0x000d, Messages.u32(random.nextInt() & 0xffff_ffffL)),
                Messages.attribute(0x0024, Messages.u32(random.nextInt() & 0xffff_ffffL)),
                Messages.attribute(0x0019, (char) random.nextInt(256) + "\0\0\0"),
                Messages.attribute(0x000c, Messages.u16(0x4000 + random.nextInt(0x1000)) + "\0\0"),
                Messages.errorCode(300 + random.nextInt(400), "because"),
                Messages.attribute(0x0025, ""),
                Messages.attribute(0xc057, "\0\1\0\12"),
                Messages.attribute(0x8000 + 0x3000 + random.nextInt(0x1000), "y".repeat(random.nextInt(20))),
                address(random))) {
            if (random.nextInt(3) == 0) {
                attributes.add(attribute);
            }
        }
        Collections.shuffle(attributes, random);
        String[] chosen = attributes.toArray(new String[0]);
        String message = random.nextInt(3) == 0
                ? Messages.message(type, transaction, chosen)
                : Messages.fingerprinted(type, transaction, chosen);
        boolean wrong = random.nextInt(4) == 0;
        return wrong ? message.substring(0, 12) + "?" + message.substring(13) : message;
    }

    /** Of the attributes for addresses one, of either version; veiled it is another than it looks. */
    private static String address(Random random) {
        int attribute = new int[] {0x0001, 0x0012, 0x0016, 0x0020}[random.nextInt(4)];
        boolean six = random.nextBoolean();
        StringBuilder value = new StringBuilder(six ? "\0\2" : "\0\1");
        for (int left = six ? 18 : 6; left > 0; left--) {
            value.append((char) random.nextInt(256));
        }
        return Messages.attribute(attribute, value.toString());
    }
}
