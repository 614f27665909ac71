package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.event.Event;

class SatisfiabilityTest {
    private static List<String> faults(String selections) {
        String head = "title: A thing\nname: a-thing\nid: 0f0e0d0c-0b0a-4908-8706-050403020100\nlevel: low\n"
                + "logsource: {product: sandbar, service: thing}\nsandbar: {sid: 7}\ndetection:\n";
        try {
            RuleSet.parse("t.yaml", head + selections, Kinds.ALL);
            return List.of();
        } catch (RuleException wrong) {
            return wrong.faults().stream()
                    .map(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
                    .toList();
        }
    }

    private static List<String> faultsOf(String map) {
        return faults("  one: {" + map + "}\n  condition: one\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text|all: [a, b]",
                "text: a, text|startswith: b",
                "text|startswith: ab, text|re|all: [ab, cd], text|exists: false",
                "text|startswith|all: [ab, ac]",
                "text|endswith|all: [ab, bb]",
                "text: abc, text|contains: d",
                "text|cased: abc, text|re: d",
                "text: null, text|contains: a",
                "number|gt: 5, number|lt: 6",
                "number|gte: 5, number|lt: 5",
                "number: 5, number|gte: 6",
                "decimal|gt: 5, decimal|lt: 5",
                "flag: true, flag|exists: false",
                "address: 10.0.0.1, address|cidr: 10.1.0.0/16",
                "address|cidr|all: [10.0.0.0/16, '::/0']",
                "dest_port: 65536",
                "dest_port|lt: 0",
                "src_port|gt: 65535",
            })
    void cannotBe(String map) {
        assertEquals(1, faultsOf(map).size(), map + ": " + faultsOf(map));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text|all: [a*, '*b']",
                "text: a, text|startswith: A",
                "text|startswith|all: [ab, ABC]",
                "text: abc, text|re: C",
                "texts|all: [a, b]",
                "text|contains|all: [a, b, c]",
                "number|gt: 5, number|lt: 7",
                "decimal|gt: 5, decimal|lt: 6",
                "address: 10.0.0.1, address|cidr: 10.0.0.0/16",
                "dest_port: 65535",
                "number|lt: 0",
            })
    void canBe(String map) {
        assertEquals(List.of(), faultsOf(map));
    }

    @Test
    void wholeConditions() {
        String two = "  a: {text|startswith: ab}\n  b: {text|startswith: abc}\n  c: {number: 1}\n";
        String never = "11:14 the condition can never hold: what is asked of 'text' cannot be";
        assertEquals(List.of(never), faults(two + "  condition: b and not a and c\n"));
        assertEquals(
                List.of(never.replace("'text'", "'text' and of 'number'")),
                faults(two + "  condition: (b or b and c) and not (c or a)\n"));
        assertEquals(List.of("11:14 the condition always holds"), faults(two + "  condition: c or a or not b\n"));
        assertEquals(List.of(), faults(two + "  condition: a and not b or c\n"));
        assertEquals(List.of(), faults(two + "  condition: not a and not b and not c\n"));
    }

    /** A list of many values is as quick as one. */
    @Test
    void manyValues() {
        StringBuilder values = new StringBuilder("v0");
        for (int i = 1; i < 20_000; i++) {
            values.append(", v").append(i);
        }
        String selections = "  a: {text: [" + values + "], number|lt: 5}\n  b: {text|startswith: v, number|gt: 7}\n";
        assertTimeout(Duration.ofSeconds(5), () -> faults(selections + "  condition: a and not b or b\n"));
    }

    /** Whatever holds of some event is not said to be impossible, and what always holds, holds of all of them. */
    @Test
    void neverContradictsAnEvent() {
        Random random = new Random(7);
        int impossible = 0;
        for (int round = 0; round < 4_000; round++) {
            Condition condition = random(random, 3);
            boolean never = Satisfiability.whyNever(condition) != null;
            boolean always = Satisfiability.isAlways(condition);
            impossible += never || always ? 1 : 0;
            for (int i = 0; i < 10; i++) {
                boolean matches = condition.matches(event(random));
                assertFalse(matches ? never : always, condition::toString);
            }
        }
        assertTrue(impossible > 200, "impossible: " + impossible);
    }

    private static Condition random(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return condition(random);
        }
        if (random.nextInt(3) == 0) {
            return new Condition.Not(random(random, depth - 1));
        }
        List<Condition> parts = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            parts.add(random(random, depth - 1));
        }
        return random.nextBoolean() ? Condition.all(parts) : Condition.any(parts);
    }

    private static Condition condition(Random random) {
        String letters = "abAB".substring(random.nextInt(3));
        boolean cased = random.nextBoolean();
        TextPattern.Place place = TextPattern.Place.values()[random.nextInt(4)];
        Condition.Relation relation = Condition.Relation.values()[random.nextInt(6)];
        return switch (random.nextInt(5)) {
            case 0 -> new Condition.Number(Kinds.THING.field("number"), relation, random.nextInt(3));
            case 1 -> new Condition.Flag(Kinds.THING.field("flag"), random.nextBoolean());
            case 2 -> new Condition.Absent(Kinds.THING.field(random.nextBoolean() ? "text" : "number"));
            case 3 -> new Condition.Decimal(Kinds.THING.field("decimal"), relation, random.nextInt(3));
            default ->
                new Condition.Text(
                        Kinds.THING.field("text"),
                        Glob.parse(letters.substring(0, 1 + random.nextInt(letters.length())))
                                .pattern(place, cased));
        };
    }

    private static Event event(Random random) {
        Event event = Kinds.event(Kinds.THING);
        if (random.nextInt(3) > 0) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.append("abAB".charAt(random.nextInt(4)));
            }
            Kinds.set(event, "text", text.toString());
        }
        if (random.nextInt(3) > 0) {
            Kinds.set(event, "number", random.nextInt(4) - 1, "decimal", random.nextInt(3) - 0.5);
        }
        return random.nextInt(3) > 0 ? Kinds.set(event, "flag", random.nextBoolean()) : event;
    }
}
