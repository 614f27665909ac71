package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final String[] BROWSER_SECURITY = {
        "sec-fetch-",
        "sec-ch-",
        "sec-websocket-",
        "sec-gpc",
        "sec-purpose",
        "sec-browsing-topics",
        "sec-shared-storage-",
        "sec-private-state-token",
        "sec-redemption-record",
        "sec-ad-auction-",
        "sec-cookie-deprecation",
        "sec-storage-access"
    };

    /** By name, the sandboxes that forbid it, as bits. */
    private static final Map<String, Integer> FORBIDDEN = new HashMap<>();

    private static final Map<String, List<String>> SENT = new HashMap<>();
    /** Lengths and first letters of all names, to say no without making a string. */
    private static final long[] LETTERS_BY_LENGTH = new long[40];

    static {
        add(BY_FETCH, FETCH);
        add(BY_FLASH, FLASH);
        add(BY_SILVERLIGHT, SILVERLIGHT);
        for (String entry : BY_BROWSER.split("\\s+")) {
            String[] parts = entry.split("=");
            List<String> values = SENT.computeIfAbsent(parts[0], first -> new ArrayList<>());
            if (parts.length > 1) {
                values.add(parts[1]);
            }
        }
    }

    private SandboxHeaders() {}

    private static void add(String names, int sandbox) {
        for (String name : names.trim().split("\\s+")) {
            FORBIDDEN.merge(name, sandbox, (one, other) -> one | other);
            LETTERS_BY_LENGTH[name.length()] |= 1L << name.charAt(0) - 'a';
        }
    }

    /**
     * The sandboxes, as bits, whose content cannot have set this header of a request and whose browser does not send it; 0 where there is
     * none. With {@code proxied}, the client means a proxy and speaks to it as such.
     */
    static int forbidding(byte[] line, int from, int nameEnd, int value, int to, boolean proxied) {
        int length = nameEnd - from;
        if (length < 2 || length >= LETTERS_BY_LENGTH.length) {
            return 0;
        }
        int first = Ascii.lower(line[from]);
        boolean prefixed = (first == 'p' || first == 's' || first == 'x') && length > 3;
        boolean possible = first >= 'a' && first <= 'z' && (LETTERS_BY_LENGTH[length] >> first - 'a' & 1) != 0;
        if (!prefixed && !possible) {
            return 0;
        }
        String name = name(line, from, nameEnd);
        int sandboxes = FORBIDDEN.getOrDefault(name, 0);
        if (name.startsWith("proxy-")) {
            return proxied ? 0 : sandboxes | FETCH;
        }
        if (name.startsWith("sec-")) {
            return isOfBrowser(name) ? 0 : sandboxes | FETCH;
        }
        if (isMethodOverride(name)) {
            return namesForbiddenMethod(line, value, to) ? FETCH : 0;
        }
        return sandboxes != 0 && isSentByBrowsers(name, line, value, to) ? 0 : sandboxes;
    }

    /** In lower case, and as Flash compares it. */
    private static String name(byte[] line, int from, int to) {
        return Ascii.upper(line, from, to).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean isOfBrowser(String name) {
        for (String prefix : BROWSER_SECURITY) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSentByBrowsers(String name, byte[] line, int value, int to) {
        List<String> values = SENT.get(name);
        if (values == null) {
            return false;
        }
        if (name.equals("connection")) {
            return areConnectionOptions(Ascii.upper(line, value, to));
        }
        return values.isEmpty() || values.contains(Ascii.upper(line, value, to).toLowerCase(Locale.ROOT));
    }

    private static boolean areConnectionOptions(String value) {
        for (String option : value.split(",")) {
            switch (option.trim()) {
                case "KEEP-ALIVE", "CLOSE", "UPGRADE", "TE", "HTTP2-SETTINGS" -> {}
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isMethodOverride(String name) {
        return name.equals("x-http-method")
                || name.equals("x-http-method-override")
                || name.equals("x-method-override");
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
