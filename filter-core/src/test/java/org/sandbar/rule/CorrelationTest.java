package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.flow.Conversation;
import org.sandbar.verdict.Alert;
import org.sandbar.verdict.Verdicts;

/** What correlations count and when they fire: by hand, and against the definition, read off the whole history. */
class CorrelationTest {
    private static final Conversation FLOW = Kinds.conversation("198.51.100.21");
    /** The rules a, b and c match events with that letter in {@code text}. */
    private static final String BASE = base('a') + base('b') + base('c');

    private static int documents;

    private static String base(char letter) {
        return head(String.valueOf(letter)) + "logsource: {product: sandbar, service: thing}\n"
                + "detection: {s: {text|contains: " + letter + "}, condition: s}\n";
    }

    private static String head(String name) {
        documents++;
        return "---\ntitle: T\nlevel: low\nname: " + name + "\nsandbar: {sid: " + documents
                + "}\nid: 00000000-0000-4000-8000-" + String.format("%012d", documents) + "\n";
    }

    /** A correlation called {@code seen}. */
    private static String seen(String correlation) {
        return head("seen") + "correlation: " + correlation + "\n";
    }

    private static RuleSet rules(String... texts) {
        return RuleSet.parse("t.yaml", String.join("", texts), Kinds.ALL);
    }

    /** Events are written {@code SECONDS TEXT OTHER NUMBER}, the last ones may be absent; alerts {@code SECONDS RULE}. */
    private static List<String> play(RuleSet rules, Limits limits, String... events) {
        Verdicts verdicts = new Verdicts(rules, limits);
        List<String> fired = new ArrayList<>();
        for (int i = 0; i < events.length; i++) {
            for (Alert alert : verdicts.judge(event(i + 1, events[i]))) {
                fired.add(events[i].split(" ")[0] + ' ' + alert.rule().name());
            }
        }
        return fired;
    }

    private static Event event(int ordinal, String written) {
        String[] words = written.split(" ");
        long timeNs = new BigDecimal(words[0]).movePointRight(9).longValueExact();
        Event event = Kinds.set(Event.at(Kinds.THING, FLOW, ordinal, timeNs), "text", words[1]);
        if (words.length > 2 && !words[2].equals("-")) {
            Kinds.set(event, "other", words[2]);
        }
        return words.length > 3 ? Kinds.set(event, "number", Long.valueOf(words[3])) : event;
    }

    /** When the correlation fires, without the rules that it is about. */
    private static String seen(String correlation, String events) {
        StringBuilder at = new StringBuilder();
        for (String alert : play(rules(BASE, seen(correlation)), Limits.USUAL, events.split(", *"))) {
            if (alert.endsWith(" seen")) {
                at.append(at.isEmpty() ? "" : " ").append(alert, 0, alert.indexOf(' '));
            }
        }
        return at.toString();
    }

    /** Numbers of ten seconds, each with its second. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "value_sum        # {field: number, gte: 10}                 # 0 a - 4, 1 a - 5, 2 a - 1, 3 a - 7, 14 a - 9, 15 a - 1 # 2 15",
                "value_sum        # {field: number, gte: 10}                 # 0 a - 4, 1 a, 11 a - 9, 12 a - 1 # 12",
                "value_sum        # {field: number, lt: 0}                   # 0 a - 4, 1 a - -5 # 1",
                "value_sum        # {field: number, lt: 5, gt: -5}           # 0 a - 4, 1 a - 5, 2 a - -6 # 0 2",
                "value_avg        # {field: number, gt: 2.5}                 # 0 a - 1, 1 a - 4, 2 a - 3, 12.5 a - 2 # 2",
                "value_median     # {field: number, gte: 5}                  # 0 a - 1, 1 a - 9, 2 a - 8 # 2",
                "value_percentile # {field: number, percentile: 90, gte: 50} # 0 a - 1, 1 a - 2, 2 a - 50 # 2",
                "value_percentile # {field: number, percentile: 60, gte: 50} # 0 a - 1, 1 a - 2, 2 a - 50, 3 a - 60 # 3",
            })
    void computes(String type, String condition, String events, String fired) {
        String correlation =
                "{type: " + type + ", rules: [a], group-by: [src_ip], timespan: 10s, condition: " + condition + "}";
        assertEquals(fired, seen(correlation, events));
    }

    @Test
    void tellsWhatItComputed() {
        RuleSet rules = rules(
                BASE,
                seen(
                        "{type: value_avg, rules: [a], group-by: [src_ip], timespan: 10s, condition: {field: number, gt: 2}}"));
        Verdicts verdicts = new Verdicts(rules, Limits.USUAL);
        verdicts.judge(event(1, "0 a - 1"));
        Event alert = verdicts.judge(event(2, "1 a - 4")).get(0).event();
        assertEquals(2.5, alert.get(Common.CORRELATION_VALUE));
        assertEquals(2L, alert.get(Common.CORRELATION_COUNT));
    }

    @Test
    void areValidSigma() throws IOException {
        for (String type : List.of("value_sum", "value_avg", "value_percentile", "value_count")) {
            ShippedRulesTest.assertValid(
                    "sigma-correlation-rules.schema.json",
                    seen("{type: " + type + ", rules: [a, b], group-by: [src_ip], timespan: 10s, "
                            + "condition: {field: number, percentile: 95, gte: 1, lt: 9}}"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                // Once, and again only after the window has emptied below the condition.
                "{gte: 3} # 0 a, 1 a, 2 a, 3 a, 4 a                            # 2",
                "{gte: 3} # 0 a, 1 a, 2 a, 11 a, 20 a, 21 a, 30.5 a            # 2 11 21",
                "{gte: 3} # 0 a, 1 a, 2 a, 40 a, 41 a, 42 a                    # 2 42",
                "{gte: 1} # 0 a, 1 a, 11 a, 21.5 a                             # 0 21.5",
                // Exactly the timespan apart is inside.
                "{gte: 2} # 0 a, 10 a                                          # 10",
                "{gte: 2} # 0 a, 10.000000001 a                                # ''",
                "{gt: 2}  # 0 a, 1 a, 2 a                                      # 2",
                "{gt: 1, lt: 4} # 0 a, 1 a, 2 a, 3 a, 4 a, 30 a, 31 a          # 1 31",
                "{eq: 2}  # 0 a, 1 a, 2 a, 11.5 a, 12.5 a                      # 1 11.5 12.5",
                "{neq: 2} # 0 a, 1 a, 2 a, 3 a                                 # 0 2",
                "{lt: 3}  # 0 a, 1 a, 2 a, 3 a, 20 a                           # 0 20",
                "{lte: 2} # 0 a, 1 a, 2 a, 12 a                                # 0",
                // Time steps back a little, and it counts; late in the window, and out of it.
                "{gte: 3} # 5 a, 3 a, 6 a                                      # 6",
                "{gte: 3} # 5 a, 6 a, 1 a                                      # 1",
                "{gte: 3} # 10 a, 1 a, 12 a, 13 a                              # 13",
                // It steps back by more than the timespan, and all begins anew.
                "{gte: 3} # 100 a, 101 a, 2 a, 3 a, 4 a                        # 4",
                "{gte: 3} # 100 a, 101 a, 102 a, 2 a, 3 a, 4 a, 103 a, 104 a, 105 a # 102 4 105",
                "{gte: 3} # 100 a, 105 a, 91 a, 92 a, 93 a                     # 92",
                // Events that no rule matches, and those of rules that it is not about.
                "{gte: 2} # 0 a, 1 x, 2 b, 3 c, 4 a                            # 4",
            })
    void countsEvents(String condition, String events, String fires) {
        assertEquals(
                fires.equals("''") ? "" : fires,
                seen(
                        "{type: event_count, rules: [a], group-by: [], timespan: 10s, condition: " + condition + "}",
                        events));
    }

    @Test
    void countsAnEventOnceThatSeveralRulesMatch() {
        String correlation = "{type: event_count, rules: [a, b], group-by: [], timespan: 10s, condition: {gte: 3}}";
        assertEquals("2", seen(correlation, "0 ab, 1 b, 2 a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "other           # 0 a x, 1 a x, 2 a y, 3 a y, 4 a z, 5 a u    # 4",
                // A value counts by its latest event, and each value is to the letter.
                "other           # 0 a x, 8 a y, 9 a x, 15 a z                 # 15",
                "other           # 0 a x, 0 a y, 11 a z                        # ''",
                "other           # 0 a x, 1 a X, 2 a y                         # 2",
                // Late: the value was seen later already.
                "other           # 9 a x, 1 a x, 12 a y, 19 a z                # 19",
                "other           # 0 a, 1 a, 2 a x, 3 a y, 4 a -, 5 a z        # 5",
                "[other, number] # 0 a x 1, 1 a x 2, 2 a x 1, 3 a y 1          # 3",
                "[other, number] # 0 a x, 1 a - 2, 2 a x 1, 3 a y 1            # ''",
            })
    void countsDistinctValues(String field, String events, String fires) {
        assertEquals(
                fires.equals("''") ? "" : fires,
                seen(
                        "{type: value_count, rules: [a], group-by: [], timespan: 10s, condition: {gte: 3, field: "
                                + field + "}}",
                        events));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "temporal         # 0 a, 1 b, 2 c, 3 a, 4 b                     # 2",
                "temporal         # 0 c, 1 b, 2 a                               # 2",
                "temporal         # 0 c, 10 b, 10 a                             # 10",
                "temporal         # 0 c, 10 b, 11 a, 20 c                       # 20",
                "temporal         # 0 c, 1 ab, 30 abc                           # 1 30",
                "temporal_ordered # 0 a, 1 b, 2 c, 3 a, 4 b, 5 c                # 2",
                "temporal_ordered # 0 c, 1 b, 2 a                               # ''",
                "temporal_ordered # 0 a, 0 b, 0 c                               # 0",
                "temporal_ordered # 0 a, 5 b, 10 c                              # 10",
                "temporal_ordered # 0 a, 5 b, 10.000000001 c                    # ''",
                "temporal_ordered # 0 a, 1 b, 8 a, 9 b, 13 c                    # 13",
                "temporal_ordered # 0 a, 1 b, 8 a, 13 c                         # ''",
                // An event does not follow itself.
                "temporal_ordered # 0 abc, 1 abc, 2 abc                         # 2",
                "temporal_ordered # 0 a, 1 b, 2 c, 11 c, 12 a, 13 b, 14 c       # 2 14",
                // The order is that of the packets, and small steps back do not matter; large ones do.
                "temporal_ordered # 5 a, 4 b, 3 c                               # 3",
                "temporal_ordered # 50 a, 51 b, 3 c                             # ''",
            })
    void awaitsAllRules(String type, String events, String fires) {
        assertEquals(
                fires.equals("''") ? "" : fires,
                seen("{type: " + type + ", rules: [a, b, c], group-by: [], timespan: 10s}", events));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "temporal         # 0 a, 1 a, 2 c                               # 2",
                "temporal_ordered # 0 a, 1 a, 2 c, 3 b                          # 3",
            })
    void awaitsAsManyRulesAsTheConditionSays(String type, String events, String fires) {
        assertEquals(
                fires,
                seen(
                        "{type: " + type + ", rules: [a, b, c], group-by: [], timespan: 10s, condition: {gte: 2}}",
                        events));
    }

    @Test
    void keepsGroupsApart() {
        String correlation =
                "{type: event_count, rules: [a], group-by: [other, number], timespan: 10s, condition: {gte: 2}}";
        assertEquals("4 5", seen(correlation, "0 a x 1, 1 a y 1, 2 a x 2, 3 a x, 3 a - 1, 4 a x 1, 5 a y 1"));
    }

    @Test
    void groupsByOtherFieldsInOtherRules() {
        String correlation = "{type: temporal, rules: [a, b], group-by: [who], timespan: 10s, aliases: "
                + "{who: {a: text, b: other}}}";
        assertEquals("3", seen(correlation, "0 a1 b2, 1 b a2, 2 b x, 3 b a1"));
        // One event in two groups, which completes both.
        assertEquals("2 2", seen(correlation, "0 xb a-b, 1 ax, 2 a-b ax"));
    }

    /** The definition: true of the window with the event, and not without it. Events of one rule or several, at random times. */
    @ParameterizedTest
    @ValueSource(strings = {"event_count", "value_count", "temporal", "temporal_ordered"})
    void firesByTheDefinition(String type) {
        Random random = new Random(4502);
        for (int run = 0; run < 300; run++) {
            int least = 1 + random.nextInt(type.startsWith("temporal") ? 3 : 5);
            String field = type.equals("value_count") ? ", field: number" : "";
            RuleSet rules = rules(
                    BASE,
                    seen("{type: " + type + ", rules: [a, b, c], group-by: [other], timespan: 10s, condition: {gte: "
                            + least + field + "}}"));
            String[] events = new String[60];
            List<String> expected = new ArrayList<>();
            int time = 0;
            for (int i = 0; i < events.length; i++) {
                time += random.nextInt(run % 10 + 2);
                events[i] =
                        time + " " + List.of("a", "b", "c", "ab", "bc", "cab").get(random.nextInt(6)) + ' '
                                + "xy".charAt(random.nextInt(2)) + ' ' + random.nextInt(4);
                if (count(type, events, i, true) >= least && count(type, events, i, false) < least) {
                    expected.add(time + " seen");
                }
            }
            assertEquals(expected, play(rules, Limits.USUAL, events), String.join(", ", events));
        }
    }

    private static int count(String type, String[] events, int last, boolean withLast) {
        String[] now = events[last].split(" ");
        Set<String> distinct = new HashSet<>();
        int chain = 0;
        int all = 0;
        for (int i = 0; i <= (withLast ? last : last - 1); i++) {
            String[] words = events[i].split(" ");
            if (Integer.parseInt(now[0]) - Integer.parseInt(words[0]) <= 10 && words[2].equals(now[2])) {
                all++;
                distinct.addAll(type.equals("temporal") ? List.of(words[1].split("")) : List.of(words[3]));
                chain += chain < 3 && words[1].indexOf("abc".charAt(chain)) >= 0 ? 1 : 0;
            }
        }
        return type.equals("event_count") ? all : type.equals("temporal_ordered") ? chain : distinct.size();
    }

    @Test
    void remembersNoMoreGroupsThanTheBound() {
        Limits few = Limits.USUAL.with(Bound.CORRELATION_GROUPS, 16);
        RuleSet rules = rules(
                BASE, seen("{type: event_count, rules: [a], group-by: [number], timespan: 1d, condition: {gte: 2}}"));
        List<String> events = new ArrayList<>();
        for (int group = 0; group < 17; group++) {
            events.add(group + " a - " + group);
        }
        events.add("20 a - 16");
        events.add("21 a - 1");
        // The first group was forgotten for the seventeenth.
        events.add("22 a - 0");
        assertEquals(List.of("20 seen", "21 seen"), play(rules, few, events.toArray(new String[0])));
    }

    @Test
    void countsAsFarAsTheBoundAndNoFurther() {
        RuleSet rules = rules(
                BASE, seen("{type: event_count, rules: [a], group-by: [], timespan: 1d, condition: {gte: 4096}}"));
        String[] events = new String[10_000];
        for (int i = 0; i < events.length; i++) {
            events[i] = i + " a";
        }
        assertEquals(List.of("4095 seen"), play(rules, Limits.USUAL, events));
    }

    @Test
    void rulesOfACorrelationAreSilentUnlessItGeneratesThem() {
        String correlation = "{type: event_count, rules: [a], group-by: [], timespan: 10s, condition: {gte: 2}";
        assertEquals(
                List.of("1 seen", "2 b"),
                play(rules(BASE, seen(correlation + "}")), Limits.USUAL, "0 a", "1 a", "2 b"));
        List<String> all = List.of("0 a", "1 a", "1 seen", "2 b");
        RuleSet beside = rules(BASE, seen(correlation + "}") + "generate: true\n");
        assertEquals(all, play(beside, Limits.USUAL, "0 a", "1 a", "2 b"));
        RuleSet inside = rules(BASE, seen(correlation + ", generate: true}"));
        assertEquals(all, play(inside, Limits.USUAL, "0 a", "1 a", "2 b"));
        // Another correlation that says nothing of it takes no alert away.
        RuleSet two = rules(
                BASE,
                seen(correlation + "}") + "generate: true\n",
                head("two") + "correlation: " + correlation + "}\n");
        assertEquals(List.of("0 a", "1 a", "1 seen", "1 two", "2 b"), play(two, Limits.USUAL, "0 a", "1 a", "2 b"));
    }

    @Test
    void correlatesCorrelations() {
        String many = head("many") + "correlation: {type: event_count, rules: [a], group-by: [other], timespan: 10s, "
                + "condition: {gte: 3}}\n";
        String then = seen("{type: temporal_ordered, rules: [many, b], group-by: [other], timespan: 10s}");
        String[] events = {"0 a x", "1 a x", "2 b x", "3 a x", "4 a y", "5 b y", "13 b x", "14 b x"};
        // Whatever the order of the documents.
        assertEquals(List.of("13 seen"), play(rules(BASE, many, then), Limits.USUAL, events));
        assertEquals(List.of("13 seen"), play(rules(then, many, BASE), Limits.USUAL, events));
        RuleSet all = rules(then + "generate: true\n", many, BASE);
        assertEquals(List.of("2 b", "3 many", "5 b", "13 b", "13 seen", "14 b"), play(all, Limits.USUAL, events));
        assertEquals(
                List.of("many", "seen"),
                all.correlations().stream().map(each -> each.rule().name()).toList());
    }

    @Test
    void namesRulesByTheirIdToo() {
        String id = BASE.substring(BASE.indexOf("\nid: ") + 5, BASE.indexOf("\nid: ") + 41);
        assertEquals(
                "1",
                seen(
                        "{type: event_count, rules: [" + id + "], group-by: [], timespan: 10s, condition: {gte: 2}}",
                        "0 a, 1 a"));
    }

    @Test
    void firesOncePerFlowWhereItIsToldTo() {
        String correlation = seen("{type: event_count, rules: [a], group-by: [], timespan: 10s, condition: {gte: 2}}")
                .replaceFirst("sandbar: \\{", "sandbar: {once_per: flow, ");
        assertEquals(List.of("1 seen"), play(rules(BASE, correlation), Limits.USUAL, "0 a", "1 a", "30 a", "31 a"));
    }

    @Test
    void explainsWhatItCounted() {
        Verdicts verdicts = new Verdicts(
                rules(
                        BASE,
                        seen("{type: value_count, rules: [a], group-by: [other, src_ip], timespan: 10s, "
                                        + "condition: {gte: 2, field: number}}")
                                + "generate: true\n"),
                Limits.USUAL);
        verdicts.judge(event(1, "0 a x 1"));
        verdicts.judge(event(2, "5 a y 2"));
        verdicts.judge(event(3, "6 a x 3"));
        verdicts.judge(event(4, "11 a x 3"));
        Event event = event(5, "12 a x 4");
        List<Alert> alerts = verdicts.judge(event);
        assertEquals(2, alerts.size());
        assertTrue(alerts.get(0).event() == event);
        assertNull(event.get(Common.CORRELATION_TYPE));
        Event completed = alerts.get(1).event();
        assertFalse(completed == event);
        assertEquals("seen", alerts.get(1).rule().name());
        assertEquals("x", completed.get(Kinds.THING.field("other")));
        assertEquals(5, completed.ordinal());
        assertEquals("value_count", completed.get(Common.CORRELATION_TYPE));
        assertEquals(2L, completed.get(Common.CORRELATION_COUNT));
        assertEquals(List.of(Map.of("other", "x", "src_ip", FLOW.client())), completed.get(Common.CORRELATION_GROUP));
        assertEquals(4L, completed.get(Common.CORRELATION_FIRST_PACKET));
        assertEquals(11_000_000_000L, completed.get(Common.CORRELATION_SINCE));
    }
}
