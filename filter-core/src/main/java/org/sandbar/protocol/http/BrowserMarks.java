package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.List;

/**
 * What a browser says of its own accord about who made a request (Fetch Metadata Request Headers, and the Origin and Referer of the Fetch
 * standard), and where it contradicts itself: then something else wrote it. One request at a time, one analyzer's thread.
 */
final class BrowserMarks {
    private String site;
    private String mode;
    private String destination;
    private String user;

    void clear() {
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
        add(found, "metadata-in-the-clear", !trustworthy && (site != null || mode != null || destination != null));
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
