package org.sandbar.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.wire.Address;

/** What one request or one response says. */
class HttpFactsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static Dialogue.Told play(int port, String request, String response) {
        return new Dialogue()
                .between("192.168.1.5", 40_000, "198.51.100.21", port)
                .client(request)
                .server(response)
                .play(new HttpProtocol());
    }

    private static Event told(String request, String response) {
        Dialogue.Told told = play(80, request, response);
        assertEquals(1, told.events.size(), told.lines().toString());
        return told.events.get(0);
    }

    private static Event request(String line, String... headers) {
        return told(line + "\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "\r\n" : "\r\n\r\n"), OK);
    }

    private static Event response(String line, String... headers) {
        return told(
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                line + "\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "\r\n" : "\r\n\r\n"));
    }

    /** Guard lets pass unseen what the server sends then. */
    @Test
    void answeredWhereTheServerHasNothingMoreToSayThanABody() {
        String request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        String counted = "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n" + "begin".repeat(100);
        assertTrue(answered(new Dialogue().client(request).server(counted)));
        assertTrue(
                answered(new Dialogue().client(request).server("HTTP/1.1 200 OK\r\n\r\n" + "begin".repeat(100))),
                "to the end");
        assertFalse(answered(new Dialogue().client(request)));
        assertFalse(answered(new Dialogue().client(request).server("HTTP/1.1 200 OK\r\nConte")));
        assertFalse(answered(new Dialogue().client(request + request).server(counted)), "asked ahead");
        assertFalse(answered(new Dialogue().client(request).server(counted).client(request)));
        assertFalse(answered(new Dialogue().client(request).server(counted).client("GET / HTTP/1.1\r\nHost: a\r\n")));
        assertFalse(answered(new Dialogue()
                .client(request)
                .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\nbegin")));
        assertFalse(answered(new Dialogue().client(request).server(counted).lost(Direction.TO_SERVER, 10)));
    }

    private static boolean answered(Dialogue dialogue) {
        return dialogue.play(new HttpProtocol()).answered;
    }

    @Test
    void tellsARequestWithItsResponse() {
        Dialogue.Told told = play(
                5060,
                "POST /form?a=b HTTP/1.1\r\nHost: www.example.com:8080\r\nUser-Agent: curl/8.5.0\r\nReferer: http://x/\r\n"
                        + "Origin: null\r\nContent-Length: 3\r\n\r\na=b",
                "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Type: text/html; charset=utf-8\r\n"
                        + "Content-Length: 5\r\n\r\nhello");
        assertEquals(
                List.of(
                        "http http.hostname=www.example.com http.http_port=8080 http.url=/form?a=b"
                                + " http.http_user_agent=curl/8.5.0 http.http_content_type=text/html http.http_refer=http://x/"
                                + " http.http_method=POST http.protocol=HTTP/1.1 http.status=302 http.redirect=/there"
                                + " http.length=5 http.host_count=1 http.destination_public=true http.header_count=5"
                                + " http.request_length=3 http.origin=null http.host_port_differs=true http.helper_port=true http.helper=sip"),
                told.lines());
        assertEquals(List.of("browser-header", "disguised-http-agent"), told.evidence);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET / HTTP/1.1,GET,/,HTTP/1.1",
                "get / HTTP/1.1,get,/,HTTP/1.1",
                "GET / HTTP/1.0,GET,/,HTTP/1.0",
                "GET / http/1.1,GET,/,http/1.1",
                "GET /a b HTTP/1.1,GET,/a b,HTTP/1.1",
                "GET\t/  HTTP/1.1,GET,/,HTTP/1.1",
                "BREW coffee HTTP/1.1,BREW,coffee,HTTP/1.1",
                "GET /old,GET,/old,-",
                "GET / HTTP/1.2,GET,/,HTTP/1.2",
            })
    void readsRequestLines(String line, String method, String url, String version) {
        Event event = request(line);
        assertEquals(method, event.text(HttpEvents.METHOD));
        assertEquals(url, event.text(HttpEvents.URL));
        assertEquals(version, event.text(HttpEvents.PROTOCOL));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "HTTP/1.1 200 OK,200,-",
                "HTTP/1.1  200 OK,200,-",
                "http/1.0 200 ok,200,-",
                "HTTP/1.1 800,800,-",
                "HTTP/1.1 20x OK,-,20x",
                "HTTP/1.1 9999 OK,-,9999",
                "HTTP/1.1,-,''",
            })
    void readsStatusLines(String line, Long status, String text) {
        Event event = response(line, "Content-Length: 0");
        assertEquals(status, event.get(HttpEvents.STATUS));
        assertEquals(text, event.get(HttpEvents.STATUS_STRING));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "www.example.com,www.example.com,-,-,false,false",
                "www.example.com:81,www.example.com,81,-,false,false",
                "www.example.com:,www.example.com,-,-,false,false",
                "www.example.com:99999,www.example.com,-,-,false,false",
                "198.51.100.21,198.51.100.21,-,198.51.100.21,false,false",
                "192.168.0.1:80,192.168.0.1,80,192.168.0.1,true,true",
                "127.0.0.1,127.0.0.1,-,127.0.0.1,true,true",
                "169.254.169.254,169.254.169.254,-,169.254.169.254,true,true",
                "0.0.0.0,0.0.0.0,-,0.0.0.0,true,true",
                "203.0.113.1,203.0.113.1,-,203.0.113.1,false,true",
                "[::1]:8080,[::1],8080,::1,true,true",
                "[fe80::1],[fe80::1],-,fe80::1,true,true",
                "::1,::1,-,::1,true,true",
                "1.2.3.example,1.2.3.example,-,-,false,false",
                "[::1,[::1,-,-,false,false",
            })
    void readsHosts(String host, String name, Long port, String address, boolean isPrivate, boolean mismatch) {
        Event event = request("GET / HTTP/1.1", "Host: " + host);
        assertEquals(name, event.text(HttpEvents.HOSTNAME));
        assertEquals(port, event.get(HttpEvents.PORT));
        assertEquals(address == null ? null : Address.parse(address), event.get(HttpEvents.HOST_ADDRESS));
        assertEquals(isPrivate, event.is(HttpEvents.HOST_PRIVATE));
        assertEquals(mismatch, event.is(HttpEvents.HOST_MISMATCH));
        assertTrue(event.is(HttpEvents.DESTINATION_PUBLIC));
        assertEquals(1L, event.get(HttpEvents.HOST_COUNT));
    }

    @Test
    void countsHosts() {
        assertTrue(request("GET / HTTP/1.1", "Accept: */*").is(HttpEvents.HOST_MISSING));
        assertFalse(request("GET / HTTP/1.0", "Accept: */*").is(HttpEvents.HOST_MISSING));
        Event twice = request("GET / HTTP/1.1", "Host: a", "hOST : b");
        assertEquals(2L, twice.get(HttpEvents.HOST_COUNT));
        assertTrue(twice.is(HttpEvents.HOST_REPEATED));
        assertEquals("a", twice.text(HttpEvents.HOSTNAME));
        assertTrue(request("GET / HTTP/1.1", "Host: a, b").is(HttpEvents.HOST_REPEATED));
        assertNull(request("GET / HTTP/1.1", "Host:").get(HttpEvents.HOSTNAME));
    }

    @Test
    void knowsWhoSpeaksToAProxy() {
        Event absolute = request("GET http://u@a.example:81/x HTTP/1.1", "Host: A.example:81");
        assertEquals("a.example", absolute.text(HttpEvents.HOSTNAME));
        assertEquals(81L, absolute.get(HttpEvents.PORT));
        assertEquals("http://u@a.example:81/x", absolute.text(HttpEvents.URL));
        assertTrue(absolute.is(HttpEvents.ABSOLUTE_FORM));
        assertTrue(absolute.is(HttpEvents.EXPLICIT_PROXY));
        assertFalse(absolute.is(HttpEvents.AUTHORITY_MISMATCH));

        Event forged = request("GET http://a.example/ HTTP/1.1", "Host: 10.0.0.1");
        assertTrue(forged.is(HttpEvents.AUTHORITY_MISMATCH));
        assertEquals("a.example", forged.text(HttpEvents.HOSTNAME));
        assertEquals(Address.parse("10.0.0.1"), forged.get(HttpEvents.HOST_ADDRESS));

        Event connect = request("CONNECT b.example:443 HTTP/1.1");
        assertFalse(connect.is(HttpEvents.ABSOLUTE_FORM));
        assertTrue(connect.is(HttpEvents.EXPLICIT_PROXY));
        assertEquals("b.example", connect.text(HttpEvents.HOSTNAME));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Content-Length: 5|5|false",
                "Content-Length: 5\\nContent-Length: 5|5|false",
                "Content-Length: 5, 5|5|false",
                "Content-Length: 5\\nContent-Length: 6|-|true",
                "Content-Length: +5|-|true",
                "Content-Length: 99999999999999999999|-|true",
                "Content-Length:|-|true",
                "Transfer-Encoding: chunked|-|false",
                "Transfer-Encoding: gzip, Chunked|-|false",
                "Transfer-Encoding: chunked, gzip|-|true",
                "Transfer-Encoding: chunked\\nContent-Length: 5|5|true",
                "Transfer-Encoding: identity\\nContent-Length: 5|5|false",
            })
    void judgesTheLengthOfRequests(String headers, Long length, boolean ambiguous) {
        Event event = request("POST / HTTP/1.1", ("Host: a\\n" + headers).split("\\\\n"));
        assertEquals(length, event.get(HttpEvents.REQUEST_LENGTH));
        assertEquals(ambiguous, event.is(HttpEvents.LENGTH_AMBIGUOUS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "x-flash-version: 10,0|plugin-header|flash",
                "X-Requested-With: ShockwaveFlash/32.0|plugin-header|flash",
                "X-Requested-With: XMLHttpRequest|-|-",
                "User-Agent: Mozilla/5.0 (Windows; U) AppleWebKit/533 AdobeAIR/2.6|plugin-header|flash",
                "User-Agent: Mozilla/4.0 (Windows 7 6.1) Java/1.7.0_51|plugin-header|java",
                "User-Agent: Java/1.8.0_402|desktop-http-agent|-",
                "Referer: http://a/b.swf|plugin-header|flash",
                "Referer: http://a/b.SWF?v=1|plugin-header|flash",
                "Referer: http://a/b.swf/[[DYNAMIC]]/2|plugin-header|flash",
                "Referer: http://a/ClientBin/b.xap|plugin-header|silverlight",
                "Referer: http://a/b.html|-|-",
                "User-Agent: Mozilla/5.0 (X11)|browser-header|-",
                "Sec-Fetch-Mode: cors|browser-header|-",
                "Upgrade-Insecure-Requests: 1|browser-header|-",
                "Origin: https://a|browser-header|-",
                "User-Agent: Wget/1.21.4|desktop-http-agent|-",
                "User-Agent: Debian APT-HTTP/1.3 (2.6.1)|desktop-http-agent|-",
                "User-Agent: git/2.39.2|desktop-http-agent|-",
            })
    void statesWhoSpeaks(String header, String signal, String agent) {
        Dialogue.Told told = play(80, "GET / HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n", OK);
        assertEquals(signal == null ? List.of() : List.of(signal), told.evidence);
        assertEquals(agent, told.events.get(0).text(HttpEvents.PLUGIN_AGENT));
    }

    /** Requests as Chromium 156 sends them in the clear, and as browsers do to loopback and within TLS. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GET|Upgrade-Insecure-Requests: 1\\nAccept: text/html,application/xhtml+xml|-",
                "GET|Accept: */*\\nReferer: http://a/page.html|page-request",
                "GET|Accept: image/avif,*/*;q=0.8\\nReferer: http://a/page.html|page-request",
                "GET|Accept: */*|-",
                "GET|Upgrade-Insecure-Requests: 1\\nAccept: text/html\\nReferer: http://a/page.html|-",
                "POST|Accept: */*\\nOrigin: http://a\\nReferer: http://a/page.html|script-request",
                "POST|Upgrade-Insecure-Requests: 1\\nAccept: text/html\\nOrigin: http://a\\nReferer: http://a/p|-",
                "OPTIONS|Accept: */*\\nAccess-Control-Request-Method: PUT\\nOrigin: http://b|script-request",
                "GET|Accept: text/event-stream\\nReferer: http://a/page.html|script-request",
                "GET|Accept: */*\\nX-Requested-With: XMLHttpRequest|script-request",
                "GET|Sec-Fetch-Site: same-origin\\nSec-Fetch-Mode: cors\\nSec-Fetch-Dest: empty|script-request",
                "GET|Sec-Fetch-Site: none\\nSec-Fetch-Mode: no-cors\\nSec-Fetch-Dest: empty|-",
                // Nobody types that: in the clear no browser says it.
                "GET|Sec-Fetch-Site: none\\nSec-Fetch-Mode: navigate\\nSec-Fetch-Dest: document\\nSec-Fetch-User: ?1|-",
            })
    void statesWhoInABrowserAsks(String method, String headers, String signal) {
        String browser = "\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0\r\n";
        String lines = headers.replace("\\n", "\r\n") + "\r\n\r\n";
        Dialogue.Told told = play(80, method + " / HTTP/1.1\r\nHost: a" + browser + lines, OK);
        assertEquals(signal == null ? List.of("browser-header") : List.of("browser-header", signal), told.evidence);
    }

    @Test
    void statesThatAnAddressWasTyped() {
        Dialogue.Told told = new Dialogue()
                .between("127.0.0.1", 40_000, "127.0.0.1", 80)
                .client("GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0\r\nSec-Fetch-Site: none\r\n"
                        + "Sec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\nSec-Fetch-Dest: document\r\n\r\n")
                .server(OK)
                .play(new HttpProtocol());
        assertEquals(List.of("browser-header", "typed-address"), told.evidence);
    }

    /** Firefox lets a page's script name any agent: what it sends beside it tells. */
    @ParameterizedTest
    @ValueSource(strings = {"Accept-Language: ", "Referer: http://a/", "Origin: null", "Sec-Fetch-Mode: cors"})
    void aScriptThatNamesAProgramIsNoProgram(String header) {
        String request =
                "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n" + header + "\r\n\r\n";
        Dialogue.Told told = play(80, request, OK);
        assertTrue(told.evidence.contains("disguised-http-agent"), told.evidence.toString());
        assertFalse(told.evidence.contains("desktop-http-agent"), told.evidence.toString());
    }

    @Test
    void aProgramsNameBesideWhatBrowsersAddIsADisguise() {
        String program =
                "User-Agent: python-requests/2.31\r\nAccept: */*\r\nOrigin: http://a\r\nReferer: http://a/\r\n\r\n";
        Dialogue.Told told = play(80, "POST / HTTP/1.1\r\nHost: a\r\n" + program, OK);
        assertEquals(List.of("browser-header", "disguised-http-agent"), told.evidence);
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-silverlight-app,true",
        "application/x-shockwave-flash; x=y,true",
        "Application/Java-Archive,true",
        "application/json,false"
    })
    void statesPluginContent(String type, boolean plugin) {
        Dialogue.Told told = play(
                80,
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: 0\r\n\r\n");
        assertEquals(plugin ? List.of("plugin-content") : List.of(), told.evidence);
    }

    @Test
    void whatADesktopProgramFetchesIsAFile() {
        Dialogue.Told told = play(
                80,
                "GET /a.jar HTTP/1.1\r\nHost: a\r\nUser-Agent: Apache-Maven/3.8.7\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/java-archive\r\nContent-Length: 0\r\n\r\n");
        assertEquals(List.of("desktop-http-agent"), told.evidence);
    }

    private static String archive(String first) {
        return "PK\003\004" + "\024\000".repeat(11) + (char) first.length() + "\000\000\000" + first + "more of it";
    }

    private static Stream<Arguments> bodies() {
        String rest = "\001\002\000\000 and more of it";
        return Stream.of(
                Arguments.of("FWS\011" + rest, true),
                Arguments.of("CWS\012" + rest, true),
                Arguments.of("ZWS\015" + rest, true),
                Arguments.of("FWS is short for something", false),
                Arguments.of("CWS\n", false),
                Arguments.of("\312\376\272\276\000\000\000\064 and more of it", true),
                // A program for two processors of a Macintosh.
                Arguments.of("\312\376\272\276\000\000\000\002 and more of it", false),
                Arguments.of("UnityWeb\000" + rest, true),
                Arguments.of(archive("AppManifest.xaml"), true),
                Arguments.of(archive("[Content_Types].xml"), false),
                Arguments.of(archive("AppManifest.xam"), false),
                Arguments.of("<html>CWS\012" + rest, false));
    }

    /** In a body of stated length, in chunks, and to the connection's end; the next response is found behind it. */
    @ParameterizedTest
    @MethodSource("bodies")
    void statesPluginProgramsByTheirFirstBytes(String beginning, boolean plugin) {
        String body = beginning + " and so on".repeat(4);
        String get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length())
                + "\r\n" + body + "\r\n3\r\nabc\r\n0\r\n\r\n";
        String counted = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        for (String response : List.of(counted + OK, chunked + OK, "HTTP/1.0 200 OK\r\n\r\n" + body)) {
            Dialogue dialogue = new Dialogue()
                    .between("192.168.1.5", 40_000, "198.51.100.21", 80)
                    .client(get + get)
                    .server(response);
            for (int cut = 1; cut < response.length(); cut++) {
                Dialogue.Told told = dialogue.cut(1, cut).play(new HttpProtocol());
                assertEquals(plugin ? List.of("plugin-content") : List.of(), told.evidence, "cut at " + cut);
                assertEquals(2, told.events.size(), told.lines().toString());
            }
        }
    }

    @Test
    void aBodyWhoseBeginningIsLostIsPassedOver() {
        String get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        for (String here : List.of("", "FWS")) {
            Dialogue.Told told = new Dialogue()
                    .client(get + get)
                    .server("HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n" + here)
                    .lost(Direction.TO_CLIENT, 200 - here.length())
                    .server("x".repeat(100) + "HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n")
                    .play(new HttpProtocol());
            assertEquals(
                    404L,
                    told.events.get(1).get(HttpEvents.STATUS),
                    told.lines().toString());
            assertEquals("GET", told.events.get(1).get(HttpEvents.METHOD));
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/crossdomain.xml,flash",
                "/crossdomain.xml?x=1,flash",
                "http://a/clientaccesspolicy.xml,silverlight",
                "/crossdomain.xmlx,-",
                "/xcrossdomain.xml,-",
                "/a.xml,-",
            })
    void knowsPolicyFiles(String target, String plugin) {
        Dialogue.Told told = play(80, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n", OK);
        assertEquals(plugin, told.events.get(0).text(HttpEvents.POLICY));
        assertEquals(plugin == null ? List.of() : List.of("policy-over-http"), told.evidence);
    }

    /** In a body of stated length, in chunks, and to the connection's end, however they are cut; and not where it is packed or an error. */
    @Test
    void tellsThePolicyThatCameOverHttp() {
        String policy =
                "<?xml version=\"1.0\"?><cross-domain-policy><allow-access-from domain=\"*\"/></cross-domain-policy>";
        String get = "GET /crossdomain.xml HTTP/1.1\r\nHost: a\r\n\r\n";
        String length = "Content-Length: " + policy.length() + "\r\n";
        String chunks = "a\r\n" + policy.substring(0, 10) + "\r\n" + Integer.toHexString(policy.length() - 10) + "\r\n"
                + policy.substring(10) + "\r\n0\r\n\r\n";
        String ok = "HTTP/1.1 200 OK\r\n";
        for (String response : List.of(
                ok + length + "\r\n" + policy + OK,
                ok + "Transfer-Encoding: chunked\r\n\r\n" + chunks + OK,
                "HTTP/1.0 200 OK\r\n\r\n" + policy)) {
            Dialogue dialogue = new Dialogue()
                    .between("192.168.1.5", 40_000, "198.51.100.21", 80)
                    .client(get + "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
                    .server(response);
            for (int cut = 1; cut < response.length(); cut++) {
                List<String> told =
                        dialogue.cut(1, cut).play(new HttpProtocol()).lines();
                assertEquals(3, told.size(), told.toString());
                String line = told.stream()
                        .filter(event -> event.startsWith("policy_file"))
                        .findFirst()
                        .orElseThrow();
                assertTrue(
                        line.contains("kind=flash") && line.contains("complete=true") && line.contains("[domain=*"),
                        line);
            }
            assertEquals(
                    3, dialogue.inPiecesOf(1).play(new HttpProtocol()).events.size());
        }
        for (String response : List.of(
                "HTTP/1.1 404 Not Found\r\n" + length + "\r\n" + policy,
                ok + "Content-Encoding: gzip\r\n" + length + "\r\n" + policy)) {
            assertEquals(1, play(80, get, response).events.size());
        }
    }

    @Test
    void aPolicyWithAHoleOrWithoutAnythingIsToldAsSuch() {
        String get = "GET /clientaccesspolicy.xml HTTP/1.1\r\nHost: a\r\n\r\n";
        String none = play(80, get, OK).lines().get(1);
        assertTrue(none.contains("kind=none") && none.contains("request=silverlight"), none);
        Dialogue.Told told = new Dialogue()
                .client(get + get)
                .server("HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n<access-policy>")
                .lost(Direction.TO_CLIENT, 100)
                .server("x".repeat(300 - 115) + OK)
                .play(new HttpProtocol());
        assertTrue(told.lines().get(1).contains("gap"), told.lines().toString());
        assertEquals(4, told.events.size(), told.lines().toString());
    }

    @Test
    void marksAResponseOfAmbiguousLength() {
        Event event = response("HTTP/1.1 200 OK", "Content-Length: 5", "Transfer-Encoding: chunked");
        assertTrue(event.is(HttpEvents.RESPONSE_LENGTH_AMBIGUOUS));
        assertFalse(event.is(HttpEvents.LENGTH_AMBIGUOUS));
    }
}
