package org.sandbar.bench.mix;

/** The two ends of a conversation: IPv4 addresses and ports. */
record Endpoints(int client, int clientPort, int server, int serverPort) {
    private static final int PLUGIN_FIRST = 4502;
    private static final int PLUGIN_LAST = 4534;

    boolean isPlugin() {
        return serverPort >= PLUGIN_FIRST && serverPort <= PLUGIN_LAST;
    }
}
