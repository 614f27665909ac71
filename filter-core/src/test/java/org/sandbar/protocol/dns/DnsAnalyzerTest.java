package org.sandbar.protocol.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Names;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

class DnsAnalyzerTest {
    private static final String NAME = "\3www\7example\3org\0";
    private static final String QUESTION = NAME + "\0\1\0\1";
    private static final String POINTER = "\u00c0\f";
    private static final String A = POINTER + "\0\1\0\1\0\0\0<\0\4\u00c6\u0033\u0064\u0050";

    private static String header(int id, boolean response, int answers) {
        return "" + (char) (id >> 8) + (char) (id & 255) + (response ? "\u0081\u0080" : "\1\0") + "\0\1\0"
                + (char) answers + "\0\0\0\0";
    }

    private static String query(int id) {
        return header(id, false, 0) + QUESTION;
    }

    private static String answer(int id, String... records) {
        return header(id, true, records.length) + QUESTION + String.join("", records);
    }

    private static final class Heard implements Output {
        final List<String> lines = new ArrayList<>();
        final Flow flow;

        Heard(int transport) {
            Packet packet = new Packet();
            packet.ipVersion = 4;
            packet.protocol = transport;
            packet.sourceLow = Address.parse("192.168.1.5").low();
            packet.destinationLow = Address.parse("198.51.100.53").low();
            packet.sourcePort = 40_000;
            packet.destinationPort = 53;
            packet.tcpFlags = Packet.SYN;
            flow = new FlowTable<>(Flow::new, Limits.USUAL).begin(packet);
        }

        @Override
        public Flow flow() {
            return flow;
        }

        @Override
        public Limits limits() {
            return Limits.USUAL;
        }

        @Override
        public boolean isTunnelled() {
            return false;
        }

        @Override
        public long position(Direction direction) {
            return 0;
        }

        @Override
        public Event event(EventKind kind) {
            return Event.at(kind, flow.conversation(), 1, 1);
        }

        @Override
        public void tell(Event event) {
            lines.add(event.text(Names.NAME) + " " + event.get(Names.ADDRESSES) + " " + event.get(Names.TTL));
        }

        @Override
        public void evidence(Signal signal, String detail) {
            throw new AssertionError(signal.name());
        }

        @Override
        public void handOver(String protocol) {
            throw new AssertionError(protocol);
        }

        @Override
        public void offerAgain(Direction direction) {
            throw new AssertionError();
        }

        @Override
        public void lose(Direction direction) {
            throw new AssertionError();
        }

        @Override
        public void abandon() {
            throw new AssertionError();
        }
    }

    private static List<String> udp(String query, String... answers) {
        Heard heard = new Heard(Packet.UDP);
        Analyzer analyzer = new DnsProtocol(Packet.UDP).analyzer(heard);
        say(analyzer, Direction.TO_SERVER, query);
        for (String answer : answers) {
            say(analyzer, Direction.TO_CLIENT, answer);
        }
        return heard.lines;
    }

    private static long say(Analyzer analyzer, Direction direction, String words) {
        byte[] bytes = words.getBytes(StandardCharsets.ISO_8859_1);
        return analyzer.onData(direction, bytes, 0, bytes.length);
    }

    @Test
    void anAddress() {
        assertEquals(List.of("www.example.org [198.51.100.80] 60"), udp(query(7), answer(7, A)));
    }

    @Test
    void lettersOfEitherCaseAreTheSame() {
        String mixed = query(7).replace("www", "wWw").replace("example", "EXAMPLE");
        assertEquals(List.of("www.example.org [198.51.100.80] 60"), udp(mixed, answer(7, A)));
    }

    @Test
    void whatNobodyAskedForIsNotBelieved() {
        assertEquals(List.of(), udp(query(7), answer(8, A)));
        assertEquals(List.of(), udp(query(7).replace("example", "another"), answer(7, A)));
        assertEquals(List.of(), udp(query(7), answer(7, A).replace("\u0081\u0080", "\u0081\u0083")));
        assertEquals(List.of(), udp(query(7), answer(7, A).replace("\u0081\u0080", "\u0083\u0080")));
    }

    @Test
    void theFirstResponseIsTheAnswer() {
        String forged = A.substring(0, A.length() - 1) + 'B';
        List<String> first = List.of("www.example.org [198.51.100.80] 60");
        assertEquals(first, udp(query(7), answer(7, A), answer(7, forged)));
        String failed = answer(7, A).replace("\u0081\u0080", "\u0081\u0082");
        assertEquals(List.of(), udp(query(7), failed, answer(7, A)));

        Heard heard = new Heard(Packet.UDP);
        Analyzer analyzer = new DnsProtocol(Packet.UDP).analyzer(heard);
        for (String query : List.of(query(7), query(7))) {
            say(analyzer, Direction.TO_SERVER, query);
        }
        say(analyzer, Direction.TO_CLIENT, answer(7, A));
        say(analyzer, Direction.TO_CLIENT, answer(7, forged));
        assertEquals(first, heard.lines);
        say(analyzer, Direction.TO_SERVER, query(7));
        say(analyzer, Direction.TO_CLIENT, answer(7, A));
        assertEquals(2, heard.lines.size());
    }

    @Test
    void manyQuestionsMayWait() {
        Heard heard = new Heard(Packet.UDP);
        Analyzer analyzer = new DnsProtocol(Packet.UDP).analyzer(heard);
        for (int id = 1; id <= 33; id++) {
            say(analyzer, Direction.TO_SERVER, query(id));
        }
        say(analyzer, Direction.TO_CLIENT, answer(1, A));
        assertEquals(0, heard.lines.size());
        for (int id = 33; id >= 2; id--) {
            say(analyzer, Direction.TO_CLIENT, answer(id, A));
        }
        assertEquals(32, heard.lines.size());
    }

    @Test
    void aPartOfAnAnswerIsNone() {
        String whole = answer(7, A, POINTER + "\0\1\0\1\0\0\0<\0\4\n\0\0\1");
        for (int length = 0; length < whole.length(); length++) {
            assertEquals(List.of(), udp(query(7), whole.substring(0, length)), "cut at " + length);
        }
        String[] addresses = new String[Names.MOST_ADDRESSES + 1];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = A.substring(0, A.length() - 1) + (char) (i + 1);
        }
        assertEquals(List.of(), udp(query(7), answer(7, addresses)));
        addresses[0] = addresses[1];
        assertEquals(1, udp(query(7), answer(7, addresses)).size());
    }

    @Test
    void oddBytesOfANameAreEscaped() {
        String odd = "\4A.\\ \3\0\u00ff_\0\0\1\0\1";
        String query = header(7, false, 0) + odd;
        assertEquals(List.of("a\\.\\\\\\032.\\000\\255_ [198.51.100.80] 60"), udp(query, header(7, true, 1) + odd + A));
    }

    @Test
    void aliasesAreFollowed() {
        // www -> cdn.example.org (by a pointer to its "example.org"), which has two addresses, after an address of
        // somebody else.
        String alias = POINTER + "\0\5\0\1\0\0\0\36\0\6\3cdn\u00c0\20";
        String cdn = "\3cdn\u00c0\20";
        String first = cdn + "\0\1\0\1\0\0\0\u0078\0\4\n\0\0\1";
        String second = cdn + "\0\34\0\1\0\0\0\5\0\20" + "\40\1\r\u00b8" + "\0".repeat(11) + "\1";
        String stranger = "\1x\0\0\1\0\1\0\0\0\1\0\4\1\2\3\4";
        assertEquals(
                List.of("www.example.org [10.0.0.1, 2001:db8::1] 5"),
                udp(query(7), answer(7, stranger, first, second, alias)));
    }

    @Test
    void namesThatGoRoundAreNoNames() {
        assertEquals(List.of(), udp(query(7), answer(7, "\u00c0\u0021" + A.substring(2))));
        String loop = POINTER + "\0\5\0\1\0\0\0\36\0\2" + POINTER;
        assertEquals(List.of(), udp(query(7), answer(7, loop)));
        // The owner of the first record points on to the second one's, which is the name in full.
        String forward = "\u00c0\u0031" + A.substring(2);
        assertEquals(List.of(), udp(query(7), answer(7, forward, NAME + "\0\20\0\1\0\0\0\1\0\3\2ok")));
        // The alias is a label with a pointer back to itself behind it.
        String snail = POINTER + "\0\5\0\1\0\0\0\36\0\4\1x\u00c0\u002d";
        assertEquals(List.of(), udp(query(7), answer(7, snail, A.replace(POINTER, "\u00c0\u002d"))));
    }

    @Test
    void pointersAreBounded() {
        // Far more records than there may be, and each owner a pointer to a pointer to …
        StringBuilder records = new StringBuilder(POINTER);
        for (int at = 47; records.length() < 16_000; at += 2) {
            records.append((char) (0xc0 | at - 2 >> 8)).append((char) (at - 2 & 255));
        }
        String txt = "\0\20\0\1\0\0\0\1";
        String chain = POINTER + txt + (char) (records.length() >> 8) + (char) (records.length() & 255) + records;
        int last = 33 + 12 + records.length() - 2;
        String far = (char) (0xc0 | last >> 8) + "" + (char) (last & 255) + A.substring(2);
        assertEquals(List.of(), udp(query(7), answer(7, chain, far)));
    }

    /** Says the words in pieces of this size, behind a first one of another, as a stream does: what is not consumed comes again. */
    private static void stream(Analyzer analyzer, Direction direction, String words, int first, int size) {
        int consumed = 0;
        for (int end = first; consumed < words.length(); end = Math.min(words.length(), end + size)) {
            consumed += (int) say(analyzer, direction, words.substring(consumed, end));
        }
    }

    private static String overTcp(String message) {
        return (char) (message.length() >> 8) + "" + (char) (message.length() & 255) + message;
    }

    @Test
    void overTcpHoweverItIsCut() {
        String queries = overTcp(query(7)) + overTcp(query(300)) + overTcp(query(9));
        String answers = overTcp(answer(9, A))
                + overTcp(answer(7, A, A, A))
                + overTcp(answer(8, A))
                + overTcp("?")
                + overTcp(answer(300, A));
        for (int at = 0; at <= answers.length(); at++) {
            for (int size : new int[] {1, 3, 1_000}) {
                Heard heard = new Heard(Packet.TCP);
                Analyzer analyzer = new DnsProtocol(Packet.TCP).analyzer(heard);
                stream(analyzer, Direction.TO_SERVER, queries, Math.min(at, queries.length()), size);
                stream(analyzer, Direction.TO_CLIENT, answers, at, size);
                assertEquals(3, heard.lines.size(), "cut at " + at);
            }
        }
    }

    @Test
    void whatComesBehindAGapIsNotRead() {
        Heard heard = new Heard(Packet.TCP);
        Analyzer analyzer = new DnsProtocol(Packet.TCP).analyzer(heard);
        say(analyzer, Direction.TO_SERVER, overTcp(query(7)));
        analyzer.onGap(Direction.TO_CLIENT, 100);
        assertEquals(Analyzer.SKIP_ALL, say(analyzer, Direction.TO_CLIENT, overTcp(answer(7, A))));
        assertEquals(List.of(), heard.lines);
    }

    @Test
    void whatTellsNothingAllocatesNothing() {
        Analyzer analyzer = new DnsProtocol(Packet.UDP).analyzer(new Heard(Packet.UDP));
        byte[] query = query(7).getBytes(StandardCharsets.ISO_8859_1);
        byte[] missing = answer(7, A).replace("\u0081\u0080", "\u0081\u0083").getBytes(StandardCharsets.ISO_8859_1);
        byte[] text = answer(7, POINTER + "\0\20\0\1\0\0\0\1\0\3\2ok").getBytes(StandardCharsets.ISO_8859_1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int rounds = 20_000;
        long before = 0;
        for (int i = 0; i < 2 * rounds; i++) {
            if (i == rounds) {
                before = threads.getThreadAllocatedBytes(thread);
            }
            analyzer.onData(Direction.TO_SERVER, query, 0, query.length);
            analyzer.onData(Direction.TO_CLIENT, missing, 0, missing.length);
            analyzer.onData(Direction.TO_SERVER, query, 0, query.length);
            analyzer.onData(Direction.TO_CLIENT, text, 0, text.length);
        }
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(bytes < rounds, bytes + " bytes");
    }

    @Test
    void isRecognisedOverBoth() {
        byte[] query = ("\0" + (char) query(7).length() + query(7)).getBytes(StandardCharsets.ISO_8859_1);
        DnsProtocol tcp = new DnsProtocol(Packet.TCP);
        assertEquals(Probe.MATCH, tcp.probe(53, Direction.TO_SERVER, query, 0, query.length));
        for (int length = 1; length < 19; length++) {
            assertEquals(Probe.NEED_MORE, tcp.probe(53, Direction.TO_SERVER, query, 0, length));
        }
        assertEquals(
                Probe.MATCH, new DnsProtocol(Packet.UDP).probe(53, Direction.TO_SERVER, query, 2, query.length - 2));
        assertEquals(Probe.MATCH, udpProbe(5_353, query(7)));
        byte[] web = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Probe.NO_MATCH, tcp.probe(53, Direction.TO_SERVER, web, 0, web.length));
    }

    private static Probe udpProbe(int port, String message) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        return new DnsProtocol(Packet.UDP).probe(port, Direction.TO_SERVER, bytes, 0, bytes.length);
    }

    /** RFC 6762 section 18, RFC 4795 section 2.1.1. */
    @Test
    void namesOfTheLinkAreSomethingElse() {
        String multicast = query(0).replace("\1\0\0\1", "\0\0\0\1");
        assertEquals(Probe.NO_MATCH, udpProbe(5_353, multicast));
        assertEquals(Probe.NO_MATCH, udpProbe(5_355, query(7)));
        assertEquals(Probe.MATCH, udpProbe(53, multicast));
    }

    @Test
    void anyBytesAreTaken() {
        Random random = new Random(1035);
        byte[] message =
                answer(7, A, POINTER + "\0\5\0\1\0\0\0\36\0\6\3cdn\u00c0\20").getBytes(StandardCharsets.ISO_8859_1);
        int told = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = message.clone();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            told += udp(query(7), new String(bytes, 0, length, StandardCharsets.ISO_8859_1))
                    .size();
        }
        assertTrue(told > 1_000);
    }
}
