package org.sandbar.output;

import org.sandbar.event.Event;
import org.sandbar.verdict.Alert;

/** Takes what stage 2 has to say, in order, on its thread. An {@link OutputException} says that the other side is gone. */
public interface EventSink extends AutoCloseable {
    void event(Event event);

    void alert(Alert alert);

    void statistics(Statistics statistics);

    /** Everything said so far leaves the program. */
    void flush();

    @Override
    void close();
}
