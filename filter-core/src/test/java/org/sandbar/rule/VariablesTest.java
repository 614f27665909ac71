package org.sandbar.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.event.Event;
import org.sandbar.wire.Address;

/** {@code |expand}: what a rule says of a variable holds where it would with one of its values in place. */
class VariablesTest {
    private static final Variables VARIABLES = Variables.USUAL.with(Map.of(
            "LAB", List.of("198.51.100.0/24", "2001:db8::/32"),
            "LAB_PORTS", List.of("21", "4502-4534"),
            "WORDS", List.of("one", "t*o"),
            "COLOURS", List.of("red", "blue"),
            "FIVE", List.of("5")));
    private static final String HEAD = "title: T\nname: t\nid: 0f0e0d0c-0b0a-4908-8706-050403020100\nlevel: low\n"
            + "sandbar: {sid: 1}\nlogsource: {product: sandbar, service: thing}\n";

    private static RuleSet rules(String selection) {
        Tuning tuning = new Tuning(VARIABLES, List.of(), Instant.EPOCH, List.of());
        String detection = "detection:\n  s:\n    " + selection + "\n  condition: s\n";
        return RuleSet.parse("t.yaml", HEAD + detection, Kinds.ALL, tuning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "true  # dest_ip|cidr|expand: '%LAB%'",
                "true  # dest_ip|expand|cidr: '%LAB%'",
                "false # dest_ip|cidr|expand: '%HOME_NET%'",
                "true  # src_ip|cidr|expand: '%HOME_NET%'",
                "true  # src_ip|cidr|expand: ['%LAB%', '%HOME_NET%']",
                "false # src_ip|cidr|expand|all: ['%LAB%', '%HOME_NET%']",
                "false # dest_ip|cidr|expand: '%TRUSTED_FTP%'",
                "true  # dest_port|expand: '%LAB_PORTS%'",
                "false # number|expand: '%LAB_PORTS%'",
                "true  # number|gt|expand: '%FIVE%'",
                "true  # text|expand: 'x %WORDS%'",
                "true  # text|contains|expand: '%WORDS%'",
                "false # text|expand: '%WORDS%'",
                "true  # other|expand: '%WORDS%-%COLOURS%'",
                "true  # other|re|expand: '^%WORDS%-b'",
                "true  # texts|expand: '100\\% %COLOURS%'",
            })
    void standsForItsValues(boolean matches, String selection) {
        Event event = Kinds.event(
                Kinds.THING,
                "text",
                "x two",
                "other",
                "one-blue",
                "number",
                4_501,
                "texts",
                List.of("100% red"),
                "address",
                Address.parse("192.0.2.1"));
        assertEquals(matches, rules(selection).rules().get(0).matches(event));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "dest_ip|cidr|expand: '%HOME_NETT%'    # 9:27 unknown variable 'HOME_NETT': did you mean 'HOME_NET'?",
                "text|expand: ['%WORDS%', 'a %WARDS%'] # 9:33 unknown variable 'WARDS': did you mean 'WORDS'?",
                "text|expand: words                    # 9:18 '|expand' finds no variable here; write it as %NAME%",
                "dest_port|expand: '%WORDS%'           # 9:23 'dest_port|expand' must be a whole number, not 'one'",
                "dest_ip|cidr|expand: '%FIVE%'         # 9:26 'dest_ip|cidr' must be a network such as 10.0.0.0/8 or"
                        + " 2001:db8::/32, not '5'",
            })
    void tellsAFaultWhereItIs(String selection, String expected) {
        RuleException thrown = assertThrows(RuleException.class, () -> rules(selection));
        assertEquals(
                List.of(expected),
                thrown.faults().stream()
                        .map(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
                        .toList());
    }

    @Test
    void homeIsWhatNobodyRoutesToFromElsewhere() {
        for (String home : List.of("10.1.2.3", "172.31.255.255", "192.168.0.1", "169.254.1.1", "fd00::1", "fe80::1")) {
            assertEquals(true, isHome(home), home);
        }
        for (String away : List.of("172.32.0.0", "198.51.100.1", "100.64.0.1", "2001:db8::1")) {
            assertEquals(false, isHome(away), away);
        }
    }

    private static boolean isHome(String address) {
        Event event = Kinds.event(Kinds.THING, "address", Address.parse(address));
        return rules("address|cidr|expand: '%HOME_NET%'").rules().get(0).matches(event);
    }
}
