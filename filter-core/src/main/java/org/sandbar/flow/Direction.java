package org.sandbar.flow;

/** Which way a packet goes, seen from the conversation: the client is its initiator. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT;

    public Direction reverse() {
        return this == TO_SERVER ? TO_CLIENT : TO_SERVER;
    }
}
