package org.sandbar.protocol;

import org.sandbar.bytes.Limits;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;

/** What an analyzer may ask and say. Valid as long as its flow; the flow's thread alone. */
public interface Output {
    /** The flow that the analyzer parses: addresses, ports. */
    Flow flow();

    Limits limits();

    /** Whether the flow was handed over before: its bytes go on to another end than its server, as behind a CONNECT. */
    boolean isTunnelled();

    /** Where in the stream of this direction the bytes end that the analyzer is being offered: 0 is the first byte behind the SYN. */
    long position(Direction direction);

    /** A new event, stamped with the packet at hand. It is told by {@link #tell}. */
    Event event(EventKind kind);

    void tell(Event event);

    /** States evidence of who is talking, once for each flow; the detail is text that may come off the wire, or null. */
    void evidence(Signal signal, String detail);

    /**
     * From here on the flow is of another protocol, by its name, or of one that is to be found anew, where the name is null or not known:
     * what the call at hand does not consume goes to that one, and so does all that comes later, in both directions. The analyzer gets
     * no further call. Only while {@link Analyzer#onData} is being called. A flow that is handed over again and again, as
     * tunnels in tunnels are, goes on unread in the end.
     */
    void handOver(String protocol);

    /** Offers once more what was not consumed of this direction, for what has been learnt since. */
    void offerAgain(Direction direction);

    /**
     * Bytes of this direction are not there where they are needed: nothing more of it is read, not by whom the flow is handed over to
     * either, and the flow's end tells of a gap.
     */
    void lose(Direction direction);

    /** The flow is not, or no longer, of this protocol; the analyzer gets no further call. */
    void abandon();

    /**
     * Who reads bodies of this protocol, for this asker: shown the body as the server's data, its gaps and its end. Null where nobody does.
     */
    default Analyzer body(String protocol, String asker) {
        return null;
    }
}
