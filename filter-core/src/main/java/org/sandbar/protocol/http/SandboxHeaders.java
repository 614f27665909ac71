package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sandbar.bytes.Ascii;

/**
 * The request headers that sandboxed content may not set, by sandbox. A header is worth a look only where the browser does not send it
 * of its own accord either: then code that holds a raw socket has written it. Immutable, any thread.
 *
 * <p>Sources: {@code fetch}, the Fetch standard's forbidden request-header names with its prefixes and its value rule, and its forbidden
 * methods (fetch.spec.whatwg.org, as of 2026-07); {@code flash}, URLRequestHeader of ActionScript 3 (Adobe's reference; a low line counts
 * as a hyphen); {@code silverlight}, System.Net.WebHeaderCollection for Silverlight (Microsoft's reference).
 */
final class SandboxHeaders {
    static final int FETCH = 1;
    static final int FLASH = 2;
    static final int SILVERLIGHT = 4;

    private static final String[] SANDBOXES = {"fetch", "flash", "silverlight"};

    private static final String BY_FETCH = """
            accept-charset accept-encoding access-control-request-headers access-control-request-method connection content-length cookie
            cookie2 date dnt expect host keep-alive origin referer set-cookie te trailer transfer-encoding upgrade via
            """;
    private static final String BY_FLASH = """
            accept-charset accept-encoding accept-ranges age allow allowed authorization charge-to connect connection content-length
            content-location content-range cookie date delete etag expect get head host if-modified-since keep-alive last-modified
            location max-forwards options origin post proxy-authenticate proxy-authorization proxy-connection public put range referer
            request-range retry-after server te trace trailer transfer-encoding upgrade uri user-agent vary via warning www-authenticate
            x-flash-version
            """;
    private static final String BY_SILVERLIGHT = """
            accept accept-charset accept-encoding accept-language accept-ranges age allow allowed authorization connect connection
            content-length content-location content-range content-transfer-encoding content-type cookie date delete etag expect get head
            host keep-alive last-modified location max-forwards options post proxy-authenticate proxy-authorization proxy-connection
            public put range referer request-range retry-after server te trace trailer transfer-encoding upgrade uri user-agent vary via
            warning www-authenticate x-flash-version
            """;

    /** What browsers send of their own accord; where a value is named, that value alone. */
    private static final String BY_BROWSER = """
            accept accept-charset accept-encoding accept-language access-control-request-headers access-control-request-method
            authorization connection content-length content-type cookie dnt host if-modified-since origin range referer user-agent
            x-flash-version te=trailers upgrade=websocket upgrade=h2c keep-alive
            """;

    private static final List<byte[]> BROWSER_SECURITY = List.of(
            Ascii.bytes("sec-fetch-"),
            Ascii.bytes("sec-ch-"),
            Ascii.bytes("sec-websocket-"),
            Ascii.bytes("sec-gpc"),
            Ascii.bytes("sec-purpose"),
            Ascii.bytes("sec-browsing-topics"),
            Ascii.bytes("sec-shared-storage-"),
            Ascii.bytes("sec-private-state-token"),
            Ascii.bytes("sec-redemption-record"),
            Ascii.bytes("sec-ad-auction-"),
            Ascii.bytes("sec-cookie-deprecation"),
            Ascii.bytes("sec-storage-access"));
    /** A name that is worth a look: the sandboxes that forbid it, as bits, and the values with which browsers send it. */
    private record Entry(byte[] name, int sandboxes, List<String> values) {}

    /** By the name's length; without the names that browsers send with whatever value. */
    private static final Entry[][] BY_LENGTH = new Entry[40][0];

    private static final byte[] PROXY = Ascii.bytes("proxy-");
    private static final byte[] SECURITY = Ascii.bytes("sec-");
    private static final byte[] KEEP_ALIVE = Ascii.bytes("keep-alive");
    private static final byte[] CLOSE = Ascii.bytes("close");
    private static final byte[][] CONNECTION_OPTIONS = {
        Ascii.bytes("upgrade"), Ascii.bytes("te"), Ascii.bytes("http2-settings"), KEEP_ALIVE, CLOSE
    };
    private static final byte[] CONNECTION = Ascii.bytes("connection");
    private static final List<byte[]> METHOD_OVERRIDES = List.of(
            Ascii.bytes("x-http-method"), Ascii.bytes("x-http-method-override"), Ascii.bytes("x-method-override"));

    static {
        Map<String, Integer> forbidden = new TreeMap<>();
        add(BY_FETCH, FETCH, forbidden);
        add(BY_FLASH, FLASH, forbidden);
        add(BY_SILVERLIGHT, SILVERLIGHT, forbidden);
        Map<String, List<String>> sent = new HashMap<>();
        for (String entry : BY_BROWSER.trim().split("\\s+")) {
            String[] parts = entry.split("=");
            List<String> values = sent.computeIfAbsent(parts[0], first -> new ArrayList<>());
            if (parts.length > 1) {
                values.add(parts[1]);
            }
        }
        forbidden.forEach((name, sandboxes) -> {
            List<String> values = sent.get(name);
            boolean withAnyValue = values != null && values.isEmpty() && !name.equals("connection");
            if (!withAnyValue && !name.startsWith("proxy-")) {
                Entry[] before = BY_LENGTH[name.length()];
                Entry[] after = Arrays.copyOf(before, before.length + 1);
                after[before.length] = new Entry(Ascii.bytes(name), sandboxes, values == null ? List.of() : values);
                BY_LENGTH[name.length()] = after;
            }
        });
    }

    private SandboxHeaders() {}

    private static void add(String names, int sandbox, Map<String, Integer> forbidden) {
        for (String name : names.trim().split("\\s+")) {
            forbidden.merge(name, sandbox, (one, other) -> one | other);
        }
    }

    /**
     * The sandboxes, as bits, whose content cannot have set this header of a request and whose browser does not send it; 0 where there is
     * none. With {@code proxied}, the client means a proxy and speaks to it as such. Makes no string for a usual header.
     */
    static int forbidding(byte[] line, int from, int nameEnd, int value, int to, boolean proxied) {
        int length = nameEnd - from;
        if (length < 2 || length >= BY_LENGTH.length) {
            return 0;
        }
        switch (line[from] | 0x20) {
            case 'p' -> {
                if (Ascii.startsWithIgnoreCase(line, from, nameEnd, PROXY)) {
                    return proxied ? 0 : byProxyName(Ascii.upper(line, from, nameEnd));
                }
            }
            case 's' -> {
                if (Ascii.startsWithIgnoreCase(line, from, nameEnd, SECURITY)) {
                    return isOfBrowser(line, from, nameEnd) ? 0 : FETCH;
                }
            }
            case 'x' -> {
                for (byte[] name : METHOD_OVERRIDES) {
                    if (Ascii.equalsIgnoreCase(line, from, nameEnd, name)) {
                        return namesForbiddenMethod(line, value, to) ? FETCH : 0;
                    }
                }
            }
            default -> {}
        }
        for (Entry entry : BY_LENGTH[length]) {
            if (entry.name[0] == (line[from] | 0x20) && isCalled(entry.name, line, from)) {
                return isSentByBrowsers(entry, line, value, to) ? 0 : entry.sandboxes;
            }
        }
        return 0;
    }

    /** Flash takes a low line for a hyphen. */
    private static boolean isCalled(byte[] name, byte[] line, int from) {
        for (int i = 0; i < name.length; i++) {
            int letter = line[from + i] == '_' ? '-' : Ascii.lower(line[from + i]);
            if (letter != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Of the names with that prefix, Flash and Silverlight have three; Fetch forbids them all. */
    private static int byProxyName(String name) {
        return switch (name) {
            case "PROXY-AUTHENTICATE", "PROXY-AUTHORIZATION", "PROXY-CONNECTION" -> FETCH | FLASH | SILVERLIGHT;
            default -> FETCH;
        };
    }

    private static boolean isOfBrowser(byte[] line, int from, int to) {
        for (byte[] prefix : BROWSER_SECURITY) {
            if (Ascii.startsWithIgnoreCase(line, from, to, prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSentByBrowsers(Entry entry, byte[] line, int value, int to) {
        if (entry.name.length == CONNECTION.length && Arrays.equals(entry.name, CONNECTION)) {
            return areConnectionOptions(line, value, to);
        }
        return !entry.values.isEmpty()
                && entry.values.contains(Ascii.upper(line, value, to).toLowerCase(Locale.ROOT));
    }

    private static boolean areConnectionOptions(byte[] line, int value, int to) {
        if (Ascii.equalsIgnoreCase(line, value, to, KEEP_ALIVE) || Ascii.equalsIgnoreCase(line, value, to, CLOSE)) {
            return true;
        }
        int at = value;
        while (at <= to) {
            int comma = Ascii.indexOf(line, at, to, ',');
            int end = comma < 0 ? to : comma;
            if (!isOption(line, Ascii.skipBlanks(line, at, end), Ascii.trimEnd(line, at, end))) {
                return false;
            }
            at = end + 1;
        }
        return true;
    }

    private static boolean isOption(byte[] line, int from, int to) {
        for (byte[] option : CONNECTION_OPTIONS) {
            if (Ascii.equalsIgnoreCase(line, from, to, option)) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesForbiddenMethod(byte[] line, int value, int to) {
        for (String method : Ascii.upper(line, value, to).split(",")) {
            if (isForbiddenMethod(method.trim())) {
                return true;
            }
        }
        return false;
    }

    /** Fetch, section "forbidden method", in capitals. */
    static boolean isForbiddenMethod(String method) {
        return method.equals("CONNECT") || method.equals("TRACE") || method.equals("TRACK");
    }

    /** The names of sandboxes. */
    static List<String> names(int sandboxes) {
        List<String> names = new ArrayList<>(SANDBOXES.length);
        for (int i = 0; i < SANDBOXES.length; i++) {
            if ((sandboxes >> i & 1) != 0) {
                names.add(SANDBOXES[i]);
            }
        }
        return names;
    }
}
