package org.sandbar.alg.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Address;
import org.sandbar.wire.Decoded;
import org.sandbar.wire.Decoder;
import org.sandbar.wire.Packet;

/**
 * Seeded conversations that {@code live/sip-kernel.py} played through a router with Linux 6.18: the model opens, shuts and drops what the
 * kernel did, in the same order, and what stands at the end lets in, or does not, as the kernel's would. Those of the
 * project, and those of the folder that {@code -Dsip.kernel} names.
 */
class SipKernelTest {
    private static final int FIRST_PORT = 20_000;

    @TestFactory
    Stream<DynamicTest> asTheKernel() {
        String folder = System.getProperty("sip.kernel", "src/test/resources/alg");
        Path answers = Path.of(folder, "sip-kernel.txt.gz");
        Path capture = Path.of(folder, "sip-kernel.pcap.gz");
        return Stream.of(DynamicTest.dynamicTest(folder, () -> compare(capture, answers)));
    }

    private static void compare(Path capture, Path answers) throws IOException {
        Map<String, List<String>> kernel = answers(answers);
        Map<String, Conversation> model = replay(capture);
        List<String> different = new ArrayList<>();
        kernel.forEach((client, did) -> {
            Conversation conversation = model.get(client);
            List<String> would = conversation == null ? List.of() : conversation.would();
            boolean dropsAreKnown = conversation == null || conversation.transport == Packet.UDP;
            String expected = text(did, dropsAreKnown);
            String actual = text(would, dropsAreKnown);
            if (!expected.equals(actual)) {
                different.add(client + "\n  kernel " + expected + "\n  model  " + actual);
            }
        });
        assertTrue(kernel.size() >= 500, kernel.size() + " conversations");
        assertEquals(
                0, different.size(), different.size() + " of " + kernel.size() + "\n" + String.join("\n", different));
    }

    /** What was done in its order, then what was dropped, then what stood, sorted. */
    private static String text(List<String> what, boolean drops) {
        StringBuilder text = new StringBuilder();
        what.stream()
                .filter(did -> did.charAt(0) == '+' || did.charAt(0) == '-')
                .forEach(did -> text.append(did).append(", "));
        what.stream().filter(did -> drops && did.charAt(0) == '!').forEach(did -> text.append(did)
                .append(", "));
        what.stream().filter(did -> did.charAt(0) == '=').sorted().forEach(did -> text.append(did)
                .append(", "));
        return text.toString();
    }

    private static Map<String, List<String>> answers(Path file) throws IOException {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file));
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.US_ASCII))) {
            lines.lines().forEach(line -> {
                List<String> parts = Arrays.asList(line.split("\t"));
                answers.put(parts.get(0), parts.subList(1, parts.size()));
            });
        }
        return answers;
    }

    private static Map<String, Conversation> replay(Path capture) throws IOException {
        Map<String, Conversation> conversations = new HashMap<>();
        Decoder decoder = new Decoder(Limits.USUAL);
        Packet packet = new Packet();
        PacketBatch batch = new PacketBatch(1 << 20);
        try (PacketSource source = Captures.open(List.of(capture.toString()), InputStream.nullInputStream())) {
            boolean more = true;
            for (long next = 1; more; next += batch.count()) {
                batch.clear(next);
                more = source.read(batch);
                for (int i = 0; i < batch.count(); i++) {
                    Decoded decoded = decoder.decode(
                            batch.buffer,
                            batch.offset[i],
                            batch.capturedLength[i],
                            batch.wireLength[i],
                            batch.linkType[i],
                            batch.timeNs[i],
                            packet);
                    boolean isSaid = decoded == Decoded.FLOW && packet.payloadLength > 0;
                    if (isSaid && Math.max(packet.sourcePort, packet.destinationPort) >= FIRST_PORT) {
                        show(conversations, packet);
                    }
                }
            }
        }
        return conversations;
    }

    private static void show(Map<String, Conversation> conversations, Packet packet) {
        Address from = new Address(packet.ipVersion, packet.sourceHigh, packet.sourceLow);
        Address to = new Address(packet.ipVersion, packet.destinationHigh, packet.destinationLow);
        boolean toServer = to.toString().equals("10.99.0.2") || to.toString().equals("2001:db8:99::2");
        conversations
                .computeIfAbsent((toServer ? from : to).toString(), client -> new Conversation(packet.protocol))
                .see(toServer ? Direction.TO_SERVER : Direction.TO_CLIENT, packet);
    }

    private static final class Conversation implements Holes {
        private final int transport;
        private final Inspection inspection;
        private final List<String> did = new ArrayList<>();
        private final Map<String, String> standing = new LinkedHashMap<>();
        private int packets;

        Conversation(int transport) {
            this.transport = transport;
            inspection = new LinuxSip(transport).inspect(null, this);
        }

        void see(Direction direction, Packet packet) {
            packets++;
            inspection.see(direction, packet);
        }

        List<String> would() {
            List<String> all = new ArrayList<>(did);
            all.addAll(standing.values());
            return all;
        }

        private static String name(Hole hole) {
            return hole.transport() + " " + hole.from() + " " + hole.to() + " " + hole.toPort();
        }

        @Override
        public void open(Gateway gateway, Hole hole, int from, int to) {
            String name = name(hole);
            boolean isMedia = hole.transport() == Packet.UDP && !hole.dormant() && !standing.containsKey(name);
            if (hole.dormant() || isMedia) {
                did.add("+" + name);
            }
            standing.put(name, "=" + name + (hole.dormant() ? " shut" : ""));
        }

        @Override
        public void close(Gateway gateway, Hole hole) {
            did.add("-" + name(hole));
            standing.remove(name(hole));
        }

        @Override
        public void drop(Gateway gateway, int from, int to) {
            did.add("!" + packets);
        }
    }
}
