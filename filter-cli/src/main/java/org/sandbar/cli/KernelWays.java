package org.sandbar.cli;

import java.security.SecureRandom;
import java.util.function.Consumer;
import org.sandbar.capture.live.Nftables;
import org.sandbar.proxy.Ways;
import org.sandbar.wire.Address;

/** The ways in the kernel's maps that {@link Proxying} has made, where each stays for so long. One thread at a time. */
final class KernelWays implements Ways {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** RFC 6335: from here on they are nobody's. */
    private static final int FIRST_PORT = 49_152;

    private static final int PORTS = 65_536 - FIRST_PORT;
    /** One may be taken for the server already. */
    private static final int ATTEMPTS = 3;

    private final Nftables nftables = Nftables.open();
    private final int seconds;
    private final Consumer<String> messages;
    private boolean told;

    /** @param messages is told when the kernel refuses, once */
    KernelWays(int seconds, Consumer<String> messages) {
        this.seconds = seconds;
        this.messages = messages;
    }

    /** Forgets those of an earlier run. */
    void forget() {
        tell("the rules that lead to the proxy for FTP are not there", nftables.run("flush map inet sandbar ways4"));
        nftables.run("flush map inet sandbar ways6");
    }

    @Override
    public Way open(Address server, Address router, Address client, int clientPort) {
        String fault = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Way way = new Way(server, router, FIRST_PORT + RANDOM.nextInt(PORTS), client, clientPort);
            fault = nftables.run(
                    "create element " + key(way) + " timeout " + seconds + "s : " + client + " . " + clientPort + " }");
            if (fault.isEmpty()) {
                return way;
            }
        }
        tell("a data connection of FTP cannot be led to its client", fault);
        return null;
    }

    private void tell(String what, String fault) {
        if (!fault.isEmpty() && !told) {
            told = true;
            messages.accept(what + ": " + fault);
        }
    }

    @Override
    public void close(Way way) {
        nftables.run("delete element " + key(way) + " }");
    }

    private static String key(Way way) {
        Address router = way.router();
        return "inet sandbar ways" + router.version() + " { " + way.server() + " . " + router + " . "
                + way.routerPort();
    }
}
