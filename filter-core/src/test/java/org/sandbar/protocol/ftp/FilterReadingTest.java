package org.sandbar.protocol.ftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Address;

/**
 * What readers take the same line for: one by the letter of the RFC, Linux, libalias, and ftp-proxy, which puts the peer's own address
 * in place of any. The column of Linux was measured: each line was played through the FTP helper of Linux 6.18, which opened a hole to
 * the endpoint where it is the announcer's own (10.88.1.2 for the client, 10.88.2.2 for the server) and none elsewhere. The other
 * columns were compared with the filters' own functions, compiled, on these lines and on a million random variants of them.
 */
class FilterReadingTest {
    private static final Address CLIENT = Address.parse("10.88.1.2");
    private static final Address SERVER = Address.parse("10.88.2.2");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "PORT 10,88,1,2,19,136\\r\\n;10.88.1.2:5000;10.88.1.2:5000;10.88.1.2:5000;5000",
                "PORT 10,88,1,2,0,80\\r\\n;10.88.1.2:80;10.88.1.2:80;10.88.1.2:80;80",
                "PORT 10,88,1,2,0,0\\r\\n;-;10.88.1.2:0;10.88.1.2:0;0",
                "PORT 10,88,1,2,0,5000\\r\\n;-;10.88.1.2:5000;10.88.1.2:136;-",
                "PORT 10,0,0,9,19,136\\r\\n;10.0.0.9:5000;10.0.0.9:5000;10.0.0.9:5000;5000",
                "EPRT |1|10.0.0.9|5000|\\r\\n;10.0.0.9:5000;10.0.0.9:5000;10.0.0.9:5000;5000",
                "PORT 0,0,0,173539586,19,136\\r\\n;-;10.88.1.2:5000;0.0.0.2:5000;-",
                "PORT 10,88,1,258,19,136\\r\\n;-;10.88.1.2:5000;10.88.1.2:5000;-",
                "PORT 10,88,0,258,19,136\\r\\n;-;10.88.1.2:5000;10.88.0.2:5000;-",
                "PORT 266,88,1,2,19,136\\r\\n;-;10.88.1.2:5000;10.88.1.2:5000;-",
                "PORT 10,88,1,2,,136\\r\\n;-;10.88.1.2:136;-;-",
                "PORT 10,88,1,2,19,\\r\\n;-;10.88.1.2:4864;-;-",
                "PORT 010,088,001,002,019,136\\r\\n;-;10.88.1.2:5000;10.88.1.2:5000;5000",
                "PORT 10,88,1,2,19,136,7\\r\\n;-;-;10.88.1.2:5000;5000",
                "PORTX 10,88,1,2,19,136\\r\\n;-;10.88.1.2:5000;-;-",
                "PORT  10,88,1,2,19,136\\r\\n;-;-;10.88.1.2:5000;5000",
                "PORT 10,88,1,2,19,136 \\r\\n;-;-;10.88.1.2:5000;-",
                "PORT 10,88,1,2,19,136\\n;-;-;10.88.1.2:5000;5000",
                "port 10,88,1,2,19,136\\r\\n;10.88.1.2:5000;10.88.1.2:5000;10.88.1.2:5000;5000",
                "PORT\\t10,88,1,2,19,136\\r\\n;-;-;-;-",
                " PORT 10,88,1,2,19,136\\r\\n;-;-;-;-",
                "PORT 10,88,1,2,19\\r\\n;-;-;-;-",
                "PORT 10,88,1,2,4294967315,136\\r\\n;-;10.88.1.2:5000;10.88.1.2:5000;5000",
                "PO\\xff\\xf1RT 10,88,1,2,19,136\\r\\n;-;-;-;-",
                "LPRT 4,4,10,88,1,2,2,19,136\\r\\n;10.88.1.2:5000;-;-;-",
                "EPRT |1|10.88.1.2|5000|\\r\\n;10.88.1.2:5000;10.88.1.2:5000;10.88.1.2:5000;5000",
                "EPRT |1|10.88.1.2|05000|\\r\\n;-;10.88.1.2:5000;10.88.1.2:5000;5000",
                "EPRT |1|10.88.01.2|5000|\\r\\n;-;10.88.1.2:5000;10.88.1.2:5000;5000",
                "EPRT |1|10.88.1.258|5000|\\r\\n;-;10.88.1.2:5000;10.88.1.2:5000;-",
                "EPRT |1|10.88.1.2|5000| x\\r\\n;-;10.88.1.2:5000;10.88.1.2:5000;-",
                "EPRT |1|10.88.1.2|5000\\r\\n;-;-;-;5000",
                "EPRT |2|10.88.1.2|5000|\\r\\n;-;-;-;-",
                "EPRT ||10.88.1.2|5000|\\r\\n;-;-;-;-",
                "EPRT !1!10.88.1.2!5000!\\r\\n;10.88.1.2:5000;10.88.1.2:5000;10.88.1.2:5000;-",
                "EPRT |1|10.88.1.2|70536|\\r\\n;-;10.88.1.2:5000;10.88.1.2:5000;-",
                "EPRT  |1|10.88.1.2|5000|\\r\\n;-;-;10.88.1.2:5000;5000",
                "EPRTX |1|10.88.1.2|5000|\\r\\n;-;10.88.1.2:5000;-;-",
            })
    void ofCommands(String written, String strict, String linux, String libalias, String port) {
        check(written, Direction.TO_SERVER, CLIENT, strict, linux, libalias, port);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "227 Entering Passive Mode (10,88,2,2,19,136)\\r\\n;10.88.2.2:5000;10.88.2.2:5000;10.88.2.2:5000;5000",
                "227 Entering Passive Mode (10,88,2,2,19,136).\\r\\n;10.88.2.2:5000;10.88.2.2:5000;10.88.2.2:5000;5000",
                "227 Entering passive mode. 10,88,2,2,19,136\\r\\n;-;10.88.2.2:5000;-;-",
                "227 =10,88,2,2,19,136\\r\\n;-;10.88.2.2:5000;-;-",
                "227 10,88,2,2,19,136\\r\\n;-;10.88.2.2:5000;-;-",
                "227 Entering Passive Mode (10,88,2,2,19,136,7)\\r\\n;-;-;10.88.2.2:5000;5000",
                "227 v1.2 (10,88,2,2,19,136)\\r\\n;10.88.2.2:5000;-;10.88.2.2:5000;5000",
                "227-Entering Passive Mode (10,88,2,2,19,136)\\r\\n;10.88.2.2:5000;-;-;-",
                "227 Entering Passive Mode (10,88,1,258,19,136)\\r\\n;-;10.88.1.2:5000;10.88.1.2:5000;-",
                "227 Entering Passive Mode (0,0,0,0,19,136)\\r\\n;0.0.0.0:5000;0.0.0.0:5000;0.0.0.0:5000;5000",
                "227 Entering Passive Mode (10,88,2,2,,136)\\r\\n;-;10.88.2.2:136;-;-",
                "227 Entering Passive Mode (10,88,2,2,19,136\\r\\n;-;10.88.2.2:5000;-;5000",
                "227 Entering Passive Mode\\r\\n;-;-;-;-",
                "227 Entering Passive Mode (10,88,2,2,19,136)\\n;-;10.88.2.2:5000;10.88.2.2:5000;5000",
                "228 Long (4,4,10,88,2,2,2,19,136)\\r\\n;10.88.2.2:5000;-;-;-",
                "229 Entering Extended Passive Mode (|||5000|)\\r\\n;10.88.2.2:5000;10.88.2.2:5000;10.88.2.2:5000;5000",
                "229 Entering Extended Passive Mode (|||5000|).\\r\\n;10.88.2.2:5000;10.88.2.2:5000;10.88.2.2:5000;5000",
                "229 (!!!5000!)\\r\\n;10.88.2.2:5000;10.88.2.2:5000;10.88.2.2:5000;-",
                "229 (|1|10.88.2.2|5000|)\\r\\n;-;-;-;-",
                "229 |||5000|\\r\\n;-;-;-;-",
                "229 (|||5000)\\r\\n;-;-;-;5000",
                "229 (|||70536|)\\r\\n;-;10.88.2.2:5000;10.88.2.2:5000;-",
                "229 (|||05000|)\\r\\n;-;10.88.2.2:5000;10.88.2.2:5000;5000",
                "229 (|||5000|\\r\\n;-;10.88.2.2:5000;-;5000",
            })
    void ofReplies(String written, String strict, String linux, String libalias, String port) {
        check(written, Direction.TO_CLIENT, SERVER, strict, linux, libalias, port);
    }

    private static void check(
            String written,
            Direction direction,
            Address announcer,
            String strict,
            String linux,
            String libalias,
            String port) {
        byte[] line = bytes(written);
        String proxied = port.equals("-") ? port : announcer + ":" + port;
        assertEquals(strict, strictly(line, direction, announcer), "strict");
        assertEquals(linux, filter("linux", line, direction, announcer), "linux");
        assertEquals(libalias, filter("libalias", line, direction, announcer), "libalias");
        assertEquals(proxied, filter("ftp-proxy", line, direction, announcer), "ftp-proxy");
    }

    private static byte[] bytes(String written) {
        String text = written.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\xff", "\u00ff")
                .replace("\\xf1", "\u00f1");
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String filter(String name, byte[] line, Direction direction, Address announcer) {
        FilterReading reading = FilterReading.of(name, line, direction, announcer);
        return reading.isEndpoint() ? reading.address() + ":" + reading.port() : "-";
    }

    /** The endpoint as Sandbar states it, where its line is in the RFC's form. */
    private static String strictly(byte[] bytes, Direction direction, Address announcer) {
        LineReader line = new LineReader(4_096);
        line.read(bytes, 0, bytes.length, 0);
        Endpoint endpoint;
        if (direction == Direction.TO_SERVER) {
            endpoint = CommandLine.of(line).endpoint();
        } else {
            int code = Exchanges.code(line.bytes(), line.from(), line.to());
            endpoint = Endpoint.ofReply(code, line.bytes(), line.from() + 3, line.to())
                    .with(line.ending());
        }
        if (!endpoint.isReadable() || !endpoint.isCanonical()) {
            return "-";
        }
        return (endpoint.address() == null ? announcer : endpoint.address()) + ":" + endpoint.port();
    }

    /** Those in which what opens a hole, or does not, is the text of one line, and not how segments were cut or ordered. */
    private static final Set<String> ABOUT_SEGMENTS = Set.of(
            "ftp-port-split",
            "ftp-port-first-segment",
            "ftp-port-two-lines-one-segment",
            "ftp-port-two-lines-two-segments",
            "ftp-reply-echo-boundary",
            "ftp-pasv-multiline-split");

    @TestFactory
    Stream<DynamicTest> asTheKernelDid() throws IOException {
        Path lab = Path.of(System.getProperty("sandbar.root"), "../shared/lab/kernel");
        assumeTrue(Files.isDirectory(lab));
        try (Stream<Path> files = Files.list(lab)) {
            List<Path> conversations = files.filter(file -> file.toString().matches(".*/ftp-[^/]*\\.json"))
                    .sorted()
                    .toList();
            return conversations.stream()
                    .filter(file -> !ABOUT_SEGMENTS.contains(name(file)))
                    .map(file -> DynamicTest.dynamicTest(name(file), () -> asTheKernelDid(file)));
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    private static void asTheKernelDid(Path file) throws IOException {
        JsonNode conversation = new ObjectMapper().readTree(file.toFile());
        String opened = "-";
        for (JsonNode turn : conversation.get("scenario").get("talk")) {
            boolean client = turn.get(0).asText().equals("c");
            byte[] line = turn.get(1).asText().getBytes(StandardCharsets.ISO_8859_1);
            Address announcer = client ? CLIENT : SERVER;
            String read = filter("linux", line, client ? Direction.TO_SERVER : Direction.TO_CLIENT, announcer);
            opened = read.startsWith(announcer + ":") ? read : opened;
        }
        JsonNode hole = conversation.get("holes").get(0);
        assertEquals(
                hole == null
                        ? "-"
                        : hole.get("to_ip").asText() + ":" + hole.get("to_port").asText(),
                opened);
    }
}
