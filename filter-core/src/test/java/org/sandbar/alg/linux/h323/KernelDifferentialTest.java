package org.sandbar.alg.linux.h323;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.bytes.Bytes;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.Shard;
import org.sandbar.engine.ShardSettings;
import org.sandbar.event.Event;
import org.sandbar.flow.Conversation;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/** {@code lab/h323/differential.sh} runs both: arbitrary conversations for the kernel, and then the same holes here as there. */
class KernelDifferentialTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final boolean SIX = Integer.getInteger("h323.family", 4) == 6;
    private static final long CLIENT = SIX ? 0xfd88_0001_0000_0000L : RandomMessage.ADDRESSES[0];
    private static final long SERVER = SIX ? 0xfd88_0002_0000_0000L : RandomMessage.ADDRESSES[1];
    private static final int MOST_BYTES = 1_400;

    private final Random random = new Random(Long.getLong("h323.seed", 1));

    @Test
    void writeConversations() throws IOException {
        assumeTrue(System.getProperty("h323.write") != null);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < Integer.getInteger("h323.count", 500); i++) {
            lines.append(conversation()).append('\n');
        }
        Files.writeString(Path.of(System.getProperty("h323.write")), lines);
    }

    @Test
    void sameHolesAsTheKernel() throws IOException {
        assumeTrue(System.getProperty("h323.folder") != null);
        Path folder = Path.of(System.getProperty("h323.folder"));
        Map<Long, TreeSet<String>> told = told(folder.resolve("capture.pcap"));
        List<String> conversations = Files.readAllLines(folder.resolve("conversations.ndjson"));
        List<String> answers = Files.readAllLines(folder.resolve("holes.ndjson"));
        int opened = 0;
        StringBuilder differ = new StringBuilder();
        for (int i = 0; i < answers.size(); i++) {
            JsonNode answer = JSON.readTree(answers.get(i));
            TreeSet<String> holes = new TreeSet<>();
            answer.get("holes").forEach(hole -> holes.add(hole.asText()));
            TreeSet<String> ours = told.getOrDefault(answer.get("client_port").asLong(), new TreeSet<>());
            opened += holes.isEmpty() ? 0 : 1;
            if (!holes.equals(ours)) {
                differ.append("\nkernel ").append(holes).append("\nmodel  ").append(ours);
                differ.append("\n").append(conversations.get(i));
            }
        }
        System.out.println(answers.size() + " conversations, " + opened + " of which opened something");
        assertEquals("", differ.toString());
    }

    private ObjectNode conversation() {
        ObjectNode conversation = JSON.createObjectNode();
        int kind = random.nextInt(5);
        conversation.put("proto", kind == 0 ? "udp" : "tcp");
        ArrayNode talk = conversation.putArray("talk");
        if (kind == 1) {
            child(conversation, talk);
        }
        for (int i = random.nextInt(4); i >= 0 && kind != 1; i--) {
            if (kind == 0) {
                byte[] message = RandomMessage.of(H225.RAS_MESSAGE, random);
                say(talk, side(), random.nextInt(3) == 0 ? RandomMessage.mutated(message, random, 0) : message);
            } else {
                packets(talk, side(), false);
            }
        }
        return conversation;
    }

    private String side() {
        return random.nextBoolean() ? "c" : "s";
    }

    /** A packet, or two, of which the first is a header alone. */
    private void packets(ArrayNode talk, String side, boolean mediaControl) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        for (int i = random.nextInt(3); i >= 0; i--) {
            byte[] message = mediaControl
                    ? RandomMessage.tpkt(RandomMessage.of(H245.MESSAGE, random))
                    : RandomMessage.call(random);
            int fixed = random.nextInt(4) == 0 ? 0 : mediaControl ? 4 : 17;
            packet.writeBytes(random.nextInt(3) == 0 ? RandomMessage.mutated(message, random, fixed) : message);
        }
        byte[] bytes = packet.toByteArray();
        if (random.nextInt(5) == 0 && bytes.length > 4) {
            int cut = random.nextInt(3) > 0 ? 4 : 1 + random.nextInt(bytes.length - 1);
            say(talk, side, Arrays.copyOf(bytes, cut));
            say(talk, side, Arrays.copyOfRange(bytes, cut, bytes.length));
        } else {
            say(talk, side, bytes);
        }
    }

    private static void say(ArrayNode talk, String side, byte[] bytes) {
        if (bytes.length > 0 && bytes.length <= MOST_BYTES) {
            talk.addArray().add(side).add(HexFormat.of().formatHex(bytes));
        }
    }

    /** A call that names where media control is spoken, and that. */
    private void child(ObjectNode conversation, ArrayNode talk) {
        say(talk, "c", RandomMessage.call(random));
        int port = 2_000 + random.nextInt(8_000);
        while (true) {
            byte[] message = RandomMessage.call(random);
            int from = 4 + 11;
            PerDecoder decoder = new PerDecoder();
            Findings findings = decoder.findings();
            if (decoder.decode(H225.USER_INFORMATION, message, from, message.length)
                    && findings.count() > 0
                    && findings.role(0) == Role.H245_ADDRESS
                    && findings.length(0) == (SIX ? 16 : 4)) {
                long address = SIX
                        ? Bytes.i64(message, findings.offset(0) + 8) == 2 ? Bytes.i64(message, findings.offset(0)) : 0
                        : Bytes.i32(message, findings.offset(0));
                if (address == CLIENT || address == SERVER) {
                    Bytes.put16(message, findings.offset(0) + findings.length(0), port);
                    String side = address == CLIENT ? "c" : "s";
                    say(talk, side, message);
                    ObjectNode child = conversation.putObject("child");
                    child.put("to", side).put("port", port);
                    ArrayNode inner = child.putArray("talk");
                    for (int i = random.nextInt(5); i >= 0; i--) {
                        packets(inner, side(), true);
                    }
                    return;
                }
            }
        }
    }

    private static Map<Long, TreeSet<String>> told(Path capture) throws IOException {
        Shard shard = new Shard(0, 1, ShardSettings.USUAL);
        List<Event> events = new ArrayList<>();
        try (PacketSource source = Captures.open(List.of(capture.toString()), InputStream.nullInputStream())) {
            PacketBatch batch = new PacketBatch(1 << 20);
            long ordinal = 1;
            boolean more = true;
            while (more) {
                batch.clear(ordinal);
                more = source.read(batch);
                events.addAll(shard.process(batch));
                ordinal += batch.count();
            }
        }
        Map<Long, TreeSet<String>> told = new TreeMap<>();
        Map<String, Long> parents = new TreeMap<>();
        for (Event event : events) {
            Object transport = event.kind() == PinholeEvents.WOULD ? event.get(PinholeEvents.WOULD_TRANSPORT) : null;
            if (transport != null) {
                Conversation flow = event.flow();
                Address to = (Address) event.get(PinholeEvents.WOULD_TO);
                String end = to + " " + event.get(PinholeEvents.WOULD_PORT);
                Long parent = parents.get(flow.server() + " " + flow.serverPort());
                long owner = flow.serverPort() == 1720 || flow.serverPort() == 1719 ? flow.clientPort() : parent;
                parents.put(end, owner);
                told.computeIfAbsent(owner, first -> new TreeSet<>())
                        .add(((long) transport == Packet.TCP ? "TCP " : "UDP ") + event.get(PinholeEvents.WOULD_FROM)
                                + " " + end);
            }
        }
        return told;
    }
}
