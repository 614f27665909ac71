package org.sandbar.engine;

import java.util.List;
import org.sandbar.event.Event;
import org.sandbar.verdict.Alert;

/** Acts on what stage 2 finds, and hears of it before it is told. On the thread of stage 2. */
interface Enforcement {
    /** Of whoever only looks on. */
    Enforcement NONE = new Enforcement() {
        @Override
        public boolean stops(List<Alert> alerts) {
            return false;
        }

        @Override
        public void act(Event event) {
            // Nothing follows from it.
        }
    };

    /** Takes in the alerts of one event, and says whether their flow is stopped, for these or for what was before. */
    boolean stops(List<Alert> alerts);

    /** Takes in an event; on that which ends a flow it says what was done to it. */
    void act(Event event);
}
