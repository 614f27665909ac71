package org.sandbar.bench.mix;

/** What the two sides of a TCP conversation say, a part at a time, so that a long conversation takes no more memory than a short one. */
interface Script {
    /**
     * Says the next part, by {@link TcpTalk#client}, {@link TcpTalk#server} and {@link TcpTalk#meanwhile}.
     *
     * @return false where nothing is left to say, and nothing was said
     */
    boolean proceed(TcpTalk talk);

    /** The conversation that begins when this one has been closed, or null. */
    default Talk sequel() {
        return null;
    }
}
