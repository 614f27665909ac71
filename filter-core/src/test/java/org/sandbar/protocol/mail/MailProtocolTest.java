package org.sandbar.protocol.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Probe;

class MailProtocolTest {
    @ParameterizedTest
    @CsvSource({
        "SMTP,220 mail.example.net ESMTP,EHLO client.example.net",
        "SMTP,220-mail.example.net,helo client",
        "SMTP,220 x,LHLO client",
        "IMAP,* OK ready,a1 CAPABILITY",
        "IMAP,* PREAUTH in,A0001 login alice secret",
        "IMAP,* OK ready,. NOOP",
        "POP3,+OK ready <1.2@x>,CAPA",
        "POP3,+OK,USER alice",
        "POP3,+OK ready,STLS",
    })
    void aGreetingAndAFirstCommand(Dialect dialect, String greeting, String command) {
        String server = greeting + "\r\n";
        String client = command + "\r\n";
        for (int length = 1; length <= server.length(); length++) {
            assertEquals(Probe.NEED_MORE, probe(dialect, Direction.TO_CLIENT, server.substring(0, length)));
        }
        for (int length = 1; length < client.length(); length++) {
            assertNotEquals(Probe.NO_MATCH, probe(dialect, Direction.TO_SERVER, client.substring(0, length)));
        }
        assertEquals(Probe.MATCH, probe(dialect, Direction.TO_SERVER, client));
        assertEquals(
                List.of("mail-client"),
                evidence(dialect, new Dialogue().server(server).client(client)));
        // Who does not wait for the greeting may be made to say this.
        assertEquals(List.of(), evidence(dialect, new Dialogue().client(client).server(server)));
        assertEquals(List.of(), evidence(dialect, new Dialogue().client(client)));
    }

    @ParameterizedTest
    @CsvSource({
        "SMTP,GET / HTTP/1.1",
        "SMTP,USER alice",
        "SMTP,EHLOX",
        "SMTP,QUIT",
        "IMAP,CAPABILITY",
        "IMAP,a1 GET",
        "IMAP,GET / HTTP/1.1",
        "IMAP,aVeryLongTagOfSomething CAPABILITY",
        "POP3,AUTH TLS",
        "POP3,QUIT",
        "POP3,EHLO x",
        "POP3,NICK x",
    })
    void notThis(Dialect dialect, String command) {
        assertEquals(Probe.NO_MATCH, probe(dialect, Direction.TO_SERVER, command + "\r\n"));
    }

    @ParameterizedTest
    @CsvSource({"SMTP,250 ok", "SMTP,2200", "IMAP,+OK", "POP3,-ERR", "POP3,220 ready", "IMAP,* BYE"})
    void greetedOtherwise(Dialect dialect, String greeting) {
        assertEquals(Probe.NO_MATCH, probe(dialect, Direction.TO_CLIENT, greeting + "\r\n"));
    }

    @Test
    void aLineWithoutAnEndIsGivenUp() {
        for (Dialect dialect : Dialect.values()) {
            assertEquals(Probe.NO_MATCH, probe(dialect, Direction.TO_SERVER, "x".repeat(600)));
            assertEquals(Probe.NO_MATCH, probe(dialect, Direction.TO_SERVER, "EHLO " + "x".repeat(600)));
            assertEquals(Probe.NO_MATCH, probe(dialect, Direction.TO_SERVER, "\u0001\u0002"));
        }
    }

    private static List<String> evidence(Dialect dialect, Dialogue dialogue) {
        return dialogue.play(new MailProtocol(dialect)).evidence;
    }

    private static Probe probe(Dialect dialect, Direction direction, String text) {
        byte[] bytes = ('\n' + text + '\n').getBytes(StandardCharsets.ISO_8859_1);
        return new MailProtocol(dialect).probe(0, direction, bytes, 1, bytes.length - 2);
    }
}
