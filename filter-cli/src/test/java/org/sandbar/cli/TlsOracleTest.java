package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The first messages of TLS as tshark reads them and as Sandbar does: name, protocols above, version, cipher, and JA4, which is made here
 * once more from the lists that tshark shows, for this tshark does not know JA4.
 */
class TlsOracleTest {
    private static final String CLIENT_HELLO = "1";
    private static final List<String> FIELDS = List.of(
            "tls.handshake.type",
            "tcp.srcport",
            "tcp.dstport",
            "tls.handshake.version",
            "tls.handshake.ciphersuite",
            "tls.handshake.extension.type",
            "tls.handshake.sig_hash_alg",
            "tls.handshake.sig_hash_alg_len",
            "tls.handshake.extensions.supported_version",
            "tls.handshake.extensions_alpn_str",
            "tls.handshake.extensions_server_name");
    private static final Map<String, String> VERSIONS =
            Map.of("0x0304", "13", "0x0303", "12", "0x0302", "11", "0x0301", "10", "0x0300", "s3");
    private static final Map<String, String> EVE_VERSIONS =
            Map.of("0x0304", "TLS 1.3", "0x0303", "TLS 1.2", "0x0302", "TLS 1.1", "0x0301", "TLSv1", "0x0300", "SSLv3");

    @BeforeAll
    static void needsTshark() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
    }

    /** By the client's port, what is said of the connection. */
    private static Map<String, String> ours(Path capture) {
        Run run = Run.of("replay", capture);
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        assertFalse(run.isDefective(), run.messages());
        Map<String, String> told = new TreeMap<>();
        for (JsonNode event : run.events("tls")) {
            JsonNode tls = event.get("tls");
            List<String> alpns = new ArrayList<>();
            tls.path("client_alpns").forEach(alpn -> alpns.add(alpn.asText()));
            String client = tls.path("ja4").asText() + " '" + tls.path("sni").asText() + "' " + alpns;
            JsonNode server = tls.path("server_handshake");
            String chosen = server.isMissingNode()
                    ? "null"
                    : tls.path("version").asText() + ' ' + server.path("cipher").asInt();
            told.put(event.get("src_port").asText(), client + " | " + chosen);
        }
        return told;
    }

    private static Map<String, String> theirs(Path capture) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", capture.toString(), "-T", "fields"));
        // Else a data connection of FTP is nothing but data, and TLS is where its usual ports are.
        command.addAll(List.of("--disable-protocol", "ftp-data", "--enable-heuristic", "tls_tcp"));
        command.addAll(List.of("-Y", "tls.handshake.type in {1, 2}", "-E", "aggregator=|"));
        FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
        Process tshark = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, String> clients = new TreeMap<>();
        Map<String, String> servers = new TreeMap<>();
        for (String line : new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            List<List<String>> cells = Stream.of(line.split("\t", -1))
                    .map(cell -> cell.isEmpty() ? List.<String>of() : List.of(cell.split("\\|")))
                    .toList();
            if (cells.size() < FIELDS.size()) {
                continue;
            }
            if (cells.get(0).get(0).equals(CLIENT_HELLO)) {
                String name = String.join("", cells.get(10));
                clients.putIfAbsent(cells.get(1).get(0), ja4(cells) + " '" + name + "' " + cells.get(9));
            } else {
                List<String> versions = cells.get(8).isEmpty() ? cells.get(3) : cells.get(8);
                int cipher = Integer.decode(cells.get(4).get(0));
                servers.putIfAbsent(cells.get(2).get(0), EVE_VERSIONS.get(versions.get(0)) + ' ' + cipher);
            }
        }
        clients.replaceAll((port, client) -> client + " | " + servers.get(port));
        return clients;
    }

    private static String ja4(List<List<String>> cells) {
        List<String> ciphers = numbers(cells.get(4));
        List<String> extensions = new ArrayList<>();
        for (String type : cells.get(5)) {
            extensions.add("0x" + HexFormat.of().toHexDigits((short) Integer.parseInt(type)));
        }
        List<String> signatures = numbers(signatures(extensions, cells.get(6), cells.get(7)));
        extensions = numbers(extensions);
        List<String> versions = numbers(cells.get(8));
        String version = versions.isEmpty() ? cells.get(3).get(0) : "0x" + Collections.max(versions);
        String alpn = cells.get(9).isEmpty() ? "00" : cells.get(9).get(0);
        String head = "t" + VERSIONS.get(version) + (extensions.contains("0000") ? "d" : "i")
                + String.format("%02d%02d", ciphers.size(), extensions.size()) + alpn.charAt(0)
                + alpn.charAt(alpn.length() - 1);
        extensions.removeAll(List.of("0000", "0010"));
        String list = String.join(",", new TreeSet<>(extensions));
        return head
                + '_'
                + hash(ciphers.stream().sorted().collect(Collectors.joining(",")))
                + '_'
                + hash(list + (signatures.isEmpty() ? "" : "_" + String.join(",", signatures)));
    }

    /** Those of signature_algorithms: tshark shows those of other extensions in the same field, in the order of the extensions. */
    private static List<String> signatures(List<String> extensions, List<String> all, List<String> lengths) {
        int from = 0;
        int list = 0;
        for (String extension : extensions) {
            boolean own = extension.equals("0x000d");
            if (own || extension.equals("0x0022") || extension.equals("0x0032")) {
                int count = Integer.parseInt(lengths.get(list++)) / 2;
                if (own) {
                    return all.subList(from, from + count);
                }
                from += count;
            }
        }
        return List.of();
    }

    /** As four hexadecimal digits, without GREASE. */
    private static List<String> numbers(List<String> shown) {
        return shown.stream()
                .map(number -> number.substring(2))
                .filter(number -> !number.matches("([0-9a-f])a\\1a"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest).substring(0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void inTheSamples() throws IOException {
        assertTrue(agree(Run.SAMPLES) >= 18);
    }

    @Test
    void inTheCapturesOfOthers() throws IOException {
        assumeTrue(Files.isDirectory(Run.SHARED.resolve("captures")));
        agree(Run.SHARED.resolve("captures"));
    }

    /** How many connections were compared. The control connection of FTP stays FTP when it becomes encrypted. */
    private static int agree(Path folder) throws IOException {
        int compared = 0;
        List<Path> captures;
        try (Stream<Path> files = Files.walk(folder)) {
            captures = files.filter(path -> path.toString().endsWith(".pcap"))
                    .sorted()
                    .toList();
        }
        for (Path capture : captures) {
            byte[] bytes = Files.readAllBytes(capture);
            if (!new String(bytes, StandardCharsets.ISO_8859_1).contains("\u0016\u0003")) {
                continue;
            }
            Map<String, String> theirs = theirs(capture);
            Map<String, String> ours = ours(capture);
            theirs.keySet().removeAll(ofControlConnections(capture));
            assertEquals(theirs, ours, capture.toString());
            compared += ours.size();
        }
        return compared;
    }

    private static List<String> ofControlConnections(Path capture) {
        return Run.of("replay", capture).events("flow").stream()
                .filter(flow -> flow.path("app_proto").asText().equals("ftp"))
                .map(flow -> flow.get("src_port").asText())
                .toList();
    }
}
