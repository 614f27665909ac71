package org.sandbar.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.engine.BuiltIn;
import org.sandbar.event.Signal;
import org.sandbar.yaml.Fault;

class TrustTableTest {
    private static final Path SHIPPED = Path.of(System.getProperty("sandbar.root"), "rules", "trust.yaml");
    private static final String CHROMIUM = "8daaf6152771_cb7bf5808d99";

    @TempDir
    private Path folder;

    private final List<Fault> faults = new ArrayList<>();

    private TrustTable read(String from, String to) throws IOException {
        String text = Files.readString(SHIPPED);
        assertTrue(text.contains(from), from);
        List<String> known = Stream.concat(BuiltIn.signals().stream(), Trust.signals().stream())
                .map(Signal::name)
                .toList();
        return TrustTable.read(Files.writeString(folder.resolve("trust.yaml"), text.replace(from, to)), known, faults);
    }

    @Test
    void aProgramIsKnownByItsFingerprint() throws IOException {
        TrustTable table = read("", "");
        assertNotNull(table, faults.toString());
        assertEquals("chromium", table.fingerprint("t13d1517h2_" + CHROMIUM).program());
        assertEquals(
                "tls-browser",
                table.fingerprint("t13i1516h1_" + CHROMIUM).signal().signal());
        assertNull(table.fingerprint("t13d1517h2_8daaf6152771_000000000000"));
        assertNull(table.fingerprint(""));
    }

    @Test
    void allOfAFingerprintGoesBeforeAPartOfIt() throws IOException {
        TrustTable table = read(
                "fingerprints:\n",
                "fingerprints:\n  - {ja4: t13d1517h2_" + CHROMIUM + ", program: mine, signal: tls-desktop}\n");
        assertEquals("mine", table.fingerprint("t13d1517h2_" + CHROMIUM).program());
        assertEquals("chromium", table.fingerprint("t13i1516h2_" + CHROMIUM).program());
    }

    @Test
    void anExecutableIsKnownByItsNameOrItsWholePath() throws IOException {
        TrustTable table = read("", "");
        assertEquals("process-browser", table.signalOf("/opt/firefox/firefox"));
        assertEquals("process-program", table.signalOf("/usr/lib/apt/methods/http"));
        assertNull(table.signalOf("/srv/http"));
        assertNull(table.signalOf("[firefox]"));
    }

    @Test
    void executablesNameASignal() throws IOException {
        assertNull(read("executables:\n  process-browser:", "executables:\n  process-browsr:"));
        assertTrue(
                Fault.text(faults).contains("no signal is called 'process-browsr': did you mean 'process-browser'?"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*_" + CHROMIUM + "|chromium|a JA4 is written as",
                "signal: tls-browser}  # 156|signal: tls-browsr}|no signal is called 'tls-browsr': did you mean 'tls-browser'?",
                "program: chromium|programme: chromium|programme",
            })
    void faultsAreNamed(String from, String to, String message) throws IOException {
        assertNull(read(from, to));
        assertTrue(Fault.text(faults).contains(message), Fault.text(faults));
    }
}
