package org.sandbar.protocol;

import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;

/** One application protocol: its name, how it is recognised, what it tells. Stateless; any thread. */
public interface Protocol {
    /** As it stands in {@code app_proto}. */
    String name();

    /** The transport's protocol number: {@link org.sandbar.wire.Packet#TCP} or UDP. */
    int transport();

    /** Server ports where it usually is: whoever has the port is asked first, nothing more. */
    List<Integer> usualPorts();

    /** The kinds of events that it tells. */
    List<EventKind> kinds();

    /** The evidence that it can state. */
    default List<Signal> signals() {
        return List.of();
    }

    /**
     * Looks at the first bytes of a direction, all of them each time, at most {@code probe-bytes}. Says nothing, keeps nothing. The port
     * is for what has no mark of its own, such as FTP within TLS.
     */
    Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length);

    Analyzer analyzer(Output output);

    /** What it correlates in stage 2, or null where its flows stand alone. */
    default Correlation correlation(Limits limits, Site site) {
        return null;
    }

    /**
     * Reads what stands in the body of another protocol's message: the server's side alone, for whom {@code asker} says. Null where the
     * protocol is never carried so.
     */
    default Analyzer body(Output output, String asker) {
        return null;
    }
}
