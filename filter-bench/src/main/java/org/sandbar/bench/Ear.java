package org.sandbar.bench;

import org.sandbar.bytes.Limits;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.protocol.Output;

/** Listens to one analyzer, and keeps the last that it told. */
final class Ear implements Output {
    private final Flow flow;
    private long ordinal;
    private Event last;

    Ear(Flow flow) {
        this.flow = flow;
    }

    Event last() {
        return last;
    }

    @Override
    public Flow flow() {
        return flow;
    }

    @Override
    public Limits limits() {
        return Limits.USUAL;
    }

    @Override
    public boolean isTunnelled() {
        return false;
    }

    @Override
    public long position(Direction direction) {
        // Where the words stand makes no difference to what they cost.
        return 0;
    }

    @Override
    public Event event(EventKind kind) {
        ordinal++;
        return Event.at(kind, flow.conversation(), ordinal, ordinal * 1_000);
    }

    @Override
    public void tell(Event event) {
        last = event;
    }

    @Override
    public void evidence(Signal signal, String detail) {
        // What it says of the speaker costs the analyzer the same whoever listens.
    }

    @Override
    public void handOver(String protocol) {
        throw new IllegalStateException("the benchmark's own words do not end");
    }

    @Override
    public void offerAgain(Direction direction) {
        throw new IllegalStateException("the benchmark's own words are never held");
    }

    @Override
    public void lose(Direction direction) {
        throw new IllegalStateException("the benchmark's own words are all there");
    }

    @Override
    public void abandon() {
        throw new IllegalStateException("the benchmark's own words were not understood");
    }
}
