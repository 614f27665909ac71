package org.sandbar.output;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.verdict.Alert;

/** How records are laid out, by kind of event and whether they are alerts: made when first needed. One thread. */
final class Layouts<L> {
    private final BiFunction<EventKind, Boolean, L> maker;
    private final Map<EventKind, L> events = new IdentityHashMap<>();
    private final Map<EventKind, L> alerts = new IdentityHashMap<>();

    Layouts(BiFunction<EventKind, Boolean, L> maker) {
        this.maker = maker;
    }

    L of(Event event, Alert alert) {
        Map<EventKind, L> known = alert == null ? events : alerts;
        L layout = known.get(event.kind());
        if (layout == null) {
            layout = maker.apply(event.kind(), alert != null);
            known.put(event.kind(), layout);
        }
        return layout;
    }
}
