package org.sandbar.protocol.ftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.wire.Address;

class EndpointTest {
    @ParameterizedTest(name = "PORT {0}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "192,168,1,5,19,136;192.168.1.5 5000",
                "0,0,0,0,4,0;0.0.0.0 1024",
                "192,168,1,5,0,80;192.168.1.5 80",
                "192,168,1,5,0,0;192.168.1.5 0 port-zero",
                "192,168,1,5,0,5000;192.168.1.5 5000 number-too-large",
                "192,168,1,261,19,136;192.168.1.5 5000 number-too-large",
                "192,168,0,261,19,136;192.168.1.5 5000 number-too-large",
                "448,168,1,5,19,136;192.168.1.5 5000 number-too-large",
                "0,0,0,3232235781,19,136;192.168.1.5 5000 number-too-large",
                "0,0,0,7527203077,19,136;192.168.1.5 5000 number-too-large",
                "192,168,1,5,,136;192.168.1.5 136 empty-number",
                "192,168,1,5,19,;192.168.1.5 4864 empty-number",
                "192,168,001,005,19,136;192.168.1.5 5000 leading-zero",
                "192,168,1,5,19,136,7;192.168.1.5 5000 extra-number",
                "192,168,1,5,19,136 ;192.168.1.5 5000 trailing-blank",
                "192,168,1,5,19,136 x;192.168.1.5 5000 trailing-text",
                "192,168,1,5,19,136\0;192.168.1.5 5000 trailing-text",
                "192,168,1,5,19;unreadable",
                "192, 168,1,5,19,136;unreadable",
                "192.168.1.5,19,136;unreadable",
                "-1,168,1,5,19,136;unreadable",
                "(192,168,1,5,19,136);unreadable",
                "abc;unreadable",
            })
    void port(String argument, String expected) {
        assertEquals(expected, command(Verb.PORT, argument));
    }

    @ParameterizedTest(name = "EPRT {0}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "|1|192.0.2.1|5000|;192.0.2.1 5000",
                "|2|2001:db8::5|46525|;2001:db8::5 46525",
                "|2|2001:DB8:0:0:0:0:0:5|46525|;2001:db8::5 46525",
                "!1!192.0.2.1!5000!;192.0.2.1 5000",
                "|1|192.0.2.1|65559|;192.0.2.1 23 number-too-large",
                "|1|192.0.2.1|99999999999|;192.0.2.1 59391 number-too-large",
                "|1|192.0.2.1|0|;192.0.2.1 0 port-zero",
                "|1|192.0.2.1|05000|;192.0.2.1 5000 leading-zero",
                "|1|192.0.02.1|5000|;192.0.2.1 5000 leading-zero",
                "|1|192.0.2.257|5000|;192.0.3.1 5000 number-too-large",
                "|2|192.0.2.1|5000|;192.0.2.1 5000 address-family",
                "||192.0.2.1|5000|;192.0.2.1 5000 address-family",
                "|1|192.0.2.1|5000;192.0.2.1 5000 unfinished",
                "|1|192.0.2.1|5000| tail;192.0.2.1 5000 trailing-text",
                "|1|192.0.2.1||;unreadable",
                "|1|192.0.2|5000|;unreadable",
                "|1||5000|;unreadable",
                "|2|fe80::1%eth0|5000|;unreadable",
                "1|1|192.0.2.1|5000|;unreadable",
                "|;unreadable",
                "|1|;unreadable",
            })
    void extendedPort(String argument, String expected) {
        assertEquals(expected, command(Verb.EPRT, argument));
    }

    @ParameterizedTest(name = "LPRT {0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "4,4,192,0,2,1,2,19,136;192.0.2.1 5000",
                "6,16,32,1,13,184,0,0,0,0,0,0,0,0,0,0,0,5,2,19,136;2001:db8::5 5000",
                "4,4,192,0,2,1,2,19,136,1;192.0.2.1 5000 extra-number",
                "4,4,192,0,2,1,3,19,136;unreadable",
                "4,16,192,0,2,1,2,19,136;unreadable",
                "9,4;unreadable",
            })
    void longPort(String argument, String expected) {
        assertEquals(expected, command(Verb.LPRT, argument));
    }

    @ParameterizedTest(name = "227{0}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " Entering Passive Mode (127,0,0,1,4,51);127.0.0.1 1075",
                " Entering Passive Mode (127,0,0,1,4,51).;127.0.0.1 1075",
                " (127,0,0,1,4,51);127.0.0.1 1075",
                "-Entering Passive Mode (127,0,0,1,4,51);127.0.0.1 1075",
                " 1.2 rc Entering (127,0,0,1,4,51);127.0.0.1 1075",
                " Entering (really) Passive Mode (2) (127,0,0,1,4,51);127.0.0.1 1075",
                " Entering Passive Mode (0,0,0,0,4,51);0.0.0.0 1075",
                " Entering passive mode. 127,0,0,1,4,51;127.0.0.1 1075 no-parentheses",
                " Data transfer will passively listen to 127,0,0,1,4,51;127.0.0.1 1075 no-parentheses",
                " =127,0,0,1,4,51;127.0.0.1 1075 no-parentheses",
                " Entering Passive Mode PORT 127,0,0,1,4,51;127.0.0.1 1075 no-parentheses",
                " v2 at 127,0,0,1,4,51;127.0.0.1 1075 no-parentheses",
                " 127,0,0,1,4,51;127.0.0.1 1075 no-parentheses",
                " Entering Passive Mode (127,0,0,1,4,51;127.0.0.1 1075 no-parentheses",
                " Entering Passive Mode (127,0,0,1,4,51,6);127.0.0.1 1075 extra-number",
                " Entering Passive Mode (127,0,0,257,4,51);127.0.1.1 1075 number-too-large",
                " Entering Passive Mode (127,0,0,01,4,51);127.0.0.1 1075 leading-zero",
                " Entering Passive Mode (127,0,0,,4,51);127.0.0.0 1075 empty-number",
                " Entering Passive Mode (127,0,0,1,0,0);127.0.0.1 0 port-zero",
                " Entering Passive Mode (127,0,0,1,4);unreadable",
                " Entering Passive Mode;unreadable",
                "'';unreadable",
            })
    void passive(String text, String expected) {
        assertEquals(expected, reply(227, text));
    }

    @ParameterizedTest(name = "229{0}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " Entering Extended Passive Mode (|||48758|);control 48758",
                " Entering Extended Passive Mode (|||48758|).;control 48758",
                " Modo (extendido) (|||48758|);control 48758",
                " (!!!48758!);control 48758",
                " (|1|192.0.2.1|48758|);192.0.2.1 48758 address-given",
                " (|1||48758|);control 48758 address-given",
                " |||48758|;control 48758 no-parentheses",
                " (|||48758);control 48758 unfinished",
                " (|||0|);control 0 port-zero",
                " (|||65559|);control 23 number-too-large",
                " (||||);unreadable",
                " (48758);unreadable",
                " Entering Extended Passive Mode;unreadable",
            })
    void extendedPassive(String text, String expected) {
        assertEquals(expected, reply(229, text));
    }

    @Test
    void longPassive() {
        assertEquals("192.0.2.1 5000", reply(228, " Entering Long Passive Mode (4,4,192,0,2,1,2,19,136)"));
        assertEquals("unreadable", reply(228, " Entering Long Passive Mode"));
    }

    @Test
    void otherWordsAnnounceNothing() {
        assertEquals("none", command(Verb.RETR, "192,168,1,5,19,136"));
        assertEquals("none", command(null, "192,168,1,5,19,136"));
        assertEquals("none", reply(226, " (192,168,1,5,19,136)"));
    }

    @Test
    void aThirdPartyIsAnotherHostHoweverItIsWritten() {
        Address own = Address.parse("192.0.2.1");
        Address mapped = Address.parse("::ffff:192.0.2.1");
        assertFalse(new Endpoint(own, 5000, null).isThirdParty(own));
        assertFalse(new Endpoint(own, 5000, null).isThirdParty(mapped));
        assertFalse(new Endpoint(mapped, 5000, null).isThirdParty(own));
        assertFalse(new Endpoint(null, 5000, null).isThirdParty(own));
        assertFalse(new Endpoint(Address.v4(0), 5000, null).isThirdParty(own));
        assertTrue(new Endpoint(Address.parse("192.0.2.2"), 5000, null).isThirdParty(own));
        assertTrue(new Endpoint(Address.parse("2001:db8::1"), 5000, null).isThirdParty(own));
    }

    private static String command(Verb verb, String argument) {
        byte[] bytes = framed(argument);
        return text(Endpoint.ofCommand(verb, bytes, 3, bytes.length - 3));
    }

    private static String reply(int code, String text) {
        byte[] bytes = framed(text);
        return text(Endpoint.ofReply(code, bytes, 3, bytes.length - 3));
    }

    /** Digits and commas around the text show a reader that leaves its range. */
    private static byte[] framed(String text) {
        return ("1,(" + text + "7)|").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(Endpoint endpoint) {
        if (endpoint == null || !endpoint.isReadable()) {
            return endpoint == null ? "none" : endpoint.flaw();
        }
        String address =
                endpoint.address() == null ? "control" : endpoint.address().toString();
        return address + " " + endpoint.port() + (endpoint.isCanonical() ? "" : " " + endpoint.flaw());
    }
}
