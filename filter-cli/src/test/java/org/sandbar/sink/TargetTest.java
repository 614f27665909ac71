package org.sandbar.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @Test
    void isTakenApart() {
        Target target = Target.of("cef:syslog+tls://[2001:db8::1]?ca=/etc/my%20ca.pem&events=alert,pinhole");
        assertEquals("cef", target.format());
        assertEquals(Target.Transport.SYSLOG_TLS, target.transport());
        assertEquals("2001:db8::1", target.host());
        assertEquals(6514, target.port());
        assertEquals("/etc/my ca.pem", target.path("ca").toString());
        assertEquals(List.of("alert", "pinhole"), target.events());
        assertEquals("cef:syslog+tls://[2001:db8::1]", target.name());
    }

    @Test
    void kafkaHasServersAndATopic() {
        Target target = Target.of("eve:kafka://one:9093,[2001:db8::1]/sandbar.events?compression=zstd");
        assertEquals(
                "one:9093, 2001:db8::1:9092",
                target.servers().stream()
                        .map(server -> server.getHostString() + ':' + server.getPort())
                        .collect(Collectors.joining(", ")));
        assertEquals("sandbar.events", target.topic());
    }

    @Test
    void aFileMayHaveAnyName() {
        assertEquals("a:b/c&d=e.json", Target.of("eve:a:b/c&d=e.json").place());
        assertEquals(
                "out.json", Target.of("eve:out.json?rotate-mb=100&gzip=yes").place());
        assertEquals("-", Target.of("eve").place());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eve:                                | name a file
            eve:syslog://host                   | known: tcp, tls, udp, syslog+tcp
            eve:htp://host:1                    | unknown destination 'htp://'
            eve:tcp://host                      | write tcp://HOST:PORT
            eve:tcp://:514                      | write tcp://HOST:PORT
            eve:tcp://host:99999                | write tcp://HOST:PORT
            eve:tcp://host:514/path             | write tcp://HOST:PORT
            eve:tcp://host:514?recipts=no       | did you mean 'receipts'?
            eve:tcp://host:514,other:514        | write tcp://HOST:PORT
            eve:kafka://host:9092               | write kafka://HOST:PORT/TOPIC
            eve:kafka://host/a/b                | write kafka://HOST:PORT/TOPIC
            eve:kafka://host,/topic             | write kafka://HOST:PORT, as in
            eve:a.json?                         | NAME=VALUE
            eve:a.json?ca=x                     | unknown parameter 'ca'
            eve:syslog+tls://host?cert=a        | belong together""")
    void whatIsWrongIsSaidWithTheRemedy(String text, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> Target.of(text))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
