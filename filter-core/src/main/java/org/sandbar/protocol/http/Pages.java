package org.sandbar.protocol.http;

import java.util.List;
import java.util.Locale;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.protocol.ExpiringMap;

/**
 * Whose pages a client has loaded, so that a request with an Origin (RFC 6454) is known to come from a page, and not only to say so.
 * Only pages that came in the clear are seen. State by client and origin, bounded, and expired on packet time. Stage 2, one thread.
 */
final class Pages {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final String SCHEME = "http://";

    private final ExpiringMap<ClientAndName, Boolean> loaded;

    Pages(Limits limits) {
        loaded = new ExpiringMap<>(limits.of(Bound.PAGE_MEMORY), limits.nanosOf(Bound.PAGE_SECONDS));
    }

    /** Takes a request with its response in; evidence goes to {@code told}. */
    void see(Event request, List<Event> told) {
        String origin = request.text(HttpEvents.ORIGIN);
        if (origin != null && loaded.get(key(request, origin), request.timeNs()) != null) {
            told.add(Event.at(FlowEvents.EVIDENCE, request.flow(), request.ordinal(), request.timeNs())
                    .set(FlowEvents.SIGNAL, Agents.PAGE_OF_ORIGIN.name())
                    .set(FlowEvents.DETAIL, origin));
        }
        if (isPage(request)) {
            loaded.put(key(request, originOf(request)), true, request.timeNs());
        }
    }

    private static ClientAndName key(Event request, String origin) {
        return new ClientAndName(request.flow().client(), origin.toLowerCase(Locale.ROOT));
    }

    private static boolean isPage(Event request) {
        String type = request.text(HttpEvents.CONTENT_TYPE);
        return Agents.isBrowser(request.text(HttpEvents.USER_AGENT))
                && request.text(HttpEvents.HOSTNAME) != null
                && request.get(HttpEvents.STATUS) instanceof Long status
                && (status == OK
                                && type != null
                                && type.toLowerCase(Locale.ROOT).contains("html")
                        || status == NOT_MODIFIED);
    }

    private static String originOf(Event request) {
        Object port = request.get(HttpEvents.PORT);
        return SCHEME + request.text(HttpEvents.HOSTNAME) + (port == null || port.equals(80L) ? "" : ":" + port);
    }
}
