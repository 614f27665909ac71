package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.sandbar.event.EventKind;

class ConditionTextTest {
    private static String words(String detection) {
        Rule rule = RuleSet.parse(
                        "t.yaml",
                        "title: A thing\nname: a-thing\nid: 0f0e0d0c-0b0a-4908-8706-050403020100\nlevel: low\n"
                                + "logsource: {product: sandbar, service: thing}\nsandbar: {sid: 7}\ndetection:\n"
                                + detection,
                        Kinds.ALL)
                .rules()
                .get(0);
        return new ConditionText(rule.conditions().get(Kinds.THING), "").toString();
    }

    private static String one(String comparison) {
        return words("  one: {" + comparison + "}\n  condition: one\n").strip();
    }

    @Test
    void comparisons() {
        assertEquals("text is 'a', 'b' or 'c'", one("text: [a, b, c]"));
        assertEquals("text begins with 'a' in just these letters", one("text|startswith|cased: a"));
        assertEquals("text ends with 'a'", one("text|endswith: a"));
        assertEquals("text contains 'a'", one("text|contains: a"));
        assertEquals("text matches the expression 'a+'", one("text|re: a+"));
        assertEquals("text is like 'a*b'", one("text: a*b"));
        assertEquals("texts has a text that is 'a'", one("texts: a"));
        assertEquals("number is 5", one("number: 5"));
        assertEquals("number is at most 5", one("number|lte: 5"));
        assertEquals("decimal is above 1.5", one("decimal|gt: 1.5"));
        assertEquals("flag is true", one("flag: true"));
        assertEquals("address is of 10.0.0.0/8 or 192.0.2.1", one("address|cidr: [10.0.0.0/8, 192.0.2.1/32]"));
        assertEquals("text is known", one("text|exists: true"));
        assertEquals("text is not known", one("text: null"));
        assertEquals("text is the same as other", one("text|fieldref: other"));
    }

    @Test
    void groups() {
        assertEquals(
                "all of these:\n  one of these at least:\n    text is 'a'\n    number is 1\n  number is not at least 9\n",
                words("  one: [{text: a}, {number: 1}]\n  two: {number|gte: 9}\n  condition: one and not two\n"));
        assertEquals(
                "not all of these:\n  text is 'a'\n  number is 1\n",
                words("  one: {text: a, number: 1}\n  condition: not one\n"));
    }

    /** There are words for every comparison of every shipped rule. */
    @Test
    void shippedRules() {
        for (Rule rule : Kinds.shipped().rules()) {
            for (EventKind kind : rule.kinds()) {
                ConditionText words = new ConditionText(rule.conditions().get(kind), "");
                assertFalse(words.toString().contains("["), rule.name() + "\n" + words);
                assertFalse(words.fields().isEmpty(), rule.name());
            }
        }
        assertTrue(Kinds.shipped().rules().size() > 30);
    }
}
