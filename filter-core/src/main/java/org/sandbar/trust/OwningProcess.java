package org.sandbar.trust;

import java.util.List;
import org.sandbar.flow.Conversation;
import org.sandbar.wire.Address;

/**
 * The process that holds one end of a flow, at that address and port. Its parents are those up to the first process, the nearest first.
 * An executable is a whole path, or, where that could not be seen, the command's name in brackets as ps(1) writes it. Immutable.
 */
public record OwningProcess(Address address, int port, long pid, String executable, String user, List<String> parents) {

    /** Whether it is the flow's client. */
    boolean isClientOf(Conversation flow) {
        return port == flow.clientPort() && address.equals(flow.client());
    }

    /** The executable, and whose child it is. */
    String lineage() {
        return parents.isEmpty() ? executable : executable + " < " + String.join(" < ", parents);
    }
}
