package org.sandbar.protocol;

import org.sandbar.flow.Direction;

/** The analyzer of a protocol that is recognised and of which nothing is read. It keeps nothing, any thread. */
public enum Unread implements Analyzer {
    INSTANCE;

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        return SKIP_ALL;
    }

    @Override
    public void onGap(Direction direction, long missing) {}

    @Override
    public void onEnd(Direction direction) {}
}
