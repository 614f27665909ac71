package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lawful traffic that looks like what a rule is for, where no real program is at hand to be captured. */
class LawfulTest {
    private static final String SCRIPT =
            "POST /api HTTP/1.1\r\nHost: www.example.test\r\nUser-Agent: Mozilla/5.0 (X11)\r\n"
                    + "Origin: http://www.example.test\r\nAccept: */*\r\nContent-Length: 0\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static List<String> alerts(String request) {
        Run run = Run.with(new Talk(80).client(request).server(OK).capture(), "replay", "-q", "-");
        return run.events("alert").stream()
                .map(alert -> alert.at("/sandbar/rule"))
                .map(JsonNode::asText)
                .toList();
    }

    /** Between a proxy and the server, a page's request has what the proxy adds. */
    @Test
    void aPageBehindAProxy() {
        assertEquals(List.of(), alerts(SCRIPT + "Via: 1.1 gate (squid/5.7)\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n"));
        assertEquals(List.of("http-forbidden-header"), alerts(SCRIPT + "Trailer: x\r\n\r\n"));
    }
}
