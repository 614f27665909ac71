package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.alg.Armed;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.capture.LinkType;
import org.sandbar.event.Event;
import org.sandbar.wire.Packet;

/**
 * What Linux, libalias and ftp-proxy do with the same conversation between 192.168.1.5 and 198.51.100.21, row by row of their sources.
 * A row is a list of segments; {@code login} are those of an ordinary one. The answers: to whose port it opens a hole, or {@code drop},
 * where the packet is not let through or the session ended. The first column is what Linux 6.18 did with each row of the two tables; the
 * other two are what the handlers of the BSDs do, taken over function by function into a C program without their kernels.
 */
class FtpGatewaysTest {
    private static final String LOGIN =
            "s 220 ready\\r\\n ~ c USER a\\r\\n ~ s 331 ok\\r\\n ~ c PASS b\\r\\n ~ s 230 in\\r\\n";
    private static final long SECOND_NS = 1_000_000_000L;

    /** The differential matrix of address, port and delimiters. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "PORT 192,168,1,5,19,136\\r\\n;client 5000;client 5000;client 5000",
                "PORT 192,168,1,5,0,80\\r\\n;client 80;-;drop",
                "PORT 192,168,1,5,0,0\\r\\n;client 0;-;drop",
                "PORT 192,168,1,5,3,255\\r\\n;client 1023;-;drop",
                "PORT 192,168,1,5,4,0\\r\\n;client 1024;client 1024;client 1024",
                "PORT 192,168,1,5,0,5000\\r\\n;client 5000;-;drop",
                "PORT 10,0,0,9,19,136\\r\\n;-;-;client 5000",
                "EPRT |1|10.0.0.9|5000|\\r\\n;-;-;client 5000",
                "PORT 0,0,0,3232235781,19,136\\r\\n;client 5000;-;drop",
                "PORT 192,168,1,261,19,136\\r\\n;client 5000;client 5000;drop",
                "PORT 192,168,0,261,19,136\\r\\n;client 5000;-;drop",
                "PORT 448,168,1,5,19,136\\r\\n;client 5000;client 5000;drop",
                "PORT 192,168,1,5,,136\\r\\n;client 136;-;drop",
                "PORT 192,168,001,005,019,136\\r\\n;client 5000;client 5000;client 5000",
                "PORT 192,168,1,5,19,136,7\\r\\n;drop;client 5000;client 5000",
                "PORTX 192,168,1,5,19,136\\r\\n;client 5000;-;-",
                "PORT  192,168,1,5,19,136\\r\\n;drop;client 5000;client 5000",
                "PORT 192,168,1,5,19,136 \\r\\n;drop;client 5000;drop",
                "PORT 192,168,1,5,19,136 x\\r\\n;drop;client 5000;drop",
                "PORT 192,168,1,5,19,136\\n;drop;client 5000;client 5000",
                "PORT 192,168,1,5,19,136;drop;-;-",
                "PORT 192,168,1,5,19,136\\r;client 5000;client 5000;-",
                "port 192,168,1,5,19,136\\r\\n;client 5000;client 5000;client 5000",
                "eprt |1|192.168.1.5|5000|\\r\\n;client 5000;client 5000;client 5000",
                "EPRT |1|192.168.1.5|1023|\\r\\n;client 1023;-;drop",
                "EPRT |2|fe80::5|5000|\\r\\n;drop;-;client 5000",
                "EPRT !1!192.168.1.5!5000!\\r\\n;client 5000;client 5000;drop",
                "EPRT |1|192.168.1.5|70536|\\r\\n;client 5000;client 5000;drop",
                "PORT 192,168,1,5,19,18446744069414584456\\r\\n;client 5000;client 5000;client 5000",
                "PORT 192,168,1,5,19,184467440694145844561\\r\\n;client 5969;client 4945;drop",
                "PASV\\r\\n;-;-;-",
                "PORT\\r\\n;drop;-;-",
                "PORT \\r\\n;drop;-;drop",
                "P;drop;-;-",
                "RETR x\\r\\nPORT 192,168,1,5,19,136\\r\\n;-;-;client 5000",
                "PORT 192,168,1,5,19,136\\r\\nRETR x\\r\\n;client 5000;client 5000;client 5000",
            })
    void ofOneSegment(String segment, String linux, String libalias, String proxy) {
        check("login ~ c " + segment, linux, libalias, proxy);
    }

    /** Segments, order and who asked. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "login ~ c PO ~ c RT 192,168,1,5,19,136\\r\\n;drop;-;client 5000",
                "s 220 ready\\r\\n ~ c PORT 192,168,1,5,19,136\\r\\n;-;client 5000;client 5000",
                "c PORT 192,168,1,5,19,136\\r\\n;-;client 5000;client 5000",
                "s 220 ~ s ready\\r\\n ~ c PORT 192,168,1,5,19,136\\r\\n;-;client 5000;client 5000",
                "s 220 ready ~ c PORT 192,168,1,5,19,136\\r\\n;-;-;client 5000",
                "login ~ c xxxx\\r\\n ~ c PORT 192,168,1,5,19,136\\r\\n;client 5000;client 5000;client 5000",
                "login ~ c xxxx\\n ~ c PORT 192,168,1,5,19,136\\r\\n;client 5000;-;client 5000",
                "login ~ c xxxx ~ c PORT 192,168,1,5,19,136\\r\\n;-;-;-",
                "c POST / HTTP/1.1\\r\\n ~ c PORT 192,168,1,5,19,136\\r\\n;client 5000;client 5000;client 5000",
                // Rewritten, it ends as it should.
                "login ~ c PORT 192,168,1,5,19,136\\n ~ c PORT 192,168,1,5,19,137\\r\\n;"
                        + "drop;client 5000, client 5001;client 5000, client 5001",
                // Not rewritten, it does not.
                "login ~ c PORT 10,0,0,9,19,136\\n ~ c PORT 192,168,1,5,19,137\\r\\n;drop;-;client 5000, client 5001",
                "login ~ c PORT 192,168,1,5,19,136\\r\\n ~ c PORT 192,168,1,5,19,137\\r\\n;"
                        + "client 5000, client 5001;client 5000, client 5001;client 5000, client 5001",
                "login ~ c PORT 192,168,1,5,19,136\\r\\n ~ s 500 no\\r\\n;client 5000;client 5000;client 5000",
                "login ~ s 227 At (198,51,100,21,19,136)\\r\\n;server 5000;server 5000;-",
                "login ~ c PASV\\r\\n ~ s 227 At (198,51,100,21,19,136)\\r\\n;server 5000;server 5000;server 5000",
                "login ~ c PASVX\\r\\n ~ s 227 At (198,51,100,21,19,136)\\r\\n;server 5000;server 5000;server 5000",
                "login ~ c EPSV\\r\\n ~ s 227 At (198,51,100,21,19,136)\\r\\n;server 5000;server 5000;-",
                "login ~ c epsv 1\\r\\n ~ s 229 At (|||5000|)\\r\\n;server 5000;server 5000;server 5000",
                "login ~ c PASV\\r\\n ~ s 229 At (|||5000|)\\r\\n;server 5000;server 5000;-",
                "login ~ c PASV\\r\\n ~ s 226 late\\r\\n ~ s 227 At (198,51,100,21,19,136)\\r\\n;server 5000;server 5000;-",
                "login ~ c PASV\\r\\n ~ s 227-At\\r\\n ~ s 227 At (198,51,100,21,19,136)\\r\\n;server 5000;server 5000;-",
                "login ~ c PASV\\r\\nLIST\\r\\n ~ s 227 At (198,51,100,21,19,136)\\r\\n;server 5000;server 5000;-",
                "login ~ c PASV\\r\\nLI ~ s 227 At (198,51,100,21,19,136)\\r\\n;server 5000;-;server 5000",
                "login ~ c PASV\\r\\n ~ s 227 At (10,0,0,9,19,136)\\r\\n;-;-;server 5000",
                "login ~ c PASV\\r\\n ~ s 227 At (198,51,100,21,0,80)\\r\\n;server 80;-;drop",
                "login ~ c PASV\\r\\n ~ s 227 At 198,51,100,21,19,136\\r\\n;server 5000;-;drop",
                "login ~ c PASV\\r\\n ~ s 22 ~ s 7 At (198,51,100,21,19,136)\\r\\n;drop;-;server 5000",
                "login ~ c PASV\\r\\n ~ s 500 no\\r\\n227 At (198,51,100,21,19,136)\\r\\n;-;-;-",
                "login ~ c EPSV\\r\\n ~ s 229 At (|||80|)\\r\\n;server 80;-;drop",
                // A killed session says no more.
                "login ~ c PORT 192,168,1,5,0,80\\r\\n ~ c PORT 192,168,1,5,19,136\\r\\n;"
                        + "client 80, client 5000;client 5000;drop",
                "login ~ c NOOP \\0\\r\\n ~ c PORT 192,168,1,5,19,136\\r\\n;client 5000;client 5000;drop",
                "login ~ c PORT 192,168,1,5,19,136\\r\\n\\0;client 5000;client 5000;client 5000, drop",
                "login ~ s 2\\0 ~ c PORT 192,168,1,5,19,136\\r\\n;client 5000;-;drop",
            })
    void ofSegments(String segments, String linux, String libalias, String proxy) {
        check(segments, linux, libalias, proxy);
    }

    /** {@code MAX_MESSAGE_SIZE} is 128 bytes of a packet, {@code MAX_LINE} 500 of a line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "128;drop;client 5000;drop",
                "129;drop;-;drop",
            })
    void ofLongMessages(int bytes, String linux, String libalias, String proxy) {
        String port = "PORT 192,168,1,5,19,136 ";
        check("login ~ c " + port + "x".repeat(bytes - 2 - port.length()) + "\\r\\n", linux, libalias, proxy);
    }

    @Test
    void ofLongLines() {
        String after = "\\r\\n ~ c PORT 192,168,1,5,19,136\\r\\n";
        check("login ~ c " + "x".repeat(498) + after, "client 5000", "client 5000", "client 5000");
        check("login ~ c " + "x".repeat(499) + after, "client 5000", "client 5000", "drop");
        check("login ~ c " + "x".repeat(499), "-", "-", "-");
        check("login ~ c " + "x".repeat(499) + " ~ c x", "-", "-", "drop");
    }

    @Test
    void aProxyReadsSegmentsInOrder() {
        List<Segment> talk = talk("login ~ c PASV\\r\\n ~ s 227 At (198,51, ~ s 100,21,19,136)\\r\\n ~ c NOOP\\r\\n");
        assertEquals("server 5000", told(talk, "ftp-proxy"));
        Collections.swap(talk, talk.size() - 3, talk.size() - 2);
        assertEquals("server 5000", told(talk, "ftp-proxy"));
        talk.add(talk.size() - 1, talk.get(talk.size() - 2));
        talk.add(3, talk.get(2));
        assertEquals("server 5000", told(talk, "ftp-proxy"));
    }

    @Test
    void aProxyWhoseBytesWereNotAllSeenGoesOnWithTheNextLine() {
        String later = " ~ c NOOP\\r\\n".repeat(10) + " ~ c PORT 192,168,1,5,19,136\\r\\n";
        List<Segment> talk = talk("login ~ c PORT 192,168,1,5 ~ c ,19,136\\r\\n" + later);
        assertEquals("client 5000, client 5000", told(talk, "ftp-proxy"));
        talk.remove(talk.size() - 12);
        assertEquals("client 5000", told(talk, "ftp-proxy"));
    }

    /** {@code CONNECT_TIMEOUT}: a server has half a minute for its first word. */
    @Test
    void aProxyGivesUpASilentServer() {
        List<Segment> talk = talk("c PORT 192,168,1,5,19,136\\r\\n");
        int last = talk.size() - 1;
        talk.set(last, talk.get(last).at(30 * SECOND_NS));
        assertEquals("client 5000", told(talk, "ftp-proxy"));
        talk.set(last, talk.get(last).at(30 * SECOND_NS + 1));
        assertEquals("-", told(talk, "ftp-proxy"));
        assertEquals("client 5000", told(talk, "libalias"));
    }

    @Test
    void whateverTheyAreShownTheyStand() {
        Random random = new Random(6);
        List<Segment> whole =
                talk("login ~ c PASV\\r\\n ~ s 227 At (198,51,100,21,19,136)\\r\\n ~ c PORT 192,168,1,5,19,136\\r\\n");
        for (int round = 0; round < 3_000; round++) {
            List<Segment> talk = new ArrayList<>(whole.subList(0, 2));
            for (int i = 0; i < 12; i++) {
                Segment segment = whole.get(2 + random.nextInt(whole.size() - 2));
                byte[] payload = segment.payload().clone();
                if (payload.length > 0) {
                    payload[random.nextInt(payload.length)] = (byte) random.nextInt();
                }
                talk.add(new Segment(0, segment.addresses(), segment.header(), payload));
            }
            run(talk, Armed.USUAL);
        }
    }

    @Test
    void nothingIsAllocatedForWhatOpensNothing() {
        List<Segment> talk = talk("login" + " ~ c STOR x\\r\\n ~ s 226 do ~ s ne\\r\\n".repeat(6_000));
        Shard shard = new Shard(0, 1, ShardSettings.USUAL.withProtocols(List.of()));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        List<byte[]> packets = talk.stream().map(Segment::packet).collect(Collectors.toList());
        long before = 0;
        for (int i = 0; i < packets.size(); i++) {
            if (i == packets.size() / 2) {
                before = threads.getThreadAllocatedBytes(thread);
            }
            byte[] packet = packets.get(i);
            shard.accept(packet, 0, packet.length, packet.length, LinkType.RAW, 0, i + 1);
        }
        double bytes = (threads.getThreadAllocatedBytes(thread) - before) / (packets.size() / 2.0);
        assertTrue(bytes < 1, bytes + " bytes a packet");
    }

    private static void check(String segments, String linux, String libalias, String proxy) {
        List<Segment> talk = talk(segments);
        assertEquals(linux, told(talk, "linux"), "linux");
        assertEquals(libalias, told(talk, "libalias"), "libalias");
        assertEquals(proxy, told(talk, "ftp-proxy"), "ftp-proxy");
    }

    /** A connection with these segments. */
    private static List<Segment> talk(String written) {
        List<Segment> talk = new ArrayList<>();
        talk.add(Segment.of(true, 21, 99, 0, Packet.SYN, ""));
        talk.add(Segment.of(false, 21, 999, 100, Packet.SYN | Packet.ACK, ""));
        int ofClient = 100;
        int ofServer = 1_000;
        for (String turn : written.replace("login", LOGIN).split(" ~ ")) {
            boolean client = turn.strip().charAt(0) == 'c';
            String payload = turn.stripLeading()
                    .substring(2)
                    .replace("\\r", "\r")
                    .replace("\\n", "\n")
                    .replace("\\0", "\0");
            int flags = Packet.ACK | Packet.PSH;
            talk.add(
                    Segment.of(client, 21, client ? ofClient : ofServer, client ? ofServer : ofClient, flags, payload));
            ofClient += client ? payload.length() : 0;
            ofServer += client ? 0 : payload.length();
        }
        return talk;
    }

    private static List<Event> run(List<Segment> talk, Armed armed) {
        Shard shard =
                new Shard(0, 1, ShardSettings.USUAL.withProtocols(List.of()).with(armed));
        long ordinal = 1;
        for (Segment segment : talk) {
            byte[] packet = segment.packet();
            shard.accept(packet, 0, packet.length, packet.length, LinkType.RAW, segment.timeNs(), ordinal++);
        }
        return shard.takeEvents();
    }

    private static String told(List<Segment> talk, String filter) {
        List<String> told = new ArrayList<>();
        for (Event event : run(talk, Armed.only(filter))) {
            if (event.kind() != PinholeEvents.WOULD) {
                continue;
            }
            if (event.get(PinholeEvents.WOULD_TRANSPORT) == null) {
                told.add("drop");
                continue;
            }
            boolean toClient = event.get(PinholeEvents.WOULD_TO).toString().equals("192.168.1.5");
            assertEquals(
                    toClient ? "198.51.100.21" : "192.168.1.5",
                    event.get(PinholeEvents.WOULD_FROM).toString());
            told.add((toClient ? "client " : "server ") + event.get(PinholeEvents.WOULD_PORT));
        }
        return told.isEmpty() ? "-" : String.join(", ", told);
    }
}
