package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.bytes.Limits;
import org.sandbar.yaml.Fault;

class RuleFaultTest {
    /** Without a fault; a test replaces one line of it. */
    private static final List<String> SOUND = List.of(
            "title: A thing",
            "name: a-thing",
            "id: 0f0e0d0c-0b0a-4908-8706-050403020100",
            "status: test",
            "level: low",
            "tags: [attack.t1090]",
            "logsource: {product: sandbar, service: thing}",
            "detection:",
            "  one:",
            "    text: x",
            "  condition: one",
            "sandbar: {sid: 7, rev: 2, action: drop, once_per: flow}");

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
    void readsASoundRule() {
        Rule rule = RuleSet.parse("t.yaml", String.join("\n", SOUND), Kinds.ALL)
                .rules()
                .get(0);
        assertEquals("a-thing", rule.name());
        assertEquals(7, rule.sid());
        assertEquals(2, rule.rev());
        assertEquals(Rule.Action.DROP, rule.action());
        assertEquals(Rule.OncePer.FLOW, rule.oncePer());
        assertEquals(Rule.Level.LOW, rule.level());
        assertEquals(3, rule.level().severity());
        assertEquals(Rule.Status.TEST, rule.status());
        assertEquals(List.of("attack.t1090"), rule.tags());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "1  # titel: A thing             # 1:1 unknown key 'titel': did you mean 'title'? / 1:1 missing key 'title'",
                "1  # title: [a]                 # 1:8 'title' must be text, not a list",
                "2  # name: A thing              # 2:7 'name' must be lower-case letters, digits and hyphens, not 'A thing'",
                "2  # title: again               # 1:1 missing key 'name' / 2:1 duplicate key 'title'",
                "3  # id: 1-1-1-1-1              # 3:5 'id' must be a UUID, not '1-1-1-1-1'",
                "4  # status: stabel             # 4:9 'status' cannot be 'stabel': did you mean 'stable'?",
                "5  # level: bad                 # 5:8 'level' cannot be 'bad'; known: informational, low, medium, high, critical",
                "5  #                            # 1:1 missing key 'level'",
                "6  # tags: [attack.t1090, T1]   # 6:22 a tag must be a lower-case namespace, a dot and a name, such as attack.t1090",
                "7  # logsource: {product: windows, service: thing} # 7:22 'product' must be 'sandbar', not 'windows'",
                "7  # logsource: {product: sandbar, service: thign} # 7:40 unknown service 'thign': did you mean 'thing'?",
                "7  # logsource: {product: sandbar, sevrice: thing} # 7:31 unknown key 'sevrice': did you mean 'service'?",
                "7  # logsource: {service: thing} # 7:12 missing key 'product'",
                "9  # - one:                      # 9:1 'detection' must be a map, not a list",
                "10 #     txet: x                # 10:5 unknown field 'txet' of 'thing' events: did you mean 'text'?",
                "10 #     text|contain: x        # 10:10 unknown modifier 'contain': did you mean 'contains'?",
                "10 #     text|contains|base64: x # 10:19 '|base64' must stand before '|contains'",
                "10 #     text|base64: 'x*'      # 10:18 '|base64' takes no wildcards: a backslash makes '*' and '?' literal",
                "10 #     text|base64offset: x   # 10:24 '|base64offset' needs 2 characters or more",
                "10 #     text|windash|wide: x   # 10:18 '|wide' cannot go with '|windash'",
                "10 #     number|wide: 1         # 10:12 '|wide' does not apply to 'number', which is a number",
                "10 #     number|windash: 1      # 10:12 '|windash' does not apply to 'number', which is a number",
                "10 #     text|exists|neq: true  # 10:17 '|neq' cannot go with '|exists'",
                "10 #     text|startswith|fieldref: other # 10:21 '|fieldref' must stand before '|startswith'",
                "10 #     number|fieldref|contains: dest_port # 10:21 '|contains' does not apply to 'number', which is a number",
                "10 #     text|hour: 5           # 10:10 '|hour' does not apply to 'text', which is text",
                "10 #     time|hour: 24          # 10:16 'time|hour' must be from 0 to 23, not 24",
                "10 #     time|hour|re: 2        # 10:15 '|re' cannot go with '|hour'",
                "10 #     text|re: 'GET (?!/a)'  # 10:19 lookahead does not match in linear time: ask for it in a selection of its own, and join the two in the condition",
                "10 #     text|re: 'x(?<=a)'     # 10:16 lookbehind does not match in linear time: ask for it in a selection of its own, and join the two in the condition",
                "10 #     text|re: '(a)[\\1]\\1' # 10:22 a backreference does not match in linear time: write out what may be repeated, or compare two fields with '|fieldref'",
                "10 #     text|re: '(?>a)b'      # 10:15 atomic groups are not known: write (?:…), which costs no more here",
                "10 #     text|re: 'ab*+c'       # 10:18 possessive quantifiers are not known: leave the second '+' out, it costs no more here",
                "10 #     text|re: 'ab[z-a]c'    # 10:18 not a regular expression of RE2: invalid character class range: z-a",
                "10 #     '|exists': [a, b]      # 10:7 '|exists' needs a field",
                "10 #     '|cidr': [a, b]        # 10:7 '|cidr' needs a field",
                "11 #   condition: 2 of one*     # 11:14 2 of 1 selections cannot hold",
                "11 #   condition: []            # 11:14 the list of conditions is empty",
                "11 #   condition: [one, 5]      # 11:20 'condition' must be text, not the number 5",
                "11 #   condition: [one, tow]    # 11:20 unknown selection 'tow'; known: one",
                "10 #     number: many           # 10:13 'number' must be a whole number, not 'many'",
                "10 #     number|gte: 1.5        # 10:17 'number|gte' must be a whole number, not the number 1.5",
                "10 #     number|contains: 1     # 10:12 '|contains' does not apply to 'number', which is a number",
                "10 #     flag: 1                # 10:11 'flag' must be true or false, not the number 1",
                "10 #     text: true             # 10:11 'text' must be text: in quotes, 'true' is text",
                "10 #     text|gt: 1             # 10:10 '|gt' does not apply to 'text', which is text",
                "10 #     text|exists: maybe     # 10:18 'text|exists' must be true or false, not 'maybe'",
                "10 #     text|contains: null    # 10:20 null has nothing to compare with",
                "10 #     text|cased|re: x       # 10:10 '|cased' cannot go with '|re'",
                "10 #     text|contains|re: x    # 10:19 '|re' cannot go with '|contains'",
                "10 #     text|i: x              # 10:10 '|i' must stand behind '|re'",
                "10 #     number|gt|all: 1       # 10:15 '|all' cannot go with '|gt'",
                "10 #     text|re: '(x'          # 10:15 not a regular expression of RE2: missing closing ): (x",
                "10 #     address: 10.0.0.256    # 10:14 'address' must be an address; 'address|cidr' takes networks",
                "10 #     address: 10.0.0.0/8    # 10:14 'address' must be an address; 'address|cidr' takes networks",
                "10 #     address|cidr: 10.0/8   # 10:19 'address|cidr' must be a network such as 10.0.0.0/8 or 2001:db8::/32, not '10.0/8'",
                "10 #     address|cidr: 10.0.0.0/33 # 10:19 'address|cidr' must be a network such as 10.0.0.0/8 or 2001:db8::/32, not '10.0.0.0/33'",
                "10 #     time: 5                # 10:5 'time' is a time: rules can ask whether it exists, and, with '|hour' and the like, for a part of it",
                "10 #     rows|contains: 5       # 10:5 'rows' is a table: rules can only ask whether it exists",
                "10 #     text|fieldref: number  # 10:20 'number' is a number, but 'text' is text",
                "10 #     text|fieldref: nubmer  # 10:20 unknown field 'nubmer' of 'thing' events: did you mean 'number'?",
                "10 #     text: {a: b}           # 10:11 'text' must be a value or a list of values",
                "10 #     text: []               # 10:11 an empty selection selects nothing",
                "10 #     - true                 # 10:7 a selection's list must hold maps of fields, or words to look for",
                "10 #     x                      # 10:5 a selection must be a map of fields, or a list",
                "11 #   condition: one and       # 11:21 expected a selection at the end",
                "11 #   condition: one and one two # 11:26 expected 'and' or 'or' before 'two'",
                "11 #   condition: one and (one  # 11:26 expected ')' at the end",
                "11 #   condition: one)          # 11:17 ')' without '('",
                "11 #   condition: one or and    # 11:21 expected a selection before 'and'",
                "11 #   condition: 'one and onne' # 11:23 unknown selection 'onne': did you mean 'one'?",
                "11 #   condition: 1 of x*       # 9:3 selection 'one' is not used by the condition / 11:19 no selection matches 'x*'; known: one",
                "11 #   condition: 1 of          # 11:18 expected 'them' or the beginning of a selection's name with '*'",
                "11 #   condition: one | count() # 11:18 aggregations are not part of a condition: Sigma has correlation rules for them",
                "11 #   two: {text: y}           # 9:3 missing key 'condition'",
                "12 # sandbar: {sid: 0}          # 12:16 'sid' must be from 1 to 2147483647, not 0",
                "12 # sandbar: {sid: 2147483648} # 12:16 'sid' must be from 1 to 2147483647, not 2147483648",
                "12 # sandbar: {sid: x}          # 12:16 'sid' must be a whole number, not 'x'",
                "12 # sandbar: {rev: 1}          # 12:10 missing key 'sid'",
                "12 # sandbar: {sid: 1, acton: drop} # 12:19 unknown key 'acton': did you mean 'action'?",
                "12 # sandbar: {sid: 1, action: block} # 12:27 'action' cannot be 'block'; known: pass, drop, reject, alert",
                "12 #                            # 1:1 missing key 'sandbar'",
                "12 # sandbar: {sid: 1           # 12:17 while parsing a flow mapping: expected ',' or '}', but got <stream end>",
            })
    void tellsAFaultWhereItIs(int line, String replacement, String expected) {
        List<String> lines = new ArrayList<>(SOUND);
        String indented =
                replacement == null ? "" : (line == 10 ? "    " : line == 11 ? "  " : "") + replacement.strip();
        lines.set(line - 1, indented);
        assertEquals(List.of(expected.split(" / ")), faults(String.join("\n", lines)));
    }

    @Test
    void tellsAllFaultsAtOnce() {
        assertEquals(
                List.of(
                        "1:1 missing key 'title'",
                        "1:1 missing key 'id'",
                        "1:1 missing key 'level'",
                        "3:40 unknown service 'http2': did you mean 'http'?"),
                faults("name: x\nsandbar: {sid: 1}\nlogsource: {product: sandbar, service: http2}\n"
                        + "detection: {s: {a: b}, condition: s}\n"));
    }

    private static Path write(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static RuleSet load(Path... paths) {
        return RuleSet.load(List.of(paths), Kinds.ALL, Limits.USUAL);
    }

    @Test
    void looksForDoublesInAllFiles(@TempDir Path folder) throws IOException {
        Path first = write(folder, "a.yaml", String.join("\n", SOUND));
        write(folder, "b.yml", String.join("\n", SOUND) + "\n---\n" + String.join("\n", SOUND));
        write(folder, "c.txt", "{");
        write(folder, "trust.yaml", "weights: {}");
        RuleException thrown = assertThrows(RuleException.class, () -> load(folder));
        assertEquals(6, thrown.faults().size());
        Fault sid = thrown.faults().get(2);
        assertEquals(folder.resolve("b.yml").toString(), sid.file());
        assertEquals("duplicate sid 7, first at " + first + ":12", sid.message());
        assertEquals(16, sid.column());
        assertEquals(1, load(first).rules().size());
        assertEquals(1, load(first, first).rules().size());
    }

    @Test
    void tellsWhatNoKindHas() {
        String anyKind = String.join("\n", SOUND).replace(", service: thing", "");
        assertEquals(
                List.of("10:5 unknown field 'ftp.commnd': did you mean 'ftp.command'?"),
                faults(anyKind.replace("text: x", "ftp.commnd: x")));
        assertEquals(
                List.of("7:12 no kind of event has all the fields of the detection; name one in 'service'"),
                faults(anyKind.replace("text: x", "{ftp.command: x, text: y}")));
    }

    @Test
    void refusesDeepConditions() {
        assertTrue(
                faults(String.join("\n", SOUND).replace("condition: one", "condition: " + "(".repeat(10_000) + "one"))
                        .get(0)
                        .endsWith("nested too deeply"));
        assertTrue(faults(String.join("\n", SOUND)
                        .replace("condition: one", "condition: " + "not ".repeat(10_000) + "one"))
                .get(0)
                .endsWith("nested too deeply"));
    }

    @Test
    void showsTheFaultAsCompilersDo() {
        RuleException thrown = assertThrows(
                RuleException.class,
                () -> RuleSet.parse(
                        "rules/a-thing.yaml",
                        String.join("\n", SOUND).replace("condition: one", "condition: one and tow"),
                        Kinds.ALL));
        assertEquals("""
                rules/a-thing.yaml:11:22: error: unknown selection 'tow'; known: one
                      condition: one and tow
                                         ^""", thrown.getMessage());
    }

    @Test
    void brokenFilesThrowNothingElse() throws IOException {
        List<String> texts = new ArrayList<>();
        try (var files = Files.newDirectoryStream(Path.of(System.getProperty("sandbar.root"), "rules"), "*.yaml")) {
            for (Path file : files) {
                texts.add(Files.readString(file));
            }
        }
        // Together, so that correlations find their rules.
        texts.add(String.join("---\n", texts));
        Random random = new Random(4502);
        String marks = "\n\t :-{}[]()'\"|>*&!%#,?\\~0aé\u0000\ufeff\ud800";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(texts.get(random.nextInt(texts.size())));
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                } else {
                    text.insert(at, marks.charAt(random.nextInt(marks.length())));
                }
            }
            try {
                RuleSet.parse("t.yaml", text.toString(), Kinds.ALL);
            } catch (RuleException expected) {
                for (Fault fault : expected.faults()) {
                    assertTrue(fault.line() >= 1 && fault.column() >= 1, fault::text);
                    assertTrue(fault.column() <= fault.sourceLine().length() + 1, fault::text);
                }
            }
        }
    }
}
