package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.verdict.Alert;
import org.sandbar.verdict.Verdicts;
import org.sandbar.verdict.Withheld;
import org.sandbar.yaml.Fault;
import org.sandbar.yaml.YamlFile;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;

/** Suppressions, thresholds, overrides and actions over two rules, a and b, that match events with that letter, and a correlation. */
class TuningTest {
    private static final String RULES = rule("rule-a", 1, "low", "alert", 'a') + rule("rule-b", 2, "high", "alert", 'b')
            + head("many-a", 3, "medium", "alert")
            + "correlation: {type: event_count, rules: [rule-a], group-by: [src_ip], timespan: 60s,"
            + " condition: {gte: 3}}\ngenerate: true\n";
    private static final String SOUND = "{rules: rule-a, owner: ann, reason: known, expires: never}";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final Map<String, Conversation> flows = new HashMap<>();
    private int packets;

    private static String head(String name, int sid, String level, String action) {
        return "---\ntitle: T\nname: " + name + "\nlevel: " + level + "\ntags: [attack.t100" + sid
                + "]\nsandbar: {sid: " + sid + ", action: " + action + "}\nid: 00000000-0000-4000-8000-00000000000"
                + sid + "\n";
    }

    private static String rule(String name, int sid, String level, String action, char letter) {
        return head(name, sid, level, action) + "logsource: {product: sandbar, service: thing}\n"
                + "detection: {s: {text|contains: " + letter + "}, condition: s}\n";
    }

    private static RuleSet tuned(String rules, String section) {
        List<Fault> faults = new ArrayList<>();
        List<YamlMap> sections = YamlFile.parse("c.yaml", section, faults).stream()
                .map(YamlNode::asMap)
                .toList();
        return RuleSet.parse("t.yaml", rules, Kinds.ALL, new Tuning(Variables.USUAL, sections, NOW, faults));
    }

    /** Events are written {@code SECONDS SERVER TEXT}, alerts {@code SECONDS RULE}. */
    private List<String> play(Verdicts verdicts, String events) {
        List<String> alerts = new ArrayList<>();
        for (String written : events.split(", *")) {
            String[] words = written.split(" ");
            for (Alert alert : verdicts.judge(event(words[0], words[1], words[2]))) {
                alerts.add(words[0] + " " + alert.rule().name());
            }
        }
        return alerts;
    }

    private Event event(String seconds, String server, String text) {
        long timeNs = new BigDecimal(seconds).movePointRight(9).longValueExact();
        Conversation flow = flows.computeIfAbsent(server, first -> Kinds.conversation("198.51.100." + server));
        return Kinds.set(Event.at(Kinds.THING, flow, ++packets, timeNs), "text", text);
    }

    private String alerts(String section, String events) {
        return String.join(", ", play(new Verdicts(tuned(RULES, section), Limits.USUAL), events));
    }

    private Event end(Verdicts verdicts, String server) {
        Event ended = Event.at(FlowEvents.FLOW, flows.get(server), ++packets, 0);
        verdicts.conclude(ended);
        return ended;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "source: 192.168.1.5             # ``",
                "source: 192.168.1.6             # 0 rule-a",
                "source: '%HOME_NET%'            # ``",
                "source: '%TRUSTED_FTP%'         # 0 rule-a",
                "source: []                      # 0 rule-a",
                "destination: 192.168.1.5        # 0 rule-a",
                "destination: [192.0.2.1, 198.51.100.0/24] # ``",
                "either: 192.168.0.0/16          # ``",
                "either: 203.0.113.1             # 0 rule-a",
                "source: 192.168.1.5, destination: 203.0.113.1 # 0 rule-a",
            })
    void suppressesByNetwork(String networks, String expected) {
        String section = "suppress: [" + SOUND.replace("}", ", " + networks + "}") + "]";
        assertEquals(expected, alerts(section, "0 1 a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "rule-a             # 0 rule-b",
                "'1'                # 0 rule-b",
                "1                  # 0 rule-b",
                "attack.t1002       # 0 rule-a",
                "level.high         # 0 rule-a",
                "[rule-a, rule-b]   # -",
                "rule-*             # -",
                "any                # -",
                "many-a             # 0 rule-a, 0 rule-b",
            })
    void selectsRules(String words, String expected) {
        String section = "override: [{rules: " + words + ", enabled: false}]";
        String alerts = alerts(section, "0 1 ab");
        assertEquals(expected, alerts.isEmpty() ? "-" : alerts);
    }

    @Test
    void whatIsSuppressedOrDisabledStillCorrelates() {
        String three = "0 1 a, 1 1 a, 2 1 a";
        assertEquals("0 rule-a, 1 rule-a, 2 rule-a, 2 many-a", alerts("suppress: []", three));
        assertEquals("2 many-a", alerts("suppress: [" + SOUND + "]", three));
        assertEquals("2 many-a", alerts("override: [{rules: rule-a, enabled: false}]", three));
        assertEquals("", alerts("override: [{rules: [rule-a, many-a], enabled: false}]", three));
    }

    @Test
    void aSuppressionExpires() {
        String until = "suppress:\n  - " + SOUND.replace("never", "WHEN");
        assertEquals("0 rule-a", alerts(until.replace("WHEN", "2026-11-23"), "0 1 a"));
        assertEquals(
                List.of("c.yaml:2: warning: the suppression of rule-a by ann expired 2026-11-23 and no longer applies;"
                        + " renew it or take it out"),
                tuned(RULES, until.replace("WHEN", "2026-11-23")).warnings());
        // A day counts to its end.
        assertEquals(
                List.of(), tuned(RULES, until.replace("WHEN", "2026-11-24")).warnings());
        assertEquals(
                List.of(),
                tuned(RULES, until.replace("WHEN", "2026-11-24T13:00:00+00:30")).warnings());
        assertEquals(
                1,
                tuned(RULES, until.replace("WHEN", "2026-11-24T12:00:00Z"))
                        .warnings()
                        .size());
        assertEquals("", alerts(until.replace("WHEN", "2999-01-01"), "0 1 a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "limit, source, 2, 10      # 0, 1, 11, 12",
                "threshold, source, 2, 10  # 1, 5, 12",
                "both, source, 2, 10       # 1, 12",
                "limit, destination, 1, 10 # 0, 3, 11, 14",
                "limit, both, 1, 10        # 0, 3, 11, 14",
                "limit, flow, 1, 10        # 0, 3, 11, 14",
                "limit, rule, 1, 3600      # 0",
            })
    void holdsAlertsBack(String threshold, String expected) {
        String[] words = threshold.split(", ");
        String section = "threshold: [{rules: rule-b, type: " + words[0] + ", track: " + words[1] + ", count: "
                + words[2] + ", seconds: " + words[3] + "}]";
        List<String> alerts = play(
                new Verdicts(tuned(RULES, section), Limits.USUAL),
                "0 1 b, 1 1 b, 3 2 b, 5 1 b, 10 1 b, 11 1 b, 12 1 b, 14 2 b");
        assertEquals(expected, String.join(", ", alerts).replace(" rule-b", ""));
    }

    @Test
    void countsAnewWhereTimeStepsBackAndForgetsBeyondItsBound() {
        String limit = "threshold: [{rules: rule-b, type: limit, track: destination, count: 1, seconds: 10}]";
        assertEquals("100 rule-b, 50 rule-b", alerts(limit, "100 1 b, 95 1 b, 50 1 b, 55 1 b"));
        Verdicts few = new Verdicts(tuned(RULES, limit), Limits.USUAL.with(Bound.THRESHOLD_KEYS, 16));
        StringBuilder many = new StringBuilder("0 1 b");
        for (int server = 2; server < 18; server++) {
            many.append(", 0 ").append(server).append(" b");
        }
        assertEquals(18, play(few, many + ", 0 17 b, 0 1 b").size());
    }

    @Test
    void tellsWhatItHeldBackAndWhatTheVerdictIs() {
        String section = "suppress: [" + SOUND + "]\n"
                + "threshold: [{rules: rule-b, type: limit, track: rule, count: 1, seconds: 60}]";
        Verdicts verdicts = new Verdicts(tuned(RULES, section), Limits.USUAL);
        assertEquals(List.of("0 rule-b"), play(verdicts, "0 1 ab, 1 2 b, 2 3 a"));
        assertEquals(Map.of("rule-a", 2L), verdicts.withheld().get(Withheld.SUPPRESSED));
        assertEquals(Map.of("rule-b", 1L), verdicts.withheld().get(Withheld.LIMITED));
        assertEquals(List.of("rule-b"), end(verdicts, "1").get(FlowEvents.VERDICT_RULES));
        // A threshold holds the alert back, not the rule; a suppression both.
        assertEquals("alert", end(verdicts, "2").text(FlowEvents.VERDICT_ACTION));
        assertEquals("pass", end(verdicts, "3").text(FlowEvents.VERDICT_ACTION));
    }

    @Test
    void passWinsOverDropOverAlert() {
        Verdicts verdicts = new Verdicts(
                tuned(RULES, "override: [{rules: rule-a, action: pass}, {rules: rule-b, action: reject}]"),
                Limits.USUAL);
        // Though it stands behind the other, and from then on.
        assertEquals(List.of("1 rule-b"), play(verdicts, "0 1 ab, 0 1 b, 1 2 b, 2 2 a, 3 2 b"));
        assertEquals(Map.of("rule-b", 3L), verdicts.withheld().get(Withheld.PASSED));
        Event passed = end(verdicts, "1");
        assertEquals("pass", passed.text(FlowEvents.VERDICT_ACTION));
        assertEquals(null, passed.get(FlowEvents.ALERTED));
        Event late = end(verdicts, "2");
        assertEquals("pass", late.text(FlowEvents.VERDICT_ACTION));
        assertEquals(true, late.get(FlowEvents.ALERTED));
        play(verdicts, "4 3 b");
        assertEquals("drop", end(verdicts, "3").text(FlowEvents.VERDICT_ACTION));
    }

    @Test
    void theLaterOverrideWins() {
        RuleSet rules = tuned(
                RULES,
                "override: [{rules: any, level: high}, {rules: rule-a, level: medium, action: drop},"
                        + " {rules: level.low, enabled: false}]\n---\noverride: [{rules: rule-a, enabled: true}]");
        assertEquals(Rule.Level.MEDIUM, rules.rules().get(0).level());
        assertEquals(Rule.Action.DROP, rules.rules().get(0).action());
        assertEquals(Rule.Level.HIGH, rules.rules().get(2).level());
        assertTrue(rules.raisesAlerts(rules.rules().get(0)));
    }

    @Test
    void goesOnWithOtherRules() {
        String limit = "threshold: [{rules: rule-b, type: limit, track: rule, count: 1, seconds: 60}]";
        Verdicts verdicts = new Verdicts(tuned(RULES, limit), Limits.USUAL);
        assertEquals(List.of("0 rule-a", "0 rule-b", "1 rule-a"), play(verdicts, "0 1 ab, 1 1 a"));
        verdicts.adopt(tuned(RULES, limit + "\noverride: [{rules: any, level: critical}]"));
        // The third within the time, and one too many.
        assertEquals(List.of("2 rule-a", "2 many-a"), play(verdicts, "2 1 ab"));
        assertEquals(List.of("rule-a", "rule-b", "many-a"), end(verdicts, "1").get(FlowEvents.VERDICT_RULES));
        String other = RULES.replace("text|contains: a", "text|contains: c");
        verdicts.adopt(tuned(other, "threshold: []"));
        // Of what another rule matched nothing counts.
        assertEquals(List.of("3 rule-b", "3 rule-a", "4 rule-a"), play(verdicts, "3 1 b, 3 1 c, 4 1 c"));
        assertEquals(List.of("5 rule-a", "5 many-a"), play(verdicts, "5 1 c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "supress: []                            # 1:1 unknown key 'supress': did you mean 'suppress'?",
                "suppress: {}                           # 1:11 'suppress' must be a list, not a map",
                "suppress: [x]                          # 1:12 'suppress' must be a map, not 'x'",
                "suppress: [{rules: rule-c, owner: a, reason: b, expires: never}] # 1:20 no rule is called 'rule-c', nor"
                        + " has it for sid or tag: did you mean 'rule-a'?",
                "suppress: [{rules: [{}], owner: a, reason: b, expires: never}] # 1:21 'rules' must be names, sids, tags or"
                        + " 'any'",
                "suppress: [{rules: rule-a, owner: a, reason: b}] # 1:12 missing key 'expires'",
                "suppress: [{rules: rule-a, owner: a, reason: b, expires: soon}] # 1:58 'expires' must be a day such as"
                        + " 2027-01-31, a time such as 2027-01-31T18:00:00Z, or never, not 'soon'",
                "suppress: [{rules: rule-a, owner: a, reason: b, expires: never, source: 10.0/8}] # 1:73 'source' must be an"
                        + " address or a network, such as 192.0.2.1 or 198.51.100.0/24, not '10.0/8'",
                "suppress: [{rules: rule-a, owner: a, reason: b, expires: never, source: '%HOME%'}] # 1:74 unknown"
                        + " variable 'HOME'; set variables.HOME in a configuration",
                "threshold: [{rules: any, type: limits, track: source, count: 1, seconds: 1}] # 1:32 'type' cannot be"
                        + " 'limits': did you mean 'limit'?",
                "threshold: [{rules: any, type: limit, track: src, count: 1, seconds: 1}] # 1:46 'track' cannot be"
                        + " 'src'; known: source, destination, both, rule, flow",
                "threshold: [{rules: any, type: limit, track: flow, count: 0, seconds: 1}] # 1:59 'count' must be from 1"
                        + " to 1000000, not 0",
                "override: [{rules: any}]               # 1:12 an override must say level, action or enabled",
                "override: [{rules: any, level: loud}]  # 1:32 'level' cannot be 'loud'; known: informational, low,"
                        + " medium, high, critical",
                "override: [{rules: any, action: block}] # 1:33 'action' cannot be 'block'; known: pass, drop, reject,"
                        + " alert",
                "override: [{rules: any, enabled: 'no'}] # 1:34 'enabled' must be true or false, not 'no'",
            })
    void tellsAFaultWhereItIs(String section, String expected) {
        RuleException thrown = assertThrows(RuleException.class, () -> tuned(RULES, section));
        assertEquals(
                List.of(expected),
                thrown.faults().stream()
                        .map(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
                        .toList());
    }
}
