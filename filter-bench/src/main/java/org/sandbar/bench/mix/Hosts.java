package org.sandbar.bench.mix;

import java.util.SplittableRandom;

/**
 * Who takes part. Every client hands out its ports in turn, so that no two flows of a mix have the same endpoints while anybody remembers
 * the first, and flows can be counted.
 */
final class Hosts {
    static final int RESOLVER = 0x0a000035;

    private static final int CLIENTS = 5_000;
    private static final int FIRST_CLIENT = 0x0a010001;
    private static final int SERVERS = 2_000;
    /** Of the block 198.18.0.0/15, which is set aside for benchmarks. */
    private static final int FIRST_SERVER = 0xc6120001;

    private static final int FIRST_PORT = 32_768;
    private static final int PORTS = 28_232;

    private final SplittableRandom random;
    private final int[] portsTaken = new int[CLIENTS];

    Hosts(SplittableRandom random) {
        this.random = random;
    }

    int client() {
        return FIRST_CLIENT + random.nextInt(CLIENTS);
    }

    /** Some client other than this one. */
    int thirdParty(int client) {
        return FIRST_CLIENT + (client - FIRST_CLIENT + 1 + random.nextInt(CLIENTS - 1)) % CLIENTS;
    }

    int server() {
        return FIRST_SERVER + random.nextInt(SERVERS);
    }

    /** The next free port of a client. */
    int port(int client) {
        return FIRST_PORT + portsTaken[client - FIRST_CLIENT]++ % PORTS;
    }

    Endpoints between(int client, int server, int serverPort) {
        return new Endpoints(client, port(client), server, serverPort);
    }

    static String name(int server) {
        return "host" + (server - FIRST_SERVER) + ".example.net";
    }

    static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    /** An endpoint as PORT and 227 write it. */
    static String commas(int address, int port) {
        return dotted(address).replace('.', ',') + "," + (port >> 8) + "," + (port & 255);
    }
}
