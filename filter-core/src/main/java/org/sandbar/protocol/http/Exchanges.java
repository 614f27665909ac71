package org.sandbar.protocol.http;

import java.util.ArrayDeque;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.protocol.Output;

/**
 * Pairs requests with responses in order (RFC 9112 section 9.3.2) and tells of each pair, or of what stayed alone. A response may
 * come before its request where the capture changed their order; where either side has a gap, what is waiting stays alone, and what
 * comes behind it too until a client that does not pipeline asks anew, for a wrong pair is worse than none. One analyzer's thread.
 */
final class Exchanges {
    private final Output output;
    private final int mostPending;
    private final ArrayDeque<Facts> requests = new ArrayDeque<>(2);
    private ArrayDeque<Facts> early;
    /** Requests told for want of room, whose responses are still to come. */
    private int overtaken;

    private boolean requestsOver;
    private boolean responsesOver;
    /** More than one request waited at a time. */
    private boolean pipelined;
    /** Bytes went missing: whether the next response answers a request behind them is not known. */
    private boolean doubtful;

    Exchanges(Output output) {
        this.output = output;
        mostPending = output.limits().of(Bound.HTTP_PENDING);
        // Of a flow joined in mid-stream the first requests were not seen: their responses wait in vain.
        requestsOver = output.flow().isMidstream();
    }

    void onRequest(Facts request) {
        if (early != null && !early.isEmpty()) {
            tell(request, early.poll());
        } else if (responsesOver || doubtful && pipelined) {
            tell(request, null);
        } else {
            doubtful = false;
            requests.add(request);
            pipelined |= requests.size() > 1;
            if (requests.size() > mostPending) {
                tell(requests.poll(), null);
                overtaken++;
            }
        }
    }

    /** The request that the next response answers, or null where it is not known. */
    Facts awaiting() {
        return overtaken > 0 ? null : requests.peek();
    }

    /** Whether no response is owed, also not to a client that asks ahead. */
    boolean isAnswered() {
        return requests.isEmpty() && !pipelined && !doubtful;
    }

    /** Whether the request that came last waits for its response. */
    boolean isPending(Facts request) {
        return requests.peekLast() == request;
    }

    void onResponse(Facts response) {
        if (overtaken > 0) {
            overtaken--;
            tell(null, response);
        } else if (!requests.isEmpty()) {
            tell(requests.poll(), response);
        } else if (requestsOver || doubtful) {
            tell(null, response);
        } else {
            keep(response);
        }
    }

    private void keep(Facts response) {
        if (early == null) {
            early = new ArrayDeque<>(2);
        }
        early.add(response);
        if (early.size() > mostPending) {
            tell(null, early.poll());
        }
    }

    void onRequestsLost() {
        doubtful = true;
        tellEarly();
    }

    private void tellEarly() {
        while (early != null && !early.isEmpty()) {
            tell(null, early.poll());
        }
    }

    void onResponsesLost() {
        doubtful = true;
        tellWaiting();
    }

    private void tellWaiting() {
        while (!requests.isEmpty()) {
            tell(requests.poll(), null);
        }
        overtaken = 0;
    }

    /** No more requests will come. */
    void onRequestsOver() {
        requestsOver = true;
        tellEarly();
    }

    /** No more responses will come. */
    void onResponsesOver() {
        responsesOver = true;
        tellWaiting();
    }

    private void tell(Facts request, Facts response) {
        Event event = output.event(HttpEvents.HTTP);
        if (response != null) {
            response.fill(event);
        }
        if (request != null) {
            request.fill(event);
        }
        output.tell(event);
    }
}
