package org.sandbar.protocol.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    }

    @Test
    void overTcpHoweverItIsCut() {
        String query = "\0" + (char) query(7).length() + query(7);
        String answer = "\0" + (char) answer(7, A).length() + answer(7, A);
        String both = answer + answer;
        for (int at = 0; at <= both.length(); at++) {
            Heard heard = new Heard(Packet.TCP);
            Analyzer analyzer = new DnsProtocol(Packet.TCP).analyzer(heard);
            say(analyzer, Direction.TO_SERVER, query);
            int consumed = (int) say(analyzer, Direction.TO_CLIENT, both.substring(0, at));
            assertEquals(both.length(), consumed + say(analyzer, Direction.TO_CLIENT, both.substring(consumed)));
            assertEquals(2, heard.lines.size(), "cut at " + at);
        }
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
        byte[] web = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Probe.NO_MATCH, tcp.probe(53, Direction.TO_SERVER, web, 0, web.length));
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
