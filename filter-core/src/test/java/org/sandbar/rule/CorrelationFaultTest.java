package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.yaml.Fault;

class CorrelationFaultTest {
    private static final String BASE =
            base("a-thing", 1, "thing", "text: x") + base("a-flow", 2, "flow", "dest_port: 21");

    /** Without a fault; a test replaces one line of it. */
    private static final List<String> SOUND = List.of(
            "title: Many things",
            "name: many-things",
            "id: 0f0e0d0c-0b0a-4908-8706-050403020100",
            "level: high",
            "correlation:",
            "  type: value_count",
            "  rules: [a-thing, a-flow]",
            "  aliases: {port: {a-thing: number, a-flow: dest_port}}",
            "  group-by: [src_ip, port]",
            "  timespan: 5m",
            "  condition: {gte: 10, field: flow_id}",
            "generate: true",
            "sandbar: {sid: 7}",
            "---",
            "");

    private static String base(String name, int sid, String service, String selection) {
        return "title: T\nlevel: low\nname: " + name + "\nsandbar: {sid: " + sid
                + "}\nid: 00000000-0000-4000-8000-00000000000" + sid + "\nlogsource: {product: sandbar, service: "
                + service
                + "}\ndetection: {s: {" + selection + "}, condition: s}\n---\n";
    }

    private static List<String> faults(String text) {
        RuleException thrown = assertThrows(RuleException.class, () -> RuleSet.parse("t.yaml", text, Kinds.ALL));
        List<String> told = new ArrayList<>();
        List<Fault> ordered = new ArrayList<>(thrown.faults());
        ordered.sort(Fault.ORDER);
        for (Fault fault : ordered) {
            told.add(fault.line() + ":" + fault.column() + " " + fault.message());
        }
        return told;
    }

    @Test
    void readsASoundCorrelation() {
        RuleSet rules = RuleSet.parse("t.yaml", String.join("\n", SOUND) + BASE, Kinds.ALL);
        CorrelationRule correlation = rules.correlations().get(0);
        assertEquals("many-things", correlation.rule().name());
        assertEquals(Rule.Level.HIGH, correlation.rule().level());
        assertEquals(CorrelationRule.Type.VALUE_COUNT, correlation.type());
        assertEquals(List.of("src_ip", "port"), correlation.groupBy());
        assertEquals(300_000_000_000L, correlation.timespanNs());
        assertEquals(
                List.of("a-thing", "a-flow"),
                correlation.parts().stream().map(part -> part.rule().name()).toList());
        assertEquals(3, rules.rules().size());
    }

    @ParameterizedTest
    @CsvSource({"15s, 15", "5m, 300", "1h, 3600", "2d, 172800", "365d, 31536000"})
    void readsTimespans(String written, long seconds) {
        String text = String.join("\n", SOUND).replace("5m", written) + BASE;
        long timespanNs =
                RuleSet.parse("t.yaml", text, Kinds.ALL).correlations().get(0).timespanNs();
        assertEquals(seconds * 1_000_000_000L, timespanNs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "4  # tilte: x                          # 1:1 missing key 'level' / 4:1 unknown key 'tilte': did you mean 'title'?",
                "6  #   type: value_cuont               # 6:9 'type' cannot be 'value_cuont': did you mean 'value_count'?",
                "6  #   type: value-count               # 6:9 'type' cannot be 'value-count': did you mean 'value_count'?",
                "6  #   type: value_max                 # 6:9 'type' cannot be 'value_max': did you mean 'value_sum'?",
                "6  #   type: value_percentile          # 11:14 missing key 'percentile'",
                "6  #   type: [a]                       # 6:9 'type' must be text, not a list",
                "6  #                                   # 7:3 missing key 'type'",
                "6  #   typo: value_count               # 6:3 unknown key 'typo': did you mean 'type'? / 6:3 missing key 'type'",
                "6  #   type: event_count               # 11:31 'field' goes with value_count and the like",
                "6  #   type: temporal                  # 11:14 no count fulfils this condition with so many rules / 11:31 'field' goes with value_count and the like",
                "7  #   rules: [a-thing, a-flwo]        # 7:20 unknown rule 'a-flwo': did you mean 'a-flow'? / 8:37 the correlation is not about 'a-flow'; known: a-thing",
                "7  #   rules: [a-thing, a-flow, nothing-like-it] # 7:28 unknown rule 'nothing-like-it'; known: a-thing, a-flow, many-things",
                "7  #   rules: [a-thing, a-flow, a-thing] # 7:28 'a-thing' stands here twice",
                "7  #   rules: [a-thing, a-flow, 00000000-0000-4000-8000-000000000001] # 7:28 '00000000-0000-4000-8000-000000000001' stands here twice",
                "7  #   rules: [a-thing, a-flow, 7]     # 7:28 'rules' must be text, not the number 7",
                "7  #   rules: a-thing                  # 7:10 'rules' must be a list, not 'a-thing'",
                "7  #   rules: [a-thing, a-flow, many-things] # 7:28 'many-things' leads back to itself / 8:13 'port' names no field of 'many-things'",
                "7  #                                   # 6:3 missing key 'rules'",
                "8  #   aliases: {port: {a-thing: number}} # 8:13 'port' names no field of 'a-flow'",
                "8  #   aliases: {port: {a-thing: nubmer, a-flow: dest_port}} # 8:29 unknown field 'nubmer' of 'thing' events: did you mean 'number'?",
                "8  #   aliases: {port: {a-thing: text, a-flow: dest_port}} # 8:43 'dest_port' is a number, but 'text' is text",
                "8  #   aliases: {port: {a-thing: number, a-flow: dest_port}, prot: {a-thing: text, a-flow: proto}} # 8:57 alias 'prot' is not used",
                "8  #   aliases: {port: number}         # 8:19 'port' must be a map, not 'number'",
                "8  #   aliases: [port]                 # 8:12 'aliases' must be a map, not a list / 9:22 unknown field 'port' of 'thing' events / 9:22 unknown field 'port' of 'flow' events",
                "9  #   group-by: [port, src-ip]        # 9:20 unknown field 'src-ip' of 'thing' events: did you mean 'src_ip'? / 9:20 unknown field 'src-ip' of 'flow' events: did you mean 'src_ip'?",
                "9  #   group-by: [port, flow.age]      # 9:20 unknown field 'flow.age' of 'thing' events",
                "9  #   group-by: [port, texts]         # 9:20 'texts' is a list of texts: correlations can neither group by it nor count it / 9:20 unknown field 'texts' of 'flow' events",
                "9  #   group-by: port                  # 8:13 alias 'port' is not used / 9:13 'group-by' must be a list, not 'port'",
                "9  #                                   # 6:3 missing key 'group-by' / 8:13 alias 'port' is not used",
                "10 #   timespan: 5 minutes             # 10:13 'timespan' must be a number and s, m, h or d, from 1s to 365d, such as 5m",
                "10 #   timespan: 300                   # 10:13 'timespan' must be a number and s, m, h or d, from 1s to 365d, such as 5m",
                "10 #   timespan: 0s                    # 10:13 'timespan' must be a number and s, m, h or d, from 1s to 365d, such as 5m",
                "10 #   timespan: 1.5h                  # 10:13 'timespan' must be a number and s, m, h or d, from 1s to 365d, such as 5m",
                "10 #   timespan: 366d                  # 10:13 'timespan' must be a number and s, m, h or d, from 1s to 365d, such as 5m",
                "10 #   timespan: 9999999999999999999s  # 10:13 'timespan' must be a number and s, m, h or d, from 1s to 365d, such as 5m",
                "10 #   timespan:                       # 10:12 'timespan' must be a number and s, m, h or d, from 1s to 365d, such as 5m",
                "10 #                                   # 6:3 missing key 'timespan'",
                "11 #   condition: {gte: 10, field: flow_id, percentile: 5} # 11:52 'percentile' goes with value_percentile alone",
                "11 #   condition: {gte: 10}            # 11:14 missing key 'field'",
                "11 #   condition: {field: flow_id}     # 11:14 the condition compares with nothing; known: gt, gte, lt, lte, eq, neq",
                "11 #   condition: {get: 10, field: flow_id} # 11:14 the condition compares with nothing; known: gt, gte, lt, lte, eq, neq / 11:15 unknown key 'get': did you mean 'gt'?",
                "11 #   condition: {gte: ten, field: flow_id} # 11:20 'gte' must be a whole number, not 'ten'",
                "11 #   condition: {gte: -1, field: flow_id} # 11:20 'gte' must be from 0 to 2147483647, not -1",
                "11 #   condition: {gte: 4097, field: flow_id} # 11:20 no group counts as far as 4097: the bound is 4096, and can be set with limits.correlation-count",
                "11 #   condition: {gt: 10, lt: 11, field: flow_id} # 11:14 no count fulfils this condition",
                "11 #   condition: {lt: 1, field: flow_id} # 11:14 no count fulfils this condition",
                "11 #   condition: {gte: 10, field: []} # 11:31 'field' names none",
                "11 #   condition: {gte: 10, field: 5}  # 11:31 'field' must be text, not the number 5",
                "11 #   condition: {gte: 10, field: [src_ip, {}]} # 11:40 'field' must be text, not a map",
                "11 #   condition: {gte: 10, field: [src_ip, dest_prot]} # 11:40 unknown field 'dest_prot' of 'thing' events: did you mean 'dest_port'? / 11:40 unknown field 'dest_prot' of 'flow' events: did you mean 'dest_port'?",
                "11 #   condition: {gte: 10, field: flow.end} # 11:31 unknown field 'flow.end' of 'thing' events / 11:31 'flow.end' is a time: correlations can neither group by it nor count it",
                "11 #   condition: a-thing and a-flow   # 11:14 'condition' must be a map, not 'a-thing and a-flow'",
                "11 #                                   # 6:3 missing key 'condition'",
                "12 # generate: maybe                   # 12:11 'generate' must be true or false, not 'maybe'",
                "12 # logsource: {product: sandbar}     # 12:1 unknown key 'logsource'",
                "12 # detection: {}                     # 12:1 unknown key 'detection'",
                "13 # sandbar: {sid: 2}                 # 26:16 duplicate sid 2, first at t.yaml:13",
                "13 #                                   # 1:1 missing key 'sandbar'",
            })
    void tellsAFaultWhereItIs(int line, String replacement, String expected) {
        List<String> lines = new ArrayList<>(SOUND);
        String indent = line >= 6 && line <= 11 ? "  " : "";
        lines.set(line - 1, replacement == null ? "" : indent + replacement.strip());
        assertEquals(List.of(expected.split(" / ")), faults(String.join("\n", lines) + BASE));
    }

    @Test
    void tellsAllFaultsAtOnce() {
        assertEquals(
                List.of(
                        "1:1 missing key 'id'",
                        "1:1 missing key 'level'",
                        "1:1 missing key 'sandbar'",
                        "1:1 missing key 'title'",
                        "2:14 missing key 'condition'",
                        "2:14 missing key 'group-by'",
                        "2:14 missing key 'timespan'",
                        "2:42 unknown rule 'a-thingy': did you mean 'a-thing'?"),
                faults("name: x\ncorrelation: {type: event_count, rules: [a-thingy]}\n---\n" + BASE).stream()
                        .sorted()
                        .toList());
    }

    @Test
    void mustBeAMap() {
        String head = String.join("\n", SOUND.subList(0, 4));
        assertEquals(
                List.of("5:14 'correlation' must be a map, not 'many'"),
                faults(head + "\ncorrelation: many\nsandbar: {sid: 7}\n---\n" + BASE));
    }

    @Test
    void tellsACircle() {
        String one = String.join("\n", SOUND).replace("a-flow", "other-things");
        String other = one.replace("many-things", "other-things")
                .replace("[a-thing, other-things]", "[a-thing, many-things]")
                .replace("other-things: dest", "many-things: dest")
                .replace("sid: 7", "sid: 8")
                .replace("050403020100", "050403020101");
        assertEquals(List.of("21:20 'many-things' leads back to itself"), faults(one + other + BASE));
    }

    @Test
    void refusesLongChains() {
        StringBuilder chain = new StringBuilder(BASE);
        for (int i = 0; i < 10_000; i++) {
            chain.append("title: T\nlevel: low\nname: c")
                    .append(i)
                    .append("\nsandbar: {sid: ")
                    .append(i + 3);
            chain.append("}\nid: 00000000-0000-4000-8001-").append(String.format("%012d", i));
            chain.append("\ncorrelation: {type: temporal, group-by: [], timespan: 1m, rules: [");
            chain.append(i == 9_999 ? "a-flow" : "c" + (i + 1)).append("]}\n---\n");
        }
        assertEquals(
                "correlations over correlations, 16 deep, are too many",
                faults(chain.toString()).get(0).replaceFirst("^\\S+ ", ""));
    }

    @Test
    void computesWithNumbersAlone() {
        String sum = String.join("\n", SOUND).replace("value_count", "value_sum") + BASE;
        assertEquals(
                List.of("11:31 'proto' is text: 'value_sum' needs a number"), faults(sum.replace("flow_id", "proto")));
        assertEquals(
                List.of("11:31 'value_sum' is of one field"), faults(sum.replace("flow_id", "[src_port, dest_port]")));
        assertEquals(
                List.of("11:14 no count fulfils this condition"), faults(sum.replace("gte: 10", "gt: 1.5, lt: 1.25")));
    }
}
