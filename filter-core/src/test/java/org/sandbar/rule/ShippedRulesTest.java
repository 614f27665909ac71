package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.protocol.irc.IrcEvents;
import org.sandbar.protocol.websocket.WebSocketEvents;
import org.sandbar.verdict.Alert;
import org.sandbar.verdict.Verdicts;
import org.sandbar.wire.Address;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ShippedRulesTest {
    private static final Path FOLDER = Path.of(System.getProperty("sandbar.root"), "rules");
    private static final Path EXAMPLES = FOLDER.resolveSibling("docs/examples");
    private static final Path SCHEMAS = Path.of(System.getProperty("sandbar.root"), "..", "shared", "schemas", "sigma");

    private static final String PROMISED = """
            ftp-bounce ftp-passive-third-host ftp-privileged-port ftp-service-port ftp-noncanonical-endpoint ftp-unsolicited-passive
            ftp-port-before-login ftp-port-scan ftp-data-hijack ftp-telnet-evasion ftp-cleartext-credentials ftp-injected-command
            http-host-address-mismatch http-host-private http-host-missing http-host-repeated http-host-authority-mismatch
            http-forbidden-header http-length-ambiguous http-on-helper-port http-alg-token dns-rebinding websocket-unmasked
            plugin-foreign-protocol plugin-no-policy plugin-policy-too-open plugin-outside-range plugin-encrypted
            pinhole-illegitimate pinhole-used slipstream-sip slipstream-h323 slipstream-turn irc-dcc-pinhole""";

    /** Use of a port, of encryption or of a relay that is no weakness of anybody's, and so no attack pattern either. */
    private static final Set<String> WITHOUT_CWE = Set.of("plugin-encrypted", "plugin-no-policy", "plugin-redirector");

    /** Likewise; and what CAPEC has no pattern for: who connects first, and policies that are not kept or are too wide. */
    private static final Set<String> WITHOUT_CAPEC = Set.of(
            "plugin-encrypted",
            "plugin-no-policy",
            "plugin-redirector",
            "ftp-data-hijack",
            "plugin-outside-range",
            "plugin-policy-too-open");

    private final RuleSet rules = Kinds.shipped();

    private Set<String> firing(Event event) {
        Set<String> names = new HashSet<>();
        for (Rule rule : rules.rulesFor(event.kind())) {
            if (rule.matches(event)) {
                names.add(rule.name());
            }
        }
        return names;
    }

    private Set<String> ftp(Object... facts) {
        return firing(Kinds.event(Kinds.FTP, facts));
    }

    private Set<String> ftpData(Object... facts) {
        return firing(Kinds.event(Kinds.FTP_DATA, facts));
    }

    private Set<String> http(Object... facts) {
        return firing(Kinds.event(Kinds.HTTP, facts));
    }

    private Set<String> flow(Object... facts) {
        return firing(Kinds.event(FlowEvents.FLOW, facts));
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.yaml")) {
            for (Path entry : entries) {
                if (!entry.endsWith("trust.yaml")) {
                    files.add(entry);
                }
            }
        }
        return files;
    }

    @Test
    void eachIsNamedByItsFileAndSaysWhatItMeans() throws IOException {
        Set<String> slugs = new HashSet<>();
        for (Path file : files(FOLDER)) {
            slugs.add(file.getFileName().toString().replace(".yaml", ""));
        }
        for (Rule rule : rules.rules()) {
            assertTrue(slugs.remove(rule.name()), rule.name());
            assertTrue(rule.sid() / 1_000 == 4_502, rule.name());
            assertFalse(rule.description().isEmpty(), rule.name());
            assertFalse(rule.references().isEmpty(), rule.name());
            assertFalse(rule.falsepositives().isEmpty(), rule.name());
            assertTrue(has(rule, "attack.t"), rule.name());
            assertEquals(!WITHOUT_CAPEC.contains(rule.name()), has(rule, "capec."), rule.name());
            assertEquals(!WITHOUT_CWE.contains(rule.name()), has(rule, "cwe."), rule.name());
        }
        assertEquals(Set.of(), slugs);
    }

    private static boolean has(Rule rule, String tag) {
        return rule.tags().stream().anyMatch(other -> other.startsWith(tag));
    }

    /** The slugs that users may rely on. */
    @Test
    void thoseThatWerePromisedAreThere() {
        for (String slug : PROMISED.split("\\s+")) {
            assertTrue(rules.rules().stream().anyMatch(rule -> rule.name().equals(slug)), slug);
        }
    }

    /** Nothing is wrong with them, not even as much as would be worth a warning, and each has samples. */
    @Test
    void nothingIsDoubtful() {
        RuleBook book = RuleBook.read(List.of(FOLDER, EXAMPLES), Kinds.ALL, Limits.USUAL, Tuning.NONE);
        assertEquals(List.of(), book.faults());
        for (Rule rule : book.rules().rules()) {
            assertFalse(book.samples(rule).matches().isEmpty(), rule.name());
            assertFalse(book.samples(rule).ignores().isEmpty(), rule.name());
        }
    }

    @Test
    void eachIsValidSigma() throws IOException {
        List<Path> files = files(FOLDER);
        files.addAll(files(EXAMPLES));
        for (Path file : files) {
            String text = Files.readString(file);
            boolean correlates = text.contains("\ncorrelation:");
            assertValid(correlates ? "sigma-correlation-rules.schema.json" : "sigma-detection-rule.schema.json", text);
        }
    }

    /** Apart from the one key of Sandbar's own, by that schema of Sigma's, where it is there. */
    static void assertValid(String schema, String text) throws IOException {
        assumeTrue(Files.exists(SCHEMAS));
        Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        document.remove("sandbar");
        assertEquals(
                List.of(),
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(SCHEMAS.resolve(schema)))
                        .validate(new ObjectMapper().writeValueAsString(document), InputFormat.JSON),
                text);
    }

    @Test
    void techniquesAreThoseOfAttack() throws IOException {
        Path table = SCHEMAS.resolve("../attack-enterprise-18.1.csv").normalize();
        assumeTrue(Files.exists(table));
        Set<String> known = new HashSet<>();
        for (String line : Files.readAllLines(table)) {
            if (line.startsWith("T")) {
                String id = line.substring(0, line.indexOf(',')).toLowerCase();
                known.add(line.endsWith(",") ? "attack." + id : "-attack." + id);
            }
        }
        Set<String> shipped = new HashSet<>(Tags.attack());
        assertTrue(shipped.containsAll(known));
        shipped.removeAll(known);
        assertEquals(14, shipped.size(), "tactics: " + shipped);
    }

    @Test
    void ftpClient() {
        for (String command : List.of("PORT", "EPRT", "LPRT")) {
            assertEquals(Set.of("ftp-bounce"), ftp("ftp.command", command, "ftp.third_party", true));
            assertEquals(
                    Set.of("ftp-bounce"),
                    ftp("ftp.command", command, "ftp.third_party", true, "ftp.accepted", false, "ftp.logged_in", true));
            assertEquals(Set.of("ftp-port-before-login"), ftp("ftp.command", command, "ftp.logged_in", false));
            assertEquals(Set.of("ftp-privileged-port"), ftp("ftp.command", command, "ftp.privileged", true));
            assertEquals(
                    Set.of(),
                    ftp(
                            "ftp.command",
                            command,
                            "ftp.third_party",
                            false,
                            "ftp.privileged",
                            false,
                            "ftp.logged_in",
                            true));
            assertEquals(Set.of(), ftp("ftp.command", command));
        }
        assertEquals(Set.of(), ftp("ftp.command", "USER", "ftp.logged_in", false));
    }

    /** Ten different endpoints, by address and port, of one client within five minutes. */
    @Test
    void ftpPortScan() {
        Verdicts verdicts = new Verdicts(rules, Limits.USUAL);
        Conversation flow = Kinds.conversation("198.51.100.21");
        List<String> fired = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Event event = Kinds.set(
                    Event.at(Kinds.FTP, flow, i + 1, i * 1_000_000_000L),
                    "ftp.command",
                    "PORT",
                    "ftp.third_party",
                    true,
                    "ftp.endpoint.ip",
                    Address.parse("203.0.113." + i % 2),
                    "ftp.endpoint.port",
                    8_000 + i / 4);
            for (Alert alert : verdicts.judge(event)) {
                fired.add(i + " " + alert.rule().name());
            }
        }
        assertEquals(41, fired.size());
        // Two of four are new: 0, 1, 4, 5, … 16, 17.
        assertEquals(17 + 1, fired.indexOf("17 ftp-port-scan"));
    }

    @Test
    void ftpServer() {
        Object[] third = {"ftp.command", "PASV", "ftp.mode", "passive", "ftp.third_party", true};
        Object[] inside = {
            "ftp.command", "PASV", "ftp.mode", "passive", "ftp.third_party", true, "ftp.endpoint.private", true
        };
        assertEquals(Set.of("ftp-passive-third-host"), ftp(third));
        assertEquals(Set.of(), ftp(inside));
        assertEquals(Set.of("ftp-passive-third-host"), firing(Kinds.event("10.0.0.21", Kinds.FTP, inside)));
        assertEquals(Set.of("ftp-passive-third-host"), firing(Kinds.event("10.0.0.21", Kinds.FTP, third)));
        assertEquals(Set.of(), ftp("ftp.command", "PASV", "ftp.mode", "passive", "ftp.third_party", false));
        assertEquals(Set.of("ftp-privileged-port"), ftp("ftp.mode", "passive", "ftp.privileged", true));
        assertEquals(Set.of(), ftp("ftp.privileged", true));
        Object[] cluster = {"ftp.mode", "passive", "ftp.third_party", true, "ftp.endpoint.neighbour", true};
        assertEquals(Set.of(), ftp(cluster));
        assertEquals(Set.of(), ftp("ftp.mode", "passive", "ftp.third_party", true, "ftp.fxp_allowed", true));
        assertEquals(Set.of("ftp-unsolicited-passive"), ftp("ftp.mode", "passive", "ftp.solicited", false));
        assertEquals(Set.of(), ftp("ftp.mode", "passive", "ftp.solicited", true));
        assertEquals(Set.of("ftp-injected-command"), ftp("ftp.injected", "227 (192,168,1,5,19,136)"));
    }

    @Test
    void ftpWording() {
        assertEquals(
                Set.of("ftp-noncanonical-endpoint"),
                ftp("ftp.canonical", false, "ftp.canonical_reason", "number-too-large"));
        assertEquals(Set.of(), ftp("ftp.canonical", false, "ftp.canonical_reason", "no-parentheses"));
        assertEquals(Set.of(), ftp("ftp.canonical", true));
        assertEquals(Set.of("ftp-bounce"), ftp("ftp.command", "PORTX", "ftp.third_party", true));
        assertEquals(Set.of(), ftp("ftp.command", "PORT", "ftp.third_party", true, "ftp.fxp_allowed", true));
        assertEquals(Set.of("ftp-telnet-evasion"), ftp("ftp.syntax", List.of("lower-case", "telnet-in-word")));
        assertEquals(Set.of(), ftp("ftp.syntax", List.of("telnet", "leading-blank")));
        assertEquals(Set.of("ftp-service-port"), ftp("ftp.endpoint.service", "mysql", "ftp.privileged", false));
        assertEquals(Set.of("ftp-cleartext-credentials"), ftp("ftp.command", "PASS", "ftp.anonymous", false));
        assertEquals(Set.of("ftp-cleartext-credentials"), ftp("ftp.command", "PASS"));
        assertEquals(Set.of(), ftp("ftp.command", "PASS", "ftp.anonymous", true));
    }

    @Test
    void webSocket() {
        EventKind kind = WebSocketEvents.WEBSOCKET;
        assertEquals(Set.of("websocket-unmasked"), firing(Kinds.event(kind, "websocket.unmasked", true)));
        assertEquals(Set.of("websocket-unmasked"), firing(Kinds.event(kind, "websocket.zero_mask", true)));
        assertEquals(Set.of(), firing(Kinds.event(kind, "websocket.faults", List.of("server-masked"))));
    }

    @Test
    void irc() {
        EventKind kind = IrcEvents.IRC;
        Object[] lawful = {
            "irc.dcc",
            "SEND",
            "irc.sender",
            "client",
            "irc.command",
            "PRIVMSG",
            "irc.registered",
            true,
            "irc.third_party",
            false,
            "irc.privileged",
            false
        };
        assertEquals(Set.of(), firing(Kinds.event(kind, lawful)));
        Set<String> rule = Set.of("irc-dcc-offer");
        assertEquals(rule, firing(Kinds.set(Kinds.event(kind, lawful), "irc.command", "PONG")));
        assertEquals(rule, firing(Kinds.set(Kinds.event(kind, lawful), "irc.registered", false)));
        assertEquals(rule, firing(Kinds.set(Kinds.event(kind, lawful), "irc.third_party", true)));
        assertEquals(rule, firing(Kinds.set(Kinds.event(kind, lawful), "irc.privileged", true)));
        assertEquals(rule, firing(Kinds.event(kind, "irc.dcc", "SEND", "irc.sender", "server", "irc.command", "PING")));
        assertEquals(
                Set.of(),
                firing(Kinds.event(kind, "irc.dcc", "SEND", "irc.sender", "server", "irc.command", "PRIVMSG")));
        assertEquals(Set.of(), firing(Kinds.event(kind, "irc.registered", false, "irc.nick", "al")));
    }

    @Test
    void ftpData() {
        Object[] third = {"ftp.connected", true, "ftp.expected", false};
        assertEquals(Set.of("ftp-data-hijack"), ftpData(third));
        assertEquals(Set.of(), ftpData("ftp.connected", false, "ftp.expected", false));
        assertEquals(Set.of(), ftpData("ftp.connected", true, "ftp.expected", true));
        assertEquals(Set.of(), ftpData("ftp.connected", false));
    }

    @Test
    void host() {
        assertEquals(Set.of("http-host-missing"), http("http.host_missing", true));
        assertEquals(Set.of("http-host-repeated"), http("http.host_repeated", true));
        assertEquals(Set.of("http-on-helper-port"), http("http.helper_port", true));
        assertEquals(Set.of("http-host-private"), http("http.host_private", true, "http.destination_public", true));
        assertEquals(Set.of(), http("http.host_private", true, "http.destination_public", false));
        assertEquals(Set.of(), http("http.host_private", false, "http.destination_public", true));
        assertEquals(
                Set.of(),
                http("http.host_private", true, "http.destination_public", true, "http.explicit_proxy", true));
        assertEquals(
                Set.of(), http("http.host_missing", false, "http.host_repeated", false, "http.helper_port", false));
    }

    @Test
    void httpWording() {
        assertEquals(Set.of("http-host-authority-mismatch"), http("http.authority_mismatch", true));
        assertEquals(Set.of("http-length-ambiguous"), http("http.length_ambiguous", true));
        assertEquals(Set.of("http-alg-token"), http("http.alg_helper", "sip"));
        assertEquals(Set.of("http-host-address-mismatch"), http("http.host_mismatch", true));
        assertEquals(Set.of(), http("http.host_mismatch", true, "http.explicit_proxy", true));
        assertEquals(Set.of("dns-rebinding"), http("http.host_rebound", true));
        Object[] inside = {"http.host_single_label", true, "http.destination_public", true};
        assertEquals(Set.of("http-host-private"), http(inside));
        Object[] forbidden = {"http.forbidden_by", List.of("flash", "silverlight"), "trust.class", "sandboxed"};
        assertEquals(Set.of(), http(forbidden));
        Event told = Kinds.event(Kinds.HTTP, forbidden);
        assertEquals(Set.of("http-forbidden-header"), firing(told.set(Kinds.HTTP.field("trust.agent"), "flash")));
        assertEquals(Set.of(), firing(told.set(Kinds.HTTP.field("trust.class"), "unknown")));
        assertEquals(
                Set.of("http-forbidden-header"),
                http("http.forbidden_by", List.of("fetch"), "trust.class", "sandboxed", "trust.agent", "websocket"));
        assertEquals(Set.of("http-forbidden-header"), http("http.forbidden_method", true, "trust.class", "sandboxed"));
    }

    @Test
    void pluginPorts() {
        Object[] ended = {"flow.phase", "end", "plugin.port", true, "plugin.range", "silverlight"};
        assertEquals(Set.of("plugin-no-policy"), flow(ended));
        Event told = Kinds.event(FlowEvents.FLOW, ended);
        assertEquals(Set.of(), firing(told.set(FlowEvents.FLOW.field("plugin.policy_seen"), true)));
        assertEquals(Set.of("plugin-no-policy"), firing(told.set(FlowEvents.FLOW.field("plugin.policy_seen"), false)));
        assertEquals(Set.of(), flow("flow.phase", "end", "plugin.port", true, "plugin.range", "silverlight-policy"));
        assertEquals(Set.of(), flow("flow.phase", "begin", "plugin.port", true, "plugin.range", "silverlight"));
        assertEquals(
                Set.of("plugin-foreign-protocol"),
                flow("flow.phase", "recognised", "plugin.port", true, "app_proto", "ftp"));
        assertEquals(Set.of(), flow("flow.phase", "recognised", "plugin.port", true, "app_proto", "policy-file"));
        assertEquals(Set.of(), flow("flow.phase", "recognised", "plugin.port", false, "app_proto", "ftp"));
        Object[] tls = {"flow.phase", "recognised", "plugin.port", true, "plugin.encrypted", "tls"};
        assertEquals(Set.of("plugin-encrypted"), flow(tls));
        assertEquals(
                Set.of(),
                firing(Kinds.event(FlowEvents.FLOW, tls).set(FlowEvents.FLOW.field("app_proto"), "ftp-data")));
        assertEquals(Set.of(), flow("flow.phase", "end", "plugin.port", true, "plugin.entropy", 6.5));
    }

    @Test
    void policies() {
        Object[] narrow = {
            "policy_file.open_ports", 33, "policy_file.open_low_ports", 0, "policy_file.findings", List.of("any-domain")
        };
        assertEquals(Set.of(), firing(Kinds.event(Kinds.POLICY_FILE, narrow)));
        Object[] wide = {"policy_file.open_ports", 256, "policy_file.open_low_ports", 0};
        assertEquals(Set.of("plugin-policy-too-open"), firing(Kinds.event(Kinds.POLICY_FILE, wide)));
        Object[] low = {"policy_file.open_ports", 1, "policy_file.open_low_ports", 1};
        assertEquals(Set.of("plugin-policy-too-open"), firing(Kinds.event(Kinds.POLICY_FILE, low)));
        Object[] hostile = {"policy_file.findings", List.of("any-domain", "external-entity")};
        assertEquals(Set.of("plugin-policy-hostile"), firing(Kinds.event(Kinds.POLICY_FILE, hostile)));
    }

    @Test
    void outsideTheGrant() {
        assertEquals(Set.of("plugin-outside-range"), refused(5_000, "app_proto", "failed", "plugin.policy_age", 300));
        assertEquals(Set.of(), refused(5_000, "app_proto", "failed", "plugin.policy_age", 301));
        assertEquals(Set.of(), refused(5_000, "app_proto", "ssh", "plugin.policy_age", 1));
        assertEquals(Set.of(), refused(587, "app_proto", "failed", "plugin.policy_age", 1));
        assertEquals(Set.of(), refused(5_000, "app_proto", "failed", "plugin.policy_age", 1, "plugin.granted", true));
        assertEquals(
                Set.of(), refused(5_000, "app_proto", "failed", "plugin.policy_age", 1, "flow.payload_toclient", 0));
        Object[] range = {
            "plugin.range", "silverlight", "plugin.policy_seen", true, "app_proto", "failed", "plugin.policy_age", 9_999
        };
        assertEquals(Set.of("plugin-outside-range"), refused(4_510, range));
        range[5] = "tls";
        assertEquals(Set.of(), refused(4_510, range));
    }

    private Set<String> refused(int port, Object... facts) {
        Event event = Kinds.eventAt(port, FlowEvents.FLOW, "flow.phase", "end", "plugin.granted", false);
        return firing(Kinds.set(Kinds.set(event, "flow.payload_toserver", 9, "flow.payload_toclient", 9), facts));
    }

    @Test
    void onlyRulesOfTheKindAreAsked() throws IOException {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(FOLDER, "*.yaml")) {
            for (Path file : folder) {
                files.add(Files.readString(file));
            }
        }
        for (EventKind kind : List.of(Kinds.FTP, Kinds.FTP_DATA, Kinds.HTTP, Kinds.POLICY_FILE, FlowEvents.FLOW)) {
            String service = "  service: " + kind.name() + "\n";
            long written = files.stream().filter(file -> file.contains(service)).count();
            assertTrue(written > 0, kind.name());
            assertEquals(written, rules.rulesFor(kind).length, kind.name());
        }
        assertEquals(0, rules.rulesFor(new EventKind("other")).length);
    }
}
