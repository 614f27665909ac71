package org.sandbar.trust.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.flow.Conversation;
import org.sandbar.trust.OwningProcess;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/** Real sockets of this test's own process. */
class LocalOwnersTest {
    private static final String ELSEWHERE = "198.51.100.80";

    private final LocalOwners owners = LocalOwners.open(Limits.USUAL, warning -> {});

    @BeforeAll
    static void isLinux() {
        assumeTrue(Files.exists(Path.of("/proc/self/net/tcp")), "needs Linux");
    }

    @AfterEach
    void close() {
        owners.close();
    }

    private static Conversation flow(int protocol, String client, int clientPort, String server, int serverPort) {
        return new Conversation(
                1, Address.parse(client), clientPort, Address.parse(server), serverPort, protocol, 0, 0, false);
    }

    private OwningProcess owner(Conversation flow) throws InterruptedException, ExecutionException, TimeoutException {
        return owners.ownerOf(flow).get(10, TimeUnit.SECONDS);
    }

    private static void isThisProcess(OwningProcess owner) {
        ProcessHandle self = ProcessHandle.current();
        assertEquals(self.pid(), owner.pid());
        assertEquals(self.info().command().orElseThrow(), owner.executable());
        assertEquals(self.info().user().orElseThrow(), owner.user());
        assertFalse(owner.parents().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aConnectionWhileItStands(String address) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            Conversation flow;
            try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                flow = flow(Packet.TCP, address, client.getLocalPort(), address, server.getLocalPort());
                isThisProcess(owner(flow));
            }
            assertNull(owner(flow));
        }
    }

    @Test
    void whoWaitsForOthers() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            isThisProcess(owner(flow(Packet.TCP, ELSEWHERE, 40_000, "127.0.0.1", server.getLocalPort())));
        }
    }

    @Test
    void datagrams() throws Exception {
        try (DatagramSocket open = new DatagramSocket();
                DatagramSocket connected = new DatagramSocket()) {
            isThisProcess(owner(flow(Packet.UDP, "127.0.0.1", open.getLocalPort(), ELSEWHERE, 53)));
            connected.connect(new InetSocketAddress("127.0.0.1", 53));
            isThisProcess(owner(flow(Packet.UDP, "127.0.0.1", connected.getLocalPort(), "127.0.0.1", 53)));
        }
    }

    @Test
    void trafficOfOthersIsNotAskedFor() {
        assertNull(owners.ownerOf(flow(Packet.TCP, ELSEWHERE, 40_000, "198.51.100.81", 21)));
        assertNull(owners.ownerOf(flow(Packet.ICMP, "127.0.0.1", 0, ELSEWHERE, 0)));
    }

    @Test
    void whoAsksIsNeverKeptWaiting() throws IOException {
        try (LocalOwners busy = LocalOwners.open(Limits.USUAL.with(Bound.OWNER_QUESTIONS, 1), warning -> {})) {
            Conversation flow = flow(Packet.TCP, "127.0.0.1", 1, ELSEWHERE, 1);
            boolean refused = false;
            for (int i = 0; i < 1_000 && !refused; i++) {
                CompletableFuture<OwningProcess> answer = busy.ownerOf(flow);
                refused = answer == null;
            }
            assertTrue(refused);
        }
    }
}
