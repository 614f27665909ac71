package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.event.Event;
import org.sandbar.yaml.Fault;

class FilterTest {
    private static final String RULES = """
            title: One
            name: one
            id: 00000000-0000-4000-8000-000000000001
            level: low
            logsource: {product: sandbar, service: thing}
            sandbar: {sid: 1}
            detection: {s: {text: x}, condition: s}
            ---
            title: Two
            name: two
            id: 00000000-0000-4000-8000-000000000002
            level: low
            logsource: {product: sandbar}
            sandbar: {sid: 2}
            detection: {s: {dest_port: 4510}, condition: s}
            ---
            title: Many
            name: many
            id: 00000000-0000-4000-8000-000000000003
            level: low
            sandbar: {sid: 3}
            correlation: {type: event_count, rules: [one], group-by: [src_ip], timespan: 1m, condition: {gte: 2}}
            ---
            """;

    private static final String FILTER = """
            title: Our own
            id: 00000000-0000-4000-8000-000000000004
            logsource: {product: sandbar, service: thing}
            filter:
              rules: [one]
              selection:
                number: 7
              condition: not selection
            """;

    private static List<String> matching(String filter, Event event) {
        List<String> names = new ArrayList<>();
        new RuleMatcher(RuleSet.parse("t.yaml", filter + "---\n" + RULES, Kinds.ALL))
                .match(event)
                .forEach(rule -> names.add(rule.name()));
        return names;
    }

    @Test
    void isValidSigma() throws IOException {
        ShippedRulesTest.assertValid("sigma-filters.schema.json", FILTER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "[one] # [two]",
                "one # [two]",
                "[two] # [one]",
                "[one, two] # []",
                "[00000000-0000-4000-8000-000000000002] # [one]",
                "any # []",
                "all # []",
                "[any] # []",
            })
    void isForTheRulesThatItNames(String rules, String others) {
        String filter = FILTER.replace("[one]", rules);
        assertEquals(others, String.valueOf(matching(filter, Kinds.event(Kinds.THING, "text", "x", "number", 7))));
        assertEquals(List.of("one", "two"), matching(filter, Kinds.event(Kinds.THING, "text", "x", "number", 8)));
        assertEquals(List.of("one", "two"), matching(filter, Kinds.event(Kinds.THING, "text", "x")));
    }

    @Test
    void isForTheEventsOfItsLogSource() {
        String any = FILTER.replace("[one]", "any").replace("number: 7", "src_port: 40000");
        assertEquals(List.of("two"), matching(any, Kinds.event(Kinds.HTTP)));
        String anywhere = any.replace(", service: thing", "");
        assertEquals(List.of(), matching(anywhere, Kinds.event(Kinds.HTTP)));
        assertEquals(List.of(), matching(anywhere, Kinds.event(Kinds.THING, "text", "x")));
        String named = anywhere.replace("any", "[two]");
        assertEquals(List.of(), matching(named, Kinds.event(Kinds.HTTP)));
        assertEquals(List.of("one"), matching(named, Kinds.event(Kinds.THING, "text", "x")));
    }

    /** Its condition is joined by 'and', whatever it says. */
    @Test
    void canNarrowARule() {
        String only = FILTER.replace("not selection", "selection");
        assertEquals(List.of("one", "two"), matching(only, Kinds.event(Kinds.THING, "text", "x", "number", 7)));
        assertEquals(List.of("two"), matching(only, Kinds.event(Kinds.THING, "text", "x", "number", 8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "rules: [one] # rules: [won] # 5:11 unknown rule 'won'; known: one, two, many",
                "rules: [one] # rules: [many] # 5:11 'many' is a correlation: filter the rules that it is about",
                "rules: [one] # rules: [] # 5:10 'rules' names none; 'any' stands for all of the log source",
                "  rules: [one] #   roles: [one] # 5:3 missing key 'rules'",
                "number: 7 # nubmer: 7 # 7:5 unknown field 'nubmer' of 'thing' events: did you mean 'number'?",
                "not selection # not selektion # 6:3 selection 'selection' is not used by the condition / 8:18 unknown selection 'selektion': did you mean 'selection'?",
                "service: thing # service: http # 5:11 'one' does not look at 'http' events / 7:5 unknown field 'number' of 'http' events",
                "title: Our own # titel: Our own # 1:1 missing key 'title' / 1:1 unknown key 'titel': did you mean 'title'?",
                "0000000004 # 0000000001 # 12:5 duplicate id 00000000-0000-4000-8000-000000000001, first at t.yaml:2",
                "id: 0000 # id: x0000 # 2:5 'id' must be a UUID, not 'x00000000-0000-4000-8000-000000000004'",
            })
    void tellsAFaultWhereItIs(String sound, String wrong, String expected) {
        RuleException thrown = assertThrows(
                RuleException.class, () -> matching(FILTER.replace(sound, wrong), Kinds.event(Kinds.THING)));
        List<Fault> ordered = new ArrayList<>(thrown.faults());
        ordered.sort(Fault.ORDER);
        List<String> told = new ArrayList<>();
        for (Fault fault : ordered) {
            told.add(fault.line() + ":" + fault.column() + " " + fault.message());
        }
        assertEquals(expected.split(" / ").length, told.size(), told::toString);
        assertTrue(told.containsAll(List.of(expected.split(" / "))), told::toString);
    }
}
