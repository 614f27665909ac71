package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.wire.Address;

class RuleIndexTest {
    /** Few letters, so that much of it matches; some have an ASCII form only when their case is folded, some none. */
    private static final String LETTERS = "abAB.kKsiſİıé-/\u2013";

    private final Random random = new Random(4502);

    private static RuleSet rules(List<String> detections) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < detections.size(); i++) {
            text.append("title: T\nname: r%d\nid: 00000000-0000-4000-8000-%012d\nlevel: low\n".formatted(i, i));
            text.append("logsource: {product: sandbar, service: thing}\nsandbar: {sid: %d}\n".formatted(i + 1));
            text.append("detection:\n").append(detections.get(i)).append("---\n");
        }
        return RuleSet.parse("t.yaml", text.toString(), Kinds.ALL);
    }

    /** One by one, without the index. */
    private static List<Rule> plainly(RuleSet rules, Event event) {
        List<Rule> matching = new ArrayList<>();
        for (Rule rule : rules.rulesFor(event.kind())) {
            if (rule.matches(event)) {
                matching.add(rule);
            }
        }
        return matching;
    }

    @Test
    void findsWhatAskingEachFinds() {
        int fired = 0;
        for (int round = 0; round < 40; round++) {
            List<String> detections = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                detections.add(possible());
            }
            RuleSet rules = rules(detections);
            RuleMatcher matcher = new RuleMatcher(rules);
            for (int i = 0; i < 250; i++) {
                Event event = event();
                List<Rule> expected = plainly(rules, event);
                assertEquals(expected, matcher.match(event));
                fired += expected.size();
            }
        }
        assertTrue(fired > 10_000, () -> "too few to say much");
    }

    /** One that can hold: others are refused. */
    private String possible() {
        while (true) {
            String detection = detection();
            try {
                rules(List.of(detection));
                return detection;
            } catch (RuleException impossible) {
                // Another, then.
            }
        }
    }

    private String detection() {
        return "  a:\n" + selection() + "  b:\n" + selection() + "  c:\n" + selection() + "  condition: "
                + oneOf(
                        "a and b and c",
                        "a or b or c",
                        "a and not (b or c)",
                        "2 of them",
                        "a and (b or c)",
                        "not a and b and c")
                + "\n";
    }

    private String selection() {
        String one = "text" + oneOf("", "|contains", "|startswith", "|endswith", "|cased", "|contains|windash", "|neq")
                + ": '" + word(oneOf("", "*", "?")) + "'";
        String list = "texts" + oneOf("", "|contains", "|endswith", "|contains|all") + ": ['" + word("") + "', '"
                + word("*") + "']";
        String expression = "other|re" + oneOf("", "|i") + ": '" + expression() + "'";
        String number = "number" + oneOf("", "|gt", "|neq") + ": " + random.nextInt(4);
        String network = "address|cidr: [10." + random.nextInt(2) + ".0.0/" + (7 + random.nextInt(18)) + ", 2001:db8::/"
                + random.nextInt(129) + "]";
        String flag = "flag: " + random.nextBoolean();
        String port = "dest_port: [4510, " + random.nextInt(65_536) + "]";
        return "    " + oneOf(one, list, expression, number, network, flag, port) + "\n";
    }

    private String expression() {
        String word = "[ab]".repeat(random.nextInt(2)) + plain();
        return oneOf(
                word,
                "^" + word + "$",
                word + "+" + plain(),
                "(" + word + "|" + plain() + ")" + plain(),
                "(?:" + word + ")?" + plain(),
                "(?i)" + word + "*" + plain(),
                plain() + "{2}" + plain() + "|" + plain(),
                plain() + "{0,3}\\." + plain(),
                plain() + "\\x61",
                ".*");
    }

    /** Letters that mean themselves in an expression. */
    private String plain() {
        return letters(1 + random.nextInt(2)).replace(".", "\\.");
    }

    private String word(String wildcard) {
        return letters(random.nextInt(3)) + wildcard + letters(random.nextInt(2));
    }

    private String letters(int count) {
        StringBuilder letters = new StringBuilder();
        while (letters.length() < count) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }

    private Event event() {
        Address v4 = Address.parse("10." + random.nextInt(3) + "." + random.nextInt(256) + ".1");
        return Kinds.event(
                Kinds.THING,
                "text",
                random.nextInt(8) == 0 ? null : letters(random.nextInt(5)),
                "other",
                letters(random.nextInt(7)),
                "texts",
                random.nextInt(8) == 0 ? null : List.of(letters(random.nextInt(4)), letters(3)),
                "number",
                random.nextInt(5) == 0 ? null : (long) random.nextInt(4),
                "flag",
                random.nextInt(3) == 0 ? null : random.nextBoolean(),
                "address",
                random.nextBoolean() ? v4 : Address.v6(0x2001_0db8_0000_0000L, random.nextInt(4)));
    }

    private String oneOf(String... words) {
        return words[random.nextInt(words.length)];
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "^/admin/[a-z]+\\.php$ # [/admin/]",
                "a.php\\?id= # [php?id=]",
                "(GET|POST) /x # [GET, POST]",
                "(GET|PUT) /login # [ /login]",
                "one|three # [one, three]",
                "one|.* #",
                "(abc)?de # [de]",
                "abc?defg+h # [defg]",
                "abc{2,}d # [abc]",
                "abc{0,2}d # [ab]",
                "(?i)abc # [abc]",
                "(?i:abc)d # [abc]",
                "(?P<n>abc)d # [abc]",
                "[^]a]bcd[\\]]e # [bcd]",
                "x\\d+yz\\.z # [yz.z]",
                "\\x41bcdef #",
                "\\Qabc\\E #",
                "[[:alpha:]]abc #",
                "a{x}bc #",
                ".* #",
            })
    void knowsWhatAnExpressionNeeds(String regex, String literals) {
        List<String> required = RequiredLiterals.of(regex);
        if (literals == null) {
            assertNull(required);
        } else {
            assertEquals(literals, String.valueOf(required));
        }
    }

    /** Of a thousand rules on an event that none of them matches, although many look at what it holds. */
    @Test
    void costsNoMemoryWhereNothingFires() {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<String> detections = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            detections.add("  s: {text|contains: 'abc', number: " + i + "}\n  condition: s\n");
            detections.add("  s: {text|re: '^word" + i + "[0-9]$'}\n  condition: s\n");
            detections.add("  s: {address|cidr: 10.0." + i + ".0/24, number|gt: " + i + "}\n  condition: s\n");
            detections.add("  s: {texts|startswith: 'x" + i + "', dest_port|gte: 1}\n  condition: s\n");
            detections.add("  s: {timestamp|hour: 3, dest_port: " + i + "}\n  condition: s\n");
        }
        RuleMatcher matcher = new RuleMatcher(rules(detections));
        Event event = Kinds.event(
                Kinds.THING,
                "text",
                "xabcx",
                "texts",
                List.of("y", "x"),
                "number",
                -5,
                "address",
                Address.parse("10.0.7.1"));
        long allocated = 0;
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                assertTrue(matcher.match(event).isEmpty());
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(allocated < 10_000, "10,000 events cost " + allocated + " bytes");
    }

    @Test
    void numbersAreReadWithoutObjects() {
        Event event = Kinds.event(Kinds.THING, "number", 7);
        Field number = Kinds.THING.field("number");
        assertEquals(7, event.number(number));
        assertEquals(Field.UNKNOWN, Kinds.event(Kinds.THING).number(number));
        assertEquals(4_510, event.number(Kinds.THING.field("dest_port")));
        assertEquals(4_510L, event.get(Kinds.THING.field("dest_port")));
    }
}
