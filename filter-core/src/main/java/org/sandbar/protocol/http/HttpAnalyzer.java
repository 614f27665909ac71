package org.sandbar.protocol.http;

import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;

/**
 * HTTP/1.x of one connection (RFC 9110, RFC 9112): heads are read in place as their lines come, bodies are skipped by count, and each
 * request is told with its final response as soon as that one's head is there. Keeps copies of what an event will hold, never the
 * bytes. The flow's thread alone.
 */
public final class HttpAnalyzer implements Analyzer {
    private final Exchanges exchanges;
    private final Requests requests;
    private final Responses responses;
    private final AlgBait bait;

    HttpAnalyzer(Output output) {
        exchanges = new Exchanges(output);
        Agents agents = new Agents(output);
        bait = new AlgBait(output);
        requests = new Requests(output, exchanges, agents, bait);
        responses = new Responses(output, exchanges, agents, bait, requests);
    }

    private Messages messages(Direction direction) {
        return direction == Direction.TO_SERVER ? requests : responses;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        bait.onFirst(direction, buffer, offset, offset + length);
        return messages(direction).onData(buffer, offset, length);
    }

    @Override
    public void onSegment(Direction direction, byte[] buffer, int offset, int length, long position) {
        bait.onSegment(direction, buffer, offset, offset + length);
    }

    @Override
    public boolean isAnswered() {
        return exchanges.isAnswered() && requests.isBetween() && responses.isBetween();
    }

    @Override
    public void onGap(Direction direction, long missing) {
        messages(direction).onGap(missing);
    }

    @Override
    public void onEnd(Direction direction) {
        messages(direction).onEnd();
    }
}
