package org.sandbar.trust;

import java.util.concurrent.CompletableFuture;
import org.sandbar.flow.Conversation;

/** Knows which processes talk, where the traffic is that of the machine itself. Asked by stage 2's thread, which is never kept waiting. */
public interface Owners {
    /** Of recorded traffic, and that of other machines. */
    Owners NONE = flow -> null;

    /**
     * Asks for the process at this machine's end of a flow that begins, the client's where both ends are here.
     *
     * @return the answer, which comes on any thread, and is null where nobody was found; null where no answer will come
     */
    CompletableFuture<OwningProcess> ownerOf(Conversation flow);
}
