package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.event.Signal;

/**
 * What a browser says of its own accord about who made a request (Fetch Metadata Request Headers, and the Origin and Referer of the Fetch
 * standard), and where it contradicts itself: then something else wrote it. One request at a time, one analyzer's thread.
 */
final class BrowserMarks {
    private static final byte[] DOCUMENT = Ascii.bytes("text/html");
    private static final byte[] EVENT_STREAM = Ascii.bytes("text/event-stream");
    private static final byte[] SCRIPT_LIBRARY = Ascii.bytes("xmlhttprequest");

    private String site;
    private String mode;
    private String destination;
    private String user;
    /** The request loads a document into a window or frame. */
    private boolean navigation;

    private boolean accept;
    private boolean language;
    private boolean eventStream;
    private boolean preflight;
    private boolean scriptLibrary;

    void clear() {
        navigation = false;
        accept = false;
        language = false;
        eventStream = false;
        preflight = false;
        scriptLibrary = false;
        site = null;
        mode = null;
        destination = null;
        user = null;
    }

    /** A Sec-Fetch header; the first of each counts. */
    void add(Header header, String value) {
        switch (header) {
            case SEC_FETCH_SITE -> site = site == null ? value : site;
            case SEC_FETCH_MODE -> mode = mode == null ? value : mode;
            case SEC_FETCH_DEST -> destination = destination == null ? value : destination;
            case SEC_FETCH_USER -> user = user == null ? value : user;
            default -> throw new IllegalArgumentException(header.name());
        }
    }

    /** A header of which it matters that it is there, or how its value begins. */
    void add(Header header, byte[] line, int value, int to) {
        switch (header) {
            case UPGRADE_INSECURE_REQUESTS -> navigation = true;
            case ACCESS_CONTROL_REQUEST_METHOD -> preflight = true;
            case ACCEPT_LANGUAGE -> language = true;
            case X_REQUESTED_WITH -> scriptLibrary |= Ascii.equalsIgnoreCase(line, value, to, SCRIPT_LIBRARY);
            case ACCEPT -> {
                accept = true;
                navigation |= Ascii.startsWithIgnoreCase(line, value, to, DOCUMENT);
                eventStream |= Ascii.equalsIgnoreCase(line, value, to, EVENT_STREAM);
            }
            default -> throw new IllegalArgumentException(header.name());
        }
    }

    /** Whether something is there that browsers add to each request, or to those of scripts, whatever a script wants. */
    boolean areThere(String origin, String referer) {
        return language || site != null || mode != null || destination != null || origin != null || referer != null;
    }

    /**
     * Who in the browser asks, or null where that does not show: the page's script (Fetch section 4.8, Fetch Metadata section 2.1; in the
     * clear, by what only scripts send), some part of the page, or the person at the keyboard. The agent's word for being a browser is
     * taken only where scripts cannot have written the rest. {@code trustworthy} as for {@link #contradictions}.
     */
    Signal asker(String method, boolean browser, String origin, String referer, boolean trustworthy) {
        boolean byPage = site != null && !"none".equals(site);
        if ("empty".equals(destination) && byPage || preflight && origin != null && "OPTIONS".equals(method)) {
            return Agents.SCRIPT_REQUEST;
        }
        if (!browser) {
            return null;
        }
        if ("none".equals(site) && "navigate".equals(mode) && user != null) {
            return trustworthy ? Agents.TYPED_ADDRESS : null;
        }
        if (eventStream || scriptLibrary || origin != null && !navigation) {
            return Agents.SCRIPT_REQUEST;
        }
        return referer != null && accept && !navigation ? Agents.PAGE_REQUEST : null;
    }

    /**
     * What does not fit together, or null; {@code host} is the request's Host, with {@code trustworthy} where browsers may say who asks:
     * to loopback, and within TLS, but not in the clear.
     */
    List<String> contradictions(String host, String origin, String referer, boolean trustworthy) {
        if (site == null && mode == null && destination == null && user == null && origin == null) {
            return null;
        }
        List<String> found = new ArrayList<>(0);
        String originHost = origin == null ? null : authority(origin);
        boolean own = originHost != null && host != null && originHost.equalsIgnoreCase(host);
        // Chromium's preflights have Sec-Fetch-Mode alone, in the clear too.
        boolean metadata = site != null || mode != null && !preflight || destination != null;
        add(found, "metadata-in-the-clear", !trustworthy && metadata);
        add(found, "navigation-to-nothing", "navigate".equals(mode) && "empty".equals(destination));
        add(
                found,
                "document-without-navigation",
                "document".equals(destination) && mode != null && !"navigate".equals(mode));
        add(found, "user-without-navigation", user != null && mode != null && !"navigate".equals(mode));
        add(found, "same-origin-differs", "same-origin".equals(site) && originHost != null && !own);
        add(found, "cross-site-is-own", "cross-site".equals(site) && own && origin.startsWith("http:"));
        add(found, "none-with-referer", "none".equals(site) && referer != null);
        String refererHost = referer == null ? null : authority(referer);
        add(
                found,
                "origin-referer-differ",
                originHost != null && refererHost != null && !originHost.equalsIgnoreCase(refererHost));
        return found.isEmpty() ? null : found;
    }

    private static void add(List<String> found, String what, boolean holds) {
        if (holds) {
            found.add(what);
        }
    }

    /** Host with perhaps a port, of an origin or a URL; null where it has none, as for the origin "null". */
    private static String authority(String url) {
        int from = url.indexOf("://");
        if (from < 0) {
            return null;
        }
        int to = from + 3;
        while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        return url.substring(from + 3, to);
    }
}
