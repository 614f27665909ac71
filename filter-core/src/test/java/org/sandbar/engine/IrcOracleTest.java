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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.event.Event;
import org.sandbar.protocol.Announcements;
import org.sandbar.protocol.irc.IrcEvents;

/** What is told of IRC is what tshark's dissector finds: who was welcomed, and which commands of which side hold an offer. */
class IrcOracleTest {
    private static final Path ROOT = Path.of(System.getProperty("sandbar.root"));
    private static final Pattern OFFER = Pattern.compile("\u0001[Dd][Cc][Cc] ");

    private static List<Event> events(Path file) throws IOException {
        Shard shard = new Shard(0, 1, ShardSettings.USUAL);
        List<Event> events = new ArrayList<>();
        PacketBatch batch = new PacketBatch(1 << 20);
        batch.clear(1);
        try (PacketSource source = Captures.open(List.of(file.toString()), InputStream.nullInputStream())) {
            long next = 1;
            for (; source.read(batch); batch.clear(next)) {
                next += batch.count();
                events.addAll(shard.process(batch));
            }
            events.addAll(shard.finish(next));
        }
        assertEquals(Map.of(), shard.counters().faults());
        return events;
    }

    @Test
    void aGenuineOfferIsAnnounced() throws IOException {
        List<String> announced = new ArrayList<>();
        for (String sample : List.of("dcc-send", "dcc-pong", "dcc-unregistered")) {
            for (Event event : events(ROOT.resolve("samples-pcap/irc/" + sample + "/input.pcap"))) {
                if (event.kind() == Announcements.ANNOUNCED) {
                    announced.add(sample
                            + ' '
                            + event.get(Announcements.TRANSPORT)
                            + ' '
                            + event.get(Announcements.IP)
                            + ' '
                            + event.get(Announcements.ACCEPTED));
                }
            }
        }
        assertEquals(List.of("dcc-send 6 192.168.1.5 true"), announced);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "samples-pcap/irc/dcc-send/input.pcap",
                "samples-pcap/irc/dcc-pong/input.pcap",
                "samples-pcap/irc/dcc-unregistered/input.pcap",
                "lab/answers/irc-1.pcap.gz"
            })
    void asTshark(String capture) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")));
        Path file = ROOT.resolve(capture);
        Map<String, List<String>> ours = new TreeMap<>();
        for (Event event : events(file)) {
            if (event.kind() == IrcEvents.IRC) {
                boolean offer = event.get(IrcEvents.DCC) != null;
                String what = offer
                        ? event.text(IrcEvents.SENDER) + ' ' + event.text(IrcEvents.COMMAND)
                        : event.is(IrcEvents.REGISTERED) ? "welcome " + event.text(IrcEvents.NICK) : "refused";
                if (!what.equals("refused")) {
                    ours.computeIfAbsent("" + event.flow().clientPort(), first -> new ArrayList<>())
                            .add(what);
                }
            }
        }
        assertEquals(text(theirs(file, ours)), text(ours));
        assertTrue(ours.size() > 0);
    }

    private static String text(Map<String, List<String>> talks) {
        StringBuilder text = new StringBuilder();
        talks.forEach((flow, told) -> text.append(flow).append(' ').append(told).append('\n'));
        return text.toString();
    }

    /**
     * Of the flows that begin as IRC does, the rest is tshark's by its port alone; and without those in which a line goes on in the next
     * packet, for tshark reads packets.
     */
    private static Map<String, List<String>> theirs(Path file, Map<String, List<String>> ours) throws IOException {
        Process tshark = new ProcessBuilder(
                        "tshark",
                        "-n",
                        "-r",
                        file.toString(),
                        "-Y",
                        "irc",
                        "-T",
                        "fields",
                        "-e",
                        "tcp.srcport",
                        "-e",
                        "tcp.dstport",
                        "-e",
                        "tcp.payload",
                        "-e",
                        "irc.request",
                        "-e",
                        "irc.response",
                        "-E",
                        "separator=|",
                        "-E",
                        "aggregator=\u0002")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, List<String>> talks = new TreeMap<>();
        String said = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        for (String row : said.split("\n")) {
            String[] cells = row.split("\\|", 5);
            boolean request = !cells[3].isEmpty();
            String flow = request ? cells[0] : cells[1];
            if (!cells[2].endsWith("0a")) {
                ours.remove(flow);
            }
            for (String line : (request ? cells[3] : cells[4]).split("\u0002")) {
                add(talks.computeIfAbsent(flow, first -> new ArrayList<>()), request, line);
            }
        }
        talks.keySet().retainAll(ours.keySet());
        return talks;
    }

    private static void add(List<String> told, boolean request, String line) {
        Matcher words = Pattern.compile("^ *(?::\\S+ +)?(\\S+)(?: +(\\S+))?").matcher(line);
        if (!words.find()) {
            return;
        }
        if (words.group(1).equals("001")) {
            told.add("welcome " + words.group(2));
        } else if (OFFER.matcher(line).find() && words.group(1).matches("[A-Za-z0-9]+")) {
            told.add((request ? "client " : "server ") + words.group(1).toUpperCase());
        }
    }
}
