package org.sandbar.alg;

import java.util.List;
import org.sandbar.flow.Flow;

/**
 * One application-level gateway of a filter: which flows it looks into, and how. Stateless; any thread.
 */
public interface Gateway {
    /** The filter that it is part of, as {@code pinhole.filters} names it. */
    String filter();

    /** The protocol that it is for, as the filter's administrator names it and as {@code app_proto} does. */
    String protocol();

    /** {@link org.sandbar.wire.Packet#TCP} or {@link org.sandbar.wire.Packet#UDP}. */
    int transport();

    /** Server ports on which it looks, unless the user says otherwise. */
    List<Integer> usualPorts();

    /** Begins to look into a flow; what it would open goes to {@code holes}. */
    Inspection inspect(Flow flow, Holes holes);
}
