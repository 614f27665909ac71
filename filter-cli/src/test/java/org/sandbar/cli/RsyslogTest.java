package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real rsyslog writes is what was sent to it. */
@Timeout(180)
class RsyslogTest {
    private static final String HEAD =
            "\\d+ 1 20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(Z|\\+00:00) sandbar [a-z_]+ \\[meta sequenceId=\"\\d+\"\\]";

    @TempDir
    private Path folder;

    private Twice twice;
    private Rsyslog rsyslog;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        rsyslog = new Rsyslog(Files.createDirectory(folder.resolve("rsyslog")));
        rsyslog.start();
        twice = new Twice(folder);
    }

    @AfterEach
    void stop() {
        rsyslog.close();
    }

    @Test
    void tcpWithCountedOctetsAndWithLineFeeds() throws Exception {
        for (String framing : List.of("octet", "lf")) {
            Run run = twice.replay(
                    "eve:syslog+tcp://127.0.0.1:" + rsyslog.port + "?facility=local3&framing=" + framing, 1);
            assertEquals(ExitCode.DONE, run.code(), run.messages());
            assertTrue(run.messages().contains("0 dropped, 0 waiting"), run.messages());
            assertArrived();
            List<String> heads = rsyslog.heads();
            heads.forEach(head -> assertTrue(head.matches(HEAD), head));
            // A high alert is an error, and an event informational: 19 * 8 + 3 and + 6.
            assertTrue(heads.stream().anyMatch(head -> head.startsWith("155 ") && head.contains(" alert ")));
            assertTrue(heads.stream().anyMatch(head -> head.startsWith("158 ") && head.contains(" flow ")));
            forget();
        }
    }

    @Test
    void tlsWithAChainOrAFingerprintAndAnOwnCertificate() throws Exception {
        String tls = "eve:syslog+tls://localhost:" + rsyslog.tlsPort + '?';
        assertEquals(
                ExitCode.DONE,
                twice.replay(tls + rsyslog.certificates("client"), 1).code());
        assertArrived();
        forget();
        assertEquals(
                ExitCode.DONE,
                twice.replay(tls + rsyslog.certificates("client") + "&receipts=no", 1)
                        .code());
        assertArrived();
        forget();
        String alone = rsyslog.certificates("client").replaceFirst("ca=[^&]*", "fingerprint=" + fingerprint("server"));
        assertEquals(ExitCode.DONE, twice.replay(tls + alone, 1).code());
        assertArrived();
    }

    @Test
    void tlsRefusesWhoIsNotWhoItShallBe() throws Exception {
        String tls = "eve:syslog+tls://localhost:" + rsyslog.tlsPort + '?' + rsyslog.certificates("client");
        assertRefused(tls + "&name=other.test", "matching other.test found");
        assertRefused(tls.replace("/ca.pem", "/other.pem"), "unable to find valid certification path");
        assertRefused(tls + "&fingerprint=" + fingerprint("other"), "has the fingerprint sha-256:");
        assertTrue(rsyslog.lines().isEmpty());
    }

    @Test
    void udp() throws Exception {
        Run run = twice.replay("eve:syslog+udp://127.0.0.1:" + rsyslog.port + "?events=alert", 1);
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        List<String> alerts = twice.expected().stream()
                .filter(line -> line.contains("\"event_type\":\"alert\""))
                .toList();
        Twice.await(() -> rsyslog.lines().size() >= alerts.size());
        Twice.assertSame(alerts, rsyslog.lines());
        Run cut = twice.replay("eve:syslog+udp://127.0.0.1:" + rsyslog.port + "?events=alert&max-bytes=1500", 1);
        assertEquals(ExitCode.FAILED, cut.code());
        assertTrue(cut.messages().contains("longer than it carries"), cut.messages());
    }

    /** It is stopped as a service is, in the middle of a replay, and comes back: all is there once, in order. */
    @Test
    void everyEventArrivesOnceOverAStop() throws Exception {
        try (Program program = twice.start("eve:syslog+tcp://127.0.0.1:" + rsyslog.port, 30)) {
            Twice.await(() -> rsyslog.lines().size() > 2_000);
            rsyslog.stop();
            int before = rsyslog.lines().size();
            program.awaitMessage("events wait for it");
            Thread.sleep(2_000);
            assertEquals(before, rsyslog.lines().size());
            rsyslog.start();
            program.awaitMessage("takes events again");
            program.process().waitFor(100, TimeUnit.SECONDS);
            assertEquals(ExitCode.DONE, program.code(), program.messages());
        }
        assertArrived();
    }

    /** A run that ends while it is down leaves what waits to the next one. */
    @Test
    void whatWaitsIsKeptForTheNextRun() throws Exception {
        rsyslog.stop();
        String output = "eve:syslog+tcp://127.0.0.1:" + rsyslog.port;
        Run first = twice.replay(output, 1, "--set", "limits.sink-patience-seconds=1");
        assertEquals(ExitCode.FAILED, first.code(), first.messages());
        assertTrue(first.messages().contains("the next run with this output sends them"), first.messages());
        List<String> expected = new ArrayList<>(twice.expected());
        rsyslog.start();
        Run second = twice.replay(output, 1);
        assertEquals(ExitCode.DONE, second.code(), second.messages());
        assertTrue(second.messages().contains("of an earlier run wait and go first"), second.messages());
        expected.addAll(twice.expected());
        Twice.await(() -> Twice.events(rsyslog.lines()).size() >= expected.size());
        Twice.assertSame(expected, Twice.events(rsyslog.lines()));
    }

    private void assertRefused(String output, String why) {
        Run run = twice.replay(output, 1, "--set", "limits.sink-patience-seconds=1");
        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.messages().contains(why), run.messages());
    }

    private void assertArrived() throws Exception {
        List<String> expected = twice.expected();
        Twice.await(() -> Twice.events(rsyslog.lines()).size() >= expected.size());
        Twice.assertSame(expected, Twice.events(rsyslog.lines()));
    }

    private void forget() throws Exception {
        rsyslog.stop();
        Files.delete(rsyslog.file("lines"));
        Files.delete(rsyslog.file("heads"));
        rsyslog.start();
    }

    private String fingerprint(String name) throws Exception {
        try (var in = Files.newInputStream(rsyslog.file(name + ".pem"))) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return "sha-256:" + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        }
    }
}
