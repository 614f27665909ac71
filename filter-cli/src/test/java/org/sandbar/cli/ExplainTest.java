package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {
    @Test
    void explainsARule() {
        String text = Run.of("rules", "explain", "ftp-bounce").text();
        for (String part : List.of(
                "ftp-bounce, sid 4502001, rev ",
                "level high, action alert",
                "rules/ftp-bounce.yaml:1\n",
                "Fires on an event of the kind ftp where\n  all of these:\n",
                "    ftp.command begins with 'PORT', 'EPRT' or 'LPRT'\n    ftp.third_party is true\n",
                "  ftp.fxp_allowed is not true\n",
                "Counted by ftp-port-scan.",
                "the announced address is not the announcer's own",
                "Server-to-server transfer (FXP)",
                "attack.t1090  https://attack.mitre.org/techniques/T1090/\n",
                "capec.300  https://capec.mitre.org/data/definitions/300.html\n",
                "cwe.441  https://cwe.mitre.org/data/definitions/441.html\n",
                "https://www.rfc-editor.org/rfc/rfc2577\n",
                "samples-pcap/ftp/bounce/input.pcap\n",
                "samples-pcap/ftp/active-lftp/input.pcap\n")) {
            assertTrue(text.contains(part), part + "\nis not in\n" + text);
        }
        assertEquals(text, Run.of("rules", "explain", "4502001").text());
    }

    @Test
    void explainsEveryRule() {
        for (JsonNode rule : Run.of("rules", "list", "--format", "json").events()) {
            Run run = Run.of("rules", "explain", rule.get("name").asText());
            assertEquals(ExitCode.DONE, run.code(), run.messages());
            assertTrue(run.text().contains("\nFires"), run.text());
            assertTrue(run.text().contains("\nMatches these samples\n"), run.text());
        }
    }

    @Test
    void lists() {
        Run run = Run.of("rules", "list", "--level", "high", "--tag", "attack.t1046,cwe.444");
        assertTrue(run.lines().get(0).matches("SID +NAME +LEVEL +ACTION +MATCHES +IGNORES +TAGS"), run.text());
        assertTrue(run.lines().get(1).matches("4502001 +ftp-bounce +high +alert +2 +2 +attack\\..*"), run.text());
        assertTrue(run.text().contains("http-host-repeated"), run.text());
        assertTrue(!run.text().contains(" medium "), run.text());
        assertTrue(!run.text().contains("plugin-"), run.text());
        int all = Run.of("rules", "list", "--format", "json").events().size();
        assertEquals(all + 1, Run.of("rules", "list").lines().size());
        Run own = Run.of("rules", "list", Run.ROOT.resolve("rules/ftp-bounce.yaml"));
        assertEquals(2, own.lines().size());
    }
}
