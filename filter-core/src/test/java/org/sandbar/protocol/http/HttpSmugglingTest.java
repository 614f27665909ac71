package org.sandbar.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.event.Event;
import org.sandbar.protocol.Dialogue;

/**
 * Messages that readers take in different ways. The body as it is read by RFC 9112 to the letter; by the first and the last
 * Content-Length, as C reads numbers; by the word chunked anywhere, and by chunked as the last coding. Without readings all agree.
 */
class HttpSmugglingTest {
    private static Event request(String text) {
        String bytes = text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("\\v", "\u000b")
                .replace("\\xff", "\u00ff");
        Dialogue.Told told = new Dialogue()
                .between("192.168.1.5", 40_000, "198.51.100.21", 80)
                .client(bytes + "\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .play(new HttpProtocol());
        return told.events.get(0);
    }

    private static String readings(Event event) {
        if (event.get(HttpEvents.LENGTH_READINGS) == null) {
            return "-";
        }
        List<String> readings = new ArrayList<>();
        for (Object row : (List<?>) event.get(HttpEvents.LENGTH_READINGS)) {
            Map<?, ?> reading = (Map<?, ?>) row;
            readings.add(String.valueOf(reading.get("bytes") == null ? reading.get("body") : reading.get("bytes")));
        }
        return String.join(" ", readings);
    }

    private static String faults(Event event) {
        return event.get(HttpEvents.FAULTS) == null
                ? "-"
                : String.join(
                        " ",
                        ((List<?>) event.get(HttpEvents.FAULTS))
                                .stream().map(String::valueOf).toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // Headers | RFC 9112, first and last length where there is one, any coding, last coding | what Sandbar
                // says
                "Content-Length: 5|-|-",
                "Content-Length: 5\\r\\nContent-Length: 5|-|content-length-repeated",
                "Content-Length: 5, 5|-|content-length-list",
                "Content-Length: 5\\r\\nContent-Length: 6|refused 5 6 5 5|content-length-repeated content-length-differs",
                "Content-Length: 5, 6|refused 5 5 5 5|content-length-list content-length-differs",
                "Content-Length: +5|refused 5 5 5 5|content-length-signed",
                "Content-Length: -5|refused 5 5 5 5|content-length-signed",
                "Content-Length: 0x5|refused 0 0 0 0|content-length-hexadecimal",
                "Content-Length: 5x|refused 5 5 5 5|content-length-not-a-number",
                "Content-Length: 5 5|refused 5 5 5 5|content-length-not-a-number",
                "Content-Length: abc|refused none none none none|content-length-not-a-number",
                "Content-Length:|refused none none none none|content-length-empty",
                "Content-Length: 18446744073709551621|refused 9223372036854775807 9223372036854775807 9223372036854775807"
                        + " 9223372036854775807|content-length-too-large",
                "Content-Length: 005|-|content-length-leading-zero",
                "Content-Length: \\v5|refused 5 5 5 5|header-control content-length-not-a-number",
                "Content-Length : 5|refused 5 5 5 5 none|header-space-before-colon length-hidden",
                "Content-Length:\\r\\n 5|refused 5 5 5 5 none|header-folded length-hidden",
                "Transfer-Encoding: chunked|-|-",
                "Transfer-Encoding: Chunked|-|-",
                "Transfer-Encoding: gzip, chunked|-|-",
                "Transfer-Encoding: gzip\\r\\nTransfer-Encoding: chunked|-|-",
                "Transfer-Encoding: identity\\r\\nContent-Length: 5|-|-",
                "Transfer-Encoding: chunked\\r\\nContent-Length: 5|refused 5 5 chunked chunked|length-and-coding",
                "Content-Length: 5\\r\\nTransfer-Encoding: chunked|refused 5 5 chunked chunked|length-and-coding",
                "Transfer-Encoding: chunked, chunked|refused chunked chunked|coding-repeated",
                "Transfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked|refused chunked chunked|coding-repeated",
                "Transfer-Encoding: chunked, identity|-|-",
                "Transfer-Encoding: chunked, gzip|refused chunked none|coding-repeated coding-not-chunked-last",
                "Transfer-Encoding: gzip|refused none none|coding-not-chunked-last",
                "Transfer-Encoding: xchunked|refused chunked none|coding-not-chunked-last coding-unknown coding-obfuscated",
                "Transfer-Encoding: \"chunked\"|refused chunked none|coding-not-chunked-last coding-unknown coding-obfuscated",
                "Transfer-Encoding: chunked;q=1|refused chunked none|coding-not-chunked-last coding-unknown"
                        + " coding-obfuscated",
                "Transfer-Encoding: \\vchunked|refused chunked none|header-control coding-not-chunked-last coding-unknown"
                        + " coding-obfuscated",
                "Transfer-Encoding: \\0chunked|refused chunked none|header-nul coding-not-chunked-last coding-unknown"
                        + " coding-obfuscated",
                "Transfer-Encoding: cow\\r\\nContent-Length: 5|refused 5 5 5 5|length-and-coding coding-not-chunked-last"
                        + " coding-unknown",
                "Transfer-Encoding : chunked|refused chunked chunked none|header-space-before-colon length-hidden",
                "Transfer-Encoding:\\r\\n chunked|refused chunked chunked none|header-folded length-hidden",
                "Transfer-Encoding : chunked\\r\\nContent-Length: 5|refused 5 5 chunked chunked none|header-space-before-colon"
                        + " length-hidden length-and-coding",
                "Transfer\\tEncoding: chunked|-|header-name-invalid",
                "X: y\\r\\n Content-Length: 5|-|header-folded",
            })
    void lengths(String headers, String readings, String faults) {
        Event event = request("POST / HTTP/1.1\\r\\nHost: a\\r\\n" + headers);
        assertEquals(readings, readings(event));
        assertEquals(faults, faults(event));
        assertEquals(!readings.equals("-"), event.is(HttpEvents.LENGTH_AMBIGUOUS));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // Headers | host that the request is told to be for | Host repeated or a list | what Sandbar says
                "Host: a|a|false|-",
                "Host: a:80|a|false|-",
                "Host: a\\r\\nHost: a|a|true|host-line-repeated",
                "Host: a\\r\\nHost: b|a|true|host-line-repeated",
                "Host: a, b|a, b|true|host-list",
                "Host: a,b|a,b|true|host-list",
                "Host : a|a|false|header-space-before-colon host-hidden",
                "Host:\\r\\n a|a|false|header-folded host-hidden",
                "Host: a\\r\\n b|a   b|false|header-folded host-invalid host-hidden",
                "\\tHost: a|null|false|header-space-first header-name-invalid",
                "Host:|null|false|host-empty",
                "Host: a b|a b|false|host-invalid",
                "Host: a/b|a/b|false|host-invalid",
                "Host: u@a|u@a|false|host-invalid",
                "Host: a\\0b|a\0b|false|header-nul host-invalid",
                "Host: a\\rb|a\rb|false|bare-carriage-return host-invalid",
                "Host: \\xff|\\xff|false|header-non-ascii host-invalid",
                "Host: a\\nX: y|a|false|bare-line-feed",
                "Host\\v: a|null|false|header-control header-name-invalid",
                "Host|null|false|header-without-colon",
            })
    void hosts(String headers, String host, boolean repeated, String faults) {
        Event event = request("GET / HTTP/1.1\\r\\n" + headers);
        assertEquals(host, String.valueOf(event.get(HttpEvents.HOSTNAME)));
        assertEquals(repeated, event.is(HttpEvents.HOST_REPEATED));
        assertEquals(faults, faults(event));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "GET / HTTP/1.1|-",
                "get / HTTP/1.1|method-lower-case",
                "GET  / HTTP/1.1|start-line-space",
                "GET /  HTTP/1.1|start-line-space",
                "GET\\t/ HTTP/1.1|start-line-tab",
                "GET\\v/ HTTP/1.1|start-line-control",
                "GET /a b HTTP/1.1|target-space",
                "GET /\\xff HTTP/1.1|target-non-ascii",
                "GET /\\ra HTTP/1.1|bare-carriage-return",
                "GET / http/1.1|version-odd",
                "GET / HTTP/1.2|version-odd",
                "GET / HTTP/1.0|-",
            })
    void startLines(String line, String faults) {
        assertEquals(faults, faults(request(line + "\\r\\nHost: a")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "5\\r\\nhello\\r\\n0|-",
                "5;x=y\\r\\nhello\\r\\n0|chunk-extension",
                "05\\r\\nhello\\r\\n0|chunk-size-leading-zero",
                "+5\\r\\nhello\\r\\n0|chunk-size-invalid",
                "0x5\\r\\nhello\\r\\n0|chunk-size-invalid",
                "5\\r\\nhello\\r\\n0\\r\\nHost: b|trailer",
            })
    void chunks(String body, String faults) {
        assertEquals(
                faults,
                faults(request("POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n" + body)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Via: 1.1 x|Via|fetch flash silverlight",
                "Proxy-Authorization: Basic x|Proxy-Authorization|fetch flash silverlight",
                "Proxy-Foo: x|Proxy-Foo|fetch",
                "Sec-Foo: x|Sec-Foo|fetch",
                "Sec-Fetch-Mode: cors|-|-",
                "Sec-CH-UA: x|-|-",
                "Transfer-Encoding: chunked|Transfer-Encoding|fetch flash silverlight",
                "TE: trailers|-|-",
                "TE: gzip|TE|fetch flash silverlight",
                "Upgrade: websocket|-|-",
                "Upgrade: TLS/1.0|Upgrade|fetch flash silverlight",
                "Connection: keep-alive, Upgrade|-|-",
                "Connection: close, X-Secret|Connection|fetch flash silverlight",
                "Cookie: a=b|-|-",
                "Set-Cookie: a=b|Set-Cookie|fetch",
                "Location: x|Location|flash silverlight",
                "charge_to: x|charge_to|flash",
                "Content-Transfer-Encoding: x|Content-Transfer-Encoding|silverlight",
                "X-HTTP-Method-Override: TRACE|X-HTTP-Method-Override|fetch",
                "X-HTTP-Method-Override: PATCH, track|X-HTTP-Method-Override|fetch",
                "X-HTTP-Method-Override: PATCH|-|-",
                "X-Custom: x|-|-",
            })
    void forbiddenHeaders(String header, String forbidden, String sandboxes) {
        Event event = request("POST / HTTP/1.1\\r\\nHost: a\\r\\n" + header);
        assertEquals(forbidden == null ? null : List.of(forbidden), event.get(HttpEvents.FORBIDDEN_HEADERS));
        assertEquals(sandboxes == null ? null : List.of(sandboxes.split(" ")), event.get(HttpEvents.FORBIDDEN_BY));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Origin: http://a|-",
                "Origin: http://a\\r\\nReferer: http://a/x|-",
                "Origin: http://a\\r\\nReferer: http://b/x|origin-referer-differ",
                "Origin: null\\r\\nReferer: http://b/x|-",
                "Sec-Fetch-Site: same-origin\\r\\nOrigin: http://b|metadata-in-the-clear same-origin-differs",
                "Sec-Fetch-Site: none\\r\\nReferer: http://a/|metadata-in-the-clear none-with-referer",
                "Sec-Fetch-Mode: navigate\\r\\nSec-Fetch-Dest: empty|metadata-in-the-clear navigation-to-nothing",
                "Sec-Fetch-Mode: cors\\r\\nSec-Fetch-Dest: document|metadata-in-the-clear document-without-navigation",
                "Sec-Fetch-Mode: cors\\r\\nSec-Fetch-User: ?1|metadata-in-the-clear user-without-navigation",
            })
    void browsersThatContradictThemselves(String headers, String faults) {
        Event event = request("GET / HTTP/1.1\\r\\nHost: a\\r\\n" + headers);
        assertEquals(faults == null ? null : List.of(faults.split(" ")), event.get(HttpEvents.BROWSER_FAULTS));
    }
}
