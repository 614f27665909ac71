package org.sandbar.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class YamlFileTest {
    enum Colour {
        RED,
        DARK_BLUE
    }

    private final List<Fault> faults = new ArrayList<>();

    private YamlMap map(String text) {
        return YamlFile.parse("f.yaml", text, faults).get(0).asMap();
    }

    private void expect(String... places) {
        List<String> told = new ArrayList<>();
        for (Fault fault : faults) {
            told.add(fault.line() + ":" + fault.column() + " " + fault.message());
        }
        assertEquals(List.of(places), told);
    }

    @Test
    void readsWhatItSays() {
        YamlMap map = map("text: a b\nnumber: -12\ndecimal: 1.5e3\nflag: true\ncolour: dark-blue\n"
                + "list: [x, 'y']\nmap: {no: no}\nquoted: 'true'\n");
        assertEquals("a b", map.get("text").asText());
        assertEquals(-12, map.get("number").asNumber(-12, 0));
        assertEquals(1500, map.get("decimal").asDecimal());
        assertTrue(map.get("flag").asFlag());
        assertEquals(Colour.DARK_BLUE, map.get("colour").asOneOf(Colour.values()));
        assertEquals(List.of("x", "y"), map.get("list").asTexts());
        assertEquals("no", map.need("map").asMap().get("no").asText());
        assertEquals("true", map.get("quoted").asText());
        assertNull(map.get("absent"));
        expect();
    }

    @Test
    void tellsWhatIsOfTheWrongType() {
        YamlMap map = map("a: 1\nb: [x, 7]\nc:\nd: 70000\ne: rde\nf: 'true'\ngray: 1.5\n");
        assertNull(map.get("a").asText());
        assertEquals(List.of("x"), map.get("b").asTexts());
        assertNull(map.get("b").asMap());
        assertNull(map.get("c").asText());
        assertNull(map.get("d").asNumber(0, 65_535));
        assertNull(map.get("e").asOneOf(Colour.values()));
        assertNull(map.get("f").asFlag());
        assertNull(map.get("gray").asNumber(0, 9));
        assertNull(map.need("h"));
        map.allowOnly(List.of("a", "b", "c", "d", "e", "f", "grey"));
        expect(
                "1:4 'a' must be text, not the number 1",
                "2:8 'b' must be text, not the number 7",
                "2:4 'b' must be a map, not a list",
                "3:3 'c' must be text, not empty",
                "4:4 'd' must be from 0 to 65535, not 70000",
                "5:4 'e' cannot be 'rde': did you mean 'red'?",
                "6:4 'f' must be true or false, not 'true'",
                "7:7 'gray' must be a whole number, not the number 1.5",
                "1:1 missing key 'h'",
                "7:1 unknown key 'gray': did you mean 'grey'?");
    }

    /** As YAML's core schema takes them in the library's own reader. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "007",
                "1.5",
                "-.5",
                ".5",
                "5.",
                "1e3",
                "1E-3",
                "-1.5e+10",
                "9223372036854775808",
                ".",
                "-.",
                "1e",
                "1e+",
                "e1",
                "1.2.3",
                "1-2",
                "2026-11-24",
                "192.0.2.0",
                "1d",
                "1f",
                "NaN",
                "Infinity",
                "1_000",
                "0x",
                "1 2",
                "1,5"
            })
    void numbersAreThoseOfTheCoreSchema(String text) {
        Object known =
                new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(text);
        YamlScalar scalar = (YamlScalar) map("a: " + text).get("a");
        assertEquals(known instanceof Number, scalar.isNumber());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\nb: [1, 2\\n         | 3:1 while parsing a flow sequence: expected ',' or ']', but got <stream end>",
                "a: 1\\na: 2              | 2:1 duplicate key 'a'",
                "a: &x 1\\nb: *x          | 2:4 aliases are not supported: repeat what is meant",
                "a: !!str 1               | 1:4 tags are not supported: quotes make text of anything",
                "? [a]\\n: b              | 1:3 a key must be text, not a list",
                "a: \"\\u0007\"           | 1:5 the character U+0007 is not allowed here",
                "a:\\n\\tb: 1             | 2:1 while scanning for the next token: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
            })
    void tellsWhatIsNoYaml(String text, String fault) {
        YamlFile.parse("f.yaml", text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007"), faults);
        expect(fault);
    }

    @Test
    void keepsTheDocumentsBeforeAFault() {
        assertEquals(
                2,
                YamlFile.parse("f.yaml", "a: 1\n---\n---\nb: 2\n---\n- ]\n", faults)
                        .size());
        assertEquals(6, faults.get(0).line());
    }

    @Test
    void tellsDeepNestingOnce() {
        YamlFile.parse("f.yaml", "[".repeat(100_000), faults);
        expect("1:66 nested too deeply");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "c: one two three                  # 1:8",
                "c: 'one two three'                # 1:9",
                "'c': \"one two three\"            # 1:11",
                "c: one\\n   two three             # 2:4",
                "c: |\\n  one\\n   two three       # 3:4",
                "c: >-\\n  one\\n  two three # 3:3",
                "c: \"on\\x65 two three\"          # 1:4",
                "c: 𝄞ne two three                 # 1:8",
                "é: one two three                  # 1:8",
            })
    void knowsThePlaceInsideAText(String text, String place) {
        YamlScalar scalar =
                (YamlScalar) map(text.replace("\\n", "\n")).entries().get(0).value();
        scalar.faultAt(scalar.text().indexOf("two"), "here");
        expect(place + " here");
    }

    @Test
    void knowsThePlaceBehindAText() {
        YamlScalar scalar = (YamlScalar) map("c: one and  \nd: 2").get("c");
        scalar.faultAt(scalar.text().length(), "here");
        expect("1:11 here");
    }

    @Test
    void showsTheLineAndTheCaret() {
        map("a:\r\n  b:\r\n\t\t  \r\n  é𝄞: x\r\n")
                .get("a")
                .asMap()
                .entries()
                .get(1)
                .value()
                .fault("no");
        assertEquals("f.yaml:4:7: error: no\n      é𝄞: x\n          ^", Fault.text(faults));
        assertEquals("f:1:2: error: no\n    \tx\n    \t^", new Fault("f", 1, 2, "no", "\tx").text());
        assertEquals("f:1:1: error: no", new Fault("f", 1, 1, "no", "").text());
    }

    @Test
    void tellsAFileThatCannotBeRead(@TempDir Path folder) throws IOException {
        YamlFile.read(folder.resolve("none"), faults);
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', '\n', 'b', (byte) 0xc3, 'x'});
        YamlFile.read(binary, faults);
        Path marked = Files.write(folder.resolve("marked"), "\ufeffa: b".getBytes("UTF-8"));
        assertFalse(YamlFile.read(marked, faults).isEmpty());
        expect("1:1 no such file", "2:2 not UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "titel, title",
        "sevice, service",
        "contain, contains",
        "Title, title",
        "xyzzy,",
        "sid, sid",
        "rve, rev",
        "a,"
    })
    void guessesWhatWasMeant(String word, String meant) {
        assertEquals(meant, Spelling.nearest(word, List.of("title", "service", "contains", "sid", "rev")));
    }
}
