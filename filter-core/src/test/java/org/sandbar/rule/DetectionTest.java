package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.bytes.Text;
import org.sandbar.event.Event;
import org.sandbar.wire.Address;
import org.sandbar.wire.Network;

class DetectionTest {
    private static final String HEAD = "title: T\nname: t\nid: 00000000-0000-4000-8000-000000000001\nlevel: low\n"
            + "logsource: {product: sandbar, service: thing}\nsandbar: {sid: 1}\n";

    private static Rule rule(String detection) {
        return RuleSet.parse("t.yaml", HEAD + "detection:\n" + detection, Kinds.ALL)
                .rules()
                .get(0);
    }

    private static boolean holds(String selection, Event event) {
        return rule("  s:\n    " + selection + "\n  condition: s\n").matches(event);
    }

    private static Event thing() {
        return Kinds.event(
                Kinds.THING,
                "text",
                "Hello *World\\ über",
                "other",
                "hello *WORLD\\ über",
                "texts",
                List.of("one", "Two three"),
                "number",
                9_007_199_254_740_993L,
                "decimal",
                -1.5,
                "flag",
                false,
                "address",
                Address.parse("10.1.2.3"),
                "time",
                // 2024-12-31T22:06:01Z, in the first week of 2025.
                1_735_682_761_000_000_000L,
                "inner",
                "WORLD",
                "word",
                "wo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "text: hello \\*world\\\\ über        # true",
                "text: hello \\*world\\ über          # true",
                "text: HELLO \\*WORLD\\ ÜBER          # true",
                "text: hello \\*world                 # false",
                "text: hello*                         # true",
                "text: '*über'                        # true",
                "text: '*WORLD*'                      # true",
                "text: h?llo*r??                      # false",
                "text: h?llo*b?r                      # true",
                "text: h*l*l*o*ü*r                    # true",
                "text: h*l*l*l*l*o*                   # false",
                "text: '*'                            # true",
                "text: '**'                           # true",
                "text: '?*'                           # true",
                "text: hello ?world*                  # true",
                "text: hello \\?world*                # false",
                "text: ''                             # false",
                "text: [no, 'hello*']                 # true",
                "text: [no, nor]                      # false",
                "text|cased: hello*                   # false",
                "text|cased: Hello*                   # true",
                "text|contains: BER                   # true",
                "text|contains: Über                  # true",
                "text|contains: LO \\*w               # true",
                "text|contains: lo ?w                 # true",
                "text|contains|cased: LO              # false",
                "text|cased|contains: lo              # true",
                "text|contains: world\\\\             # true",
                "text|contains: [x, wor]              # true",
                "text|contains|all: [hel, wor]        # true",
                "text|contains|all: [hel, nor]        # false",
                "text|startswith: HEL                 # true",
                "text|startswith: ello                # false",
                "text|startswith: h?l                 # true",
                "text|endswith: ÜBER                  # true",
                "text|endswith: übe                   # false",
                "text|endswith: a very long text which is longer than the other # false",
                "text|re: ^Hel+o                      # true",
                "text|re: w(or|ar)ld                  # false",
                "text|re|i: w(or|ar)ld                # true",
                "text|re|i|m|s: w.*d                  # true",
                "text: null                           # false",
                "text:                                # false",
                "text|exists: true                    # true",
                "text|exists: false                   # false",
                "text|fieldref: other                 # true",
                "text|fieldref|cased: other           # false",
                "texts: ONE                           # true",
                "texts: two                           # false",
                "texts|contains|all: [on, thr]        # true",
                "texts|contains|all: [on, four]       # false",
                "texts|re: t.ree$                     # true",
                "number: 9007199254740993             # true",
                "number: 9007199254740992             # false",
                "number: '9007199254740993'           # true",
                "number|gt: 9007199254740992          # true",
                "number|gt: 9007199254740993          # false",
                "number|gte: 9007199254740993         # true",
                "number|lt: 9007199254740994          # true",
                "number|lt: 9007199254740993          # false",
                "number|lte: 9007199254740993         # true",
                "number: [1, 2]                       # false",
                "decimal: -1.5                        # true",
                "decimal|lt: -1                       # true",
                "decimal|gte: 0                       # false",
                "flag: false                          # true",
                "flag: true                           # false",
                "address: 10.1.2.3                    # true",
                "address: 10.1.2.4                    # false",
                "address: ::1                         # false",
                "address|cidr: 10.0.0.0/8             # true",
                "address|cidr: 0.0.0.0/0              # true",
                "address|cidr: ::/0                   # false",
                "address|cidr: [10.1.2.4/31, 10.1.2.2/31] # true",
                "time|exists: true                    # true",
                "rows|exists: false                   # true",
                "text|neq: hello*                     # false",
                "text|neq: [no, nor]                  # true",
                "text|neq: [no, hello*]               # false",
                "text|contains|all|neq: [hel, nor]    # true",
                "text|neq: null                       # true",
                "number|neq: 5                        # true",
                "number|gt|neq: 5                     # false",
                "text|fieldref|neq: other             # false",
                "text|fieldref|neq|cased: other       # true",
                "text|fieldref|contains: inner        # true",
                "text|fieldref|startswith: inner      # false",
                "text|fieldref|endswith: inner        # false",
                "text|fieldref|contains|cased: inner  # false",
                "inner|fieldref: text                 # false",
                "texts|fieldref: inner                # false",
                "texts|fieldref|contains: word        # true",
                "number|fieldref: dest_port           # false",
                "dest_port|fieldref: dest_port        # true",
                "src_ip|fieldref: dest_ip             # false",
                "time|minute: 6                       # true",
                "time|hour: 22                        # true",
                "time|hour: [1, 2]                    # false",
                "time|hour|gte: 22                    # true",
                "time|hour|gt: 22                     # false",
                "time|day: 31                         # true",
                "time|week: 1                         # true",
                "time|month: 12                       # true",
                "time|year: 2024                      # true",
                "time|year|neq: 2024                  # false",
                "timestamp|year: 1970                 # true",
                "'|all': [hello, two]                 # true",
                "'|all': [hello, nothing]             # false",
                "'|re': ['nothing', 'H.l']            # true",
                "'|re|i|all': ['^h.l', 'THREE']       # true",
                "'|cased': [HELLO, TWO]               # false",
                "'|neq': [nothing]                    # true",
                "'|windash': [-nothing]               # false",
                "event_type: thing                    # true",
                "dest_port: 4510                      # true",
                "src_ip|cidr: 192.168.0.0/16          # true",
                "{text: 'hello*', flag: false}        # true",
                "{text: 'hello*', flag: true}         # false",
                "[{flag: true}, {number|gt: 1}]       # true",
                "[{flag: true}, {number|lt: 1}]       # false",
                "[hello, nothing]                     # true",
                "[nothing, TWO]                       # true",
                "[nothing]                            # false",
                "[4510]                               # false",
            })
    void compares(String selection, boolean holds) {
        assertEquals(holds, holds(selection, thing()));
    }

    /** The values, but for the last two, are those that pySigma makes of the same modifiers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "text|base64: foobar               # Zm9vYmFy                # true",
                "text|base64: foobar               # zm9VYmFy                # true",
                "text|base64|cased: foobar         # zm9VYmFy                # false",
                "text|base64: foob                 # Zm9vYg==                # true",
                "text|base64|contains: foobar      # xZm9vYmFyx              # true",
                "text|base64offset|contains: foobar # xxZm9vYmFyxx           # true",
                "text|base64offset|contains: foobar # xxxZvb2Jhcx            # true",
                "text|base64offset|contains: foobar # xxmb29iYXxx            # true",
                "text|base64offset|contains: foobar # Zm9vYmF                # false",
                "text|base64offset|contains: é/     # IMOpLy                 # true",
                "text|base64offset|contains|all: [foobar, foo] # Zm9vYmFy    # true",
                "text|base64offset|contains|all: [foobar, fooo] # Zm9vYmFy   # false",
                "text|wide|base64offset|contains: ping # xxcABpAG4AZwxx      # true",
                "text|wide|base64offset|contains: ping # AHAAaQBuAGcA        # true",
                "text|utf16le|base64: ping         # cABpAG4AZwA=            # true",
                "text|utf16be|base64: ping         # AHAAaQBuAGc=            # true",
                "text|utf16|base64: ping           # //5wAGkAbgBnAA==        # true",
                "text|windash|contains: ' -x'      # cmd /x                  # true",
                "text|contains|windash: ' -x'      # cmd —x             # true",
                "text|contains|windash: ' /x'      # cmd -x                  # true",
                "text|windash: '-a-b /c *'         # /a-b ―c d          # true",
                "text|windash: '-a-b'              # /a/b                    # false",
                "text|windash|contains|all: ['-a', '-b'] # x /b –a      # true",
                "text|contains: ' -x'              # cmd /x                  # false",
            })
    void encodes(String selection, String text, boolean holds) {
        assertEquals(holds, holds(selection, Kinds.event(Kinds.THING, "text", text)));
    }

    /** As events show the bytes: what is not UTF-8 as backslash, x and two digits. */
    @Test
    void encodesAsTheBytesAreShown() {
        byte[] mark = {(byte) 0xff, (byte) 0xfe, 'a', 0, 'b', 0};
        Event marked = Kinds.event(Kinds.THING, "text", Text.of(mark, 0, mark.length));
        assertTrue(holds("text|utf16: ab", marked));
        assertTrue(holds("text|wide|contains: B", marked));
        assertTrue(holds("text|wide|contains: a*b", marked));
        assertTrue(holds("text|utf16le|endswith: b", marked));
        assertFalse(holds("text|utf16be|endswith: b", marked));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "text: '*'",
                "text|contains: x",
                "text|re: .",
                "texts: '*'",
                "number: 0",
                "number|lt: 1",
                "decimal|lt: 1",
                "flag: false",
                "address|cidr: 0.0.0.0/0",
                "text|fieldref: other",
                "text|exists: true",
                "[x]"
            })
    void whatIsNotKnownMatchesNothing(String selection) {
        Event event = Kinds.event(Kinds.THING);
        assertFalse(holds(selection, event));
        assertTrue(rule("  s:\n    " + selection + "\n  condition: not s\n").matches(event));
    }

    @Test
    void whatIsNotKnownIsNull() {
        Event event = Kinds.event(Kinds.THING);
        assertTrue(holds("text: null", event));
        assertTrue(holds("text|exists: false", event));
        assertTrue(holds("number: [1, null]", event));
        assertTrue(holds("text: ''", Kinds.event(Kinds.THING, "text", "")));
        assertTrue(holds("text: '*'", Kinds.event(Kinds.THING, "text", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/32, 10.1.2.3, true",
        "10.1.2.99/24, 10.1.2.1, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::/64, 2001:db8::ffff, true",
        "2001:db8::/65, 2001:db8:0:0:8000::, false",
        "2001:db8::1/128, 2001:db8::1, true",
        "::/0, 2001:db8::, true",
        "::/0, 1.2.3.4, false",
    })
    void knowsNetworks(String network, String address, boolean inside) {
        assertEquals(inside, Network.parse(network).contains(Address.parse(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "t, true",
        "f, false",
        "not f, true",
        "not t, false",
        "not not t, true",
        "t and f, false",
        "t or f, true",
        "t or f and f, true",
        "(t or f) and f, false",
        "f and f or t, true",
        "not f and f, false",
        "not (f and f), true",
        "not f or t, true",
        "1 of s*, true",
        "all of s*, false",
        "any of s*, true",
        "not 1 of s*, false",
        "1 of sf*, false",
        "all of st*, true",
        "1 of them, true",
        "all of them, false",
        "1 of sf* or t, true",
        "not all of s* and t, true",
        "T_x, true",
        "((t)), true",
        "t AND NOT f, true",
        "all of s?1, false",
        "2 of s*, false",
        "2 of them, true",
        "3 of them, true",
        "4 of them, false",
        "(f)or(t), true",
    })
    void readsConditions(String condition, boolean holds) {
        StringBuilder unused = new StringBuilder(" or _possible");
        for (String name : List.of("t", "f", "st1", "sf1", "T_x", "_u")) {
            unused.append(" or (").append(name).append(" and not ").append(name).append(')');
        }
        assertEquals(
                holds,
                rule("  t: {flag: false}\n  f: {flag: true}\n  st1: {flag: false}\n  sf1: {flag: true}\n"
                                + "  T_x: {flag: false}\n  _u: {flag: false}\n  _possible: {text: x}\n  condition: "
                                + condition + unused
                                + "\n")
                        .matches(Kinds.event(Kinds.THING, "flag", false)));
    }

    @Test
    void oneOfAListOfConditionsIsEnough() {
        String detection = "  t: {flag: false}\n  f: {text: x}\n  condition: [f and t, t, f]\n";
        assertTrue(rule(detection).matches(Kinds.event(Kinds.THING, "flag", false)));
        assertFalse(rule(detection.replace(", t,", ",")).matches(Kinds.event(Kinds.THING, "flag", false)));
    }

    /** A backtracking matcher would need longer than the universe has. */
    @Test
    void expressionsMatchInLinearTime() {
        Event event = Kinds.event(Kinds.THING, "text", "a".repeat(4_096));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertFalse(holds("text|re: '^(a|a?)+b$'", event)));
    }

    @Test
    void themAreNotThoseWithAnUnderscore() {
        String detection = "  t: {flag: false}\n  _f: {flag: true}\n  condition: all of them and not _f\n";
        assertTrue(rule(detection).matches(Kinds.event(Kinds.THING, "flag", false)));
    }

    @Test
    void withoutServiceLooksAtEveryKindThatHasTheFields() {
        Rule common = RuleSet.parse(
                        "t.yaml",
                        HEAD.replace(", service: thing", "") + "detection: {s: {dest_port: 4510}, condition: s}",
                        Kinds.ALL)
                .rules()
                .get(0);
        assertEquals(Kinds.ALL, List.copyOf(common.kinds()));
        assertTrue(common.matches(Kinds.event(Kinds.HTTP)));
        RuleSet set = RuleSet.parse(
                "t.yaml",
                HEAD.replace(", service: thing", "")
                        + "detection: {s: [{dest_port: 4510}, {text|fieldref: other}], condition: s}",
                Kinds.ALL);
        assertEquals(List.of(Kinds.THING), List.copyOf(set.rules().get(0).kinds()));
        assertEquals(1, set.rulesFor(Kinds.THING).length);
        assertEquals(0, set.rulesFor(Kinds.HTTP).length);
        assertFalse(set.rules().get(0).matches(Kinds.event(Kinds.HTTP)));
    }
}
