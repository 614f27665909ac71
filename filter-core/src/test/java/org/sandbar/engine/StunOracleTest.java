package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.flow.Conversation;
import org.sandbar.protocol.dtls.DtlsEvents;
import org.sandbar.protocol.stun.StunEvents;

/**
 * What is told of flows with STUN, over UDP and TCP, against what tshark dissects packet by packet: which flows they are, how many
 * messages and channel messages each has, each method with each outcome, and what the ClientHello among them offers.
 */
class StunOracleTest {
    private static final Path ROOT = Path.of(System.getProperty("sandbar.root"));
    private static final byte[] COOKIE = {0x21, 0x12, (byte) 0xa4, 0x42};
    /** A record of a handshake, and its version. */
    private static final byte[] DTLS_1_0 = {22, (byte) 0xfe, (byte) 0xff};

    private static final byte[] DTLS_1_2 = {22, (byte) 0xfe, (byte) 0xfd};
    private static final List<String> KINDS = List.of("request", "indication", "success", "error");
    private static final List<String> FIELDS = List.of(
            "frame.number",
            "frame.protocols",
            "ip.src",
            "ipv6.src",
            "udp.srcport",
            "tcp.srcport",
            "ip.dst",
            "ipv6.dst",
            "udp.dstport",
            "tcp.dstport",
            "stun.type",
            "classicstun.type",
            "stun.channel",
            "stun.att.error.class",
            "stun.att.error",
            "stun.att.ipv4",
            "stun.att.ipv6",
            "dtls.handshake.extensions_alpn_str",
            "dtls.use_srtp.protection_profile");

    @TestFactory
    Stream<DynamicTest> recordedCaptures() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")));
        List<Path> captures = new ArrayList<>();
        for (Path place : List.of(ROOT.resolve("samples-pcap"), ROOT.resolve("../shared/captures"))) {
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
        Map<String, Talk> ours = ours(file);
        // tshark starts slowly.
        byte[] bytes = Files.readAllBytes(file);
        assumeTrue(
                !ours.isEmpty() || contains(bytes, COOKIE) || contains(bytes, DTLS_1_0) || contains(bytes, DTLS_1_2));
        Map<String, Talk> theirs = theirs(file);
        StringBuilder one = new StringBuilder();
        StringBuilder other = new StringBuilder();
        theirs.forEach(
                (flow, talk) -> one.append(flow).append(": ").append(talk).append('\n'));
        ours.forEach(
                (flow, talk) -> other.append(flow).append(": ").append(talk).append('\n'));
        assertEquals(one.toString(), other.toString());
        if (file.toString().contains("samples-pcap/stun")) {
            assertTrue(ours.size() > 0);
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /** One flow. */
    private static final class Talk {
        /** Of both ends, in the order of their names. */
        final long[] messages = new long[2];

        long channelMessages;
        final TreeSet<String> outcomes = new TreeSet<>();
        String alpn = "";
        String profiles = "";

        @Override
        public String toString() {
            return messages[0] + "+" + messages[1] + " messages, " + channelMessages + " of channels, " + outcomes
                    + " alpn " + alpn + " srtp " + profiles;
        }
    }

    private static Map<String, Talk> ours(Path file) throws IOException {
        Shard shard = new Shard(0, 1, ShardSettings.USUAL);
        Map<String, Talk> talks = new TreeMap<>();
        PacketBatch batch = new PacketBatch(1 << 20);
        batch.clear(1);
        try (PacketSource source = Captures.open(List.of(file.toString()), InputStream.nullInputStream())) {
            long next = 1;
            for (; source.read(batch); batch.clear(next)) {
                next += batch.count();
                shard.process(batch).forEach(event -> add(talks, event));
            }
            shard.finish(next).forEach(event -> add(talks, event));
        }
        assertEquals(Map.of(), shard.counters().faults());
        return talks;
    }

    private static void add(Map<String, Talk> talks, Event event) {
        EventKind kind = event.kind();
        if (kind != StunEvents.STUN && kind != DtlsEvents.DTLS) {
            return;
        }
        Conversation flow = event.flow();
        String client = flow.client() + " " + flow.clientPort();
        String server = flow.server() + " " + flow.serverPort();
        Talk talk = talks.computeIfAbsent(
                event.text(Common.PROTO).toLowerCase(Locale.ROOT) + " " + key(client, server), first -> new Talk());
        if (event.is(StunEvents.FINISHED)) {
            int first = client.compareTo(server) < 0 ? 0 : 1;
            talk.messages[first] = (long) event.get(StunEvents.MESSAGES_TO_SERVER);
            talk.messages[1 - first] = (long) event.get(StunEvents.MESSAGES_TO_CLIENT);
            talk.channelMessages =
                    event.get(StunEvents.CHANNEL_PACKETS) == null ? 0 : (long) event.get(StunEvents.CHANNEL_PACKETS);
            boolean relayed = talk.channelMessages > 0 || event.get(StunEvents.DTLS_PACKETS) == null;
            talk.alpn = relayed ? "" : list(event.get(StunEvents.DTLS_ALPN));
            talk.profiles = relayed ? "" : list(event.get(StunEvents.DTLS_SRTP_PROFILES));
        } else if (event.text(StunEvents.METHOD) != null) {
            String outcome = event.text(StunEvents.OUTCOME);
            Object code = event.get(StunEvents.ERROR_CODE);
            if (outcome.equals("success") || outcome.equals("error")) {
                talk.outcomes.add(event.text(StunEvents.METHOD) + " " + outcome + (code == null ? "" : " " + code));
            }
        }
    }

    private static String key(String one, String other) {
        return one.compareTo(other) < 0 ? one + " - " + other : other + " - " + one;
    }

    private static String list(Object values) {
        return values == null
                ? ""
                : String.join(
                        ",", ((List<?>) values).stream().map(Object::toString).toList());
    }

    private static Map<String, Talk> theirs(Path file) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        // Of itself it looks for SIP there.
        command.addAll(List.of("-d", "tcp.port==5060,stun", "-d", "tcp.port==1720,stun"));
        command.addAll(List.of("-Y", "(stun || classicstun || dtls) && !icmp && !icmpv6"));
        command.addAll(List.of("-T", "fields", "-E", "aggregator=,"));
        for (String field : FIELDS) {
            command.add("-e");
            command.add(field);
        }
        Process tshark = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, Talk> talks = new TreeMap<>();
        new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> add(talks, line.split("\t", -1)));
        return talks;
    }

    private static void add(Map<String, Talk> talks, String[] cells) {
        String source = cells[2] + cells[3] + " " + cells[4] + cells[5];
        String destination = cells[6] + cells[7] + " " + cells[8] + cells[9];
        String flow = (cells[4].isEmpty() ? "tcp " : "udp ") + key(source, destination);
        Talk talk = talks.computeIfAbsent(flow, first -> new Talk());
        List<String> types = new ArrayList<>(values(cells[10]));
        types.addAll(values(cells[11]));
        List<String> classes = new ArrayList<>(values(cells[13]));
        List<String> numbers = new ArrayList<>(values(cells[14]));
        for (String text : types) {
            int type = Integer.decode(text);
            talk.messages[source.compareTo(destination) < 0 ? 0 : 1]++;
            int method = type & 0x0f | type >> 1 & 0x70 | type >> 2 & 0xf80;
            String kind = KINDS.get(type >> 4 & 1 | type >> 7 & 2);
            String outcome = METHODS.get(method) + " " + kind;
            if (kind.equals("error")) {
                outcome += " " + classes.remove(0) + String.format("%02d", Integer.valueOf(numbers.remove(0)));
            }
            if (kind.equals("success") || kind.equals("error")) {
                talk.outcomes.add(outcome);
            }
        }
        talk.channelMessages += values(cells[12]).size();
        talk.alpn = talk.alpn.isEmpty() ? cells[17] : talk.alpn;
        talk.profiles = talk.profiles.isEmpty() ? cells[18] : talk.profiles;
    }

    private static final Map<Integer, String> METHODS = Map.of(
            1,
            "binding",
            3,
            "allocate",
            4,
            "refresh",
            8,
            "create-permission",
            9,
            "channel-bind",
            10,
            "connect",
            11,
            "connection-bind");

    private static List<String> values(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(","));
    }
}
