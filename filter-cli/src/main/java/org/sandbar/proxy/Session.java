package org.sandbar.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.protocol.ftp.ActiveCommand;
import org.sandbar.proxy.Ways.Way;
import org.sandbar.wire.Address;

/**
 * A client's control channel and the one to its server in its place. Where the client says that it listens itself, the server is told a
 * port of the router's that leads there: one at a time, for the client has one data connection at a time. One thread.
 */
final class Session {
    private static final long CONNECTING_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long ENDING_NS = TimeUnit.SECONDS.toNanos(60);

    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final OneWay toServer;
    private final OneWay toClient;
    private final Ways ways;
    private final long idleNs;
    private long movedNs;
    private Way way;

    private Session(SocketChannel client, SocketChannel server, Selector selector, Ways ways, Limits limits)
            throws IOException {
        this.client = client;
        this.server = server;
        this.ways = ways;
        idleNs = limits.nanosOf(Bound.FTP_PROXY_IDLE_SECONDS);
        movedNs = System.nanoTime();
        int bytes = limits.of(Bound.FTP_LINE_BYTES);
        toServer = new OneWay(client, server, bytes, new Commands(this::substitute));
        toClient = new OneWay(server, client, bytes, Passage.AS_IT_IS);
        prepare(client);
        prepare(server);
        server.connect(client.getLocalAddress());
        clientKey = client.register(selector, 0, this);
        serverKey = server.register(selector, SelectionKey.OP_CONNECT, this);
    }

    /**
     * Begins to connect to the host that the client has connected to.
     *
     * @throws IOException where that cannot be; the client's connection is closed then
     */
    static Session begin(SocketChannel client, Selector selector, Ways ways, Limits limits) throws IOException {
        SocketChannel server = null;
        try {
            server = SocketChannel.open();
            return new Session(client, server, selector, ways, limits);
        } catch (IOException refused) {
            client.close();
            if (server != null) {
                server.close();
            }
            throw refused;
        }
    }

    /**
     * What was sent as urgent stays in its place among the rest, as a server expects of Telnet's signals. Who is gone, or whose packets
     * guard stops, is known to be gone within two minutes.
     */
    private static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 60);
        channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 15);
        channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 4);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.socket().setOOBInline(true);
    }

    /** Does what can be done now; a side that is gone takes the other with it. */
    void proceed(long nowNs) {
        try {
            if (client.isOpen() && server.finishConnect()) {
                if (toServer.proceed() | toClient.proceed()) {
                    movedNs = nowNs;
                }
                clientKey.interestOps(interest(toServer, toClient));
                serverKey.interestOps(interest(toClient, toServer));
                if (toServer.isOver() && toClient.isOver()) {
                    close();
                }
            }
        } catch (IOException gone) {
            close();
        }
    }

    private static int interest(OneWay from, OneWay to) {
        return (from.wantsToRead() ? SelectionKey.OP_READ : 0) | (to.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
    }

    private ActiveCommand substitute(ActiveCommand command) {
        Address own = Address.of(client.socket().getInetAddress());
        if (!command.address().equals(own)) {
            return null;
        }
        Address peer = Address.of(server.socket().getInetAddress());
        Way next = ways.open(peer, Address.of(server.socket().getLocalAddress()), own, command.port());
        if (next == null) {
            return null;
        }
        forgetWay();
        way = next;
        return command.with(next.router(), next.routerPort());
    }

    private void forgetWay() {
        if (way != null) {
            ways.close(way);
            way = null;
        }
    }

    /** Whether it is closed, or so long without a sign that it is now. */
    boolean isClosed(long nowNs) {
        boolean ending = toServer.hasEnded() || toClient.hasEnded();
        long patienceNs = !server.isConnected() ? CONNECTING_NS : ending ? ENDING_NS : idleNs;
        if (nowNs - movedNs > patienceNs) {
            close();
        }
        return !client.isOpen();
    }

    void close() {
        try (client;
                server) {
            forgetWay();
        } catch (IOException closed) {
            // It is gone either way.
        }
    }
}
