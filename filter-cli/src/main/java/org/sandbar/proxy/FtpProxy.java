package org.sandbar.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.live.CannotWatch;
import org.sandbar.capture.live.TransparentSockets;

/**
 * A transparent proxy for control channels of FTP, which the kernel's packet filter leads to it. It listens on loopback alone, so that
 * nobody reaches it in another way. One thread of its own for all sessions; it can be closed by any.
 */
public final class FtpProxy implements AutoCloseable {
    private static final String[] LOOPBACK = {"127.0.0.1", "::1"};
    private static final long TICK_MILLISECONDS = 1_000;
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLISECONDS);

    private final int port;
    private final Ways ways;
    private final Limits limits;
    private final Consumer<String> messages;
    private final List<ServerSocketChannel> listening = new ArrayList<>(LOOPBACK.length);
    private final Set<Session> sessions = new HashSet<>();
    private final Selector selector;
    private final Thread thread = new Thread(this::serve, "sandbar-ftp-proxy");
    private volatile boolean closed;

    private FtpProxy(int port, Ways ways, Limits limits, Consumer<String> messages) throws IOException {
        this.port = port;
        this.ways = ways;
        this.limits = limits;
        this.messages = messages;
        selector = Selector.open();
    }

    /**
     * Begins to take connections.
     *
     * @throws CannotWatch where the right to it is missing, or the port is taken
     * @throws IOException where the system has no room for it
     */
    public static FtpProxy listen(int port, Ways ways, Limits limits, Consumer<String> messages) throws IOException {
        FtpProxy proxy = new FtpProxy(port, ways, limits, messages);
        try {
            proxy.listen();
        } catch (IOException | CannotWatch refused) {
            proxy.end();
            throw refused;
        }
        proxy.thread.setDaemon(true);
        proxy.thread.start();
        return proxy;
    }

    private void listen() throws IOException {
        for (String loopback : LOOPBACK) {
            InetAddress address = InetAddress.getByName(loopback);
            if (NetworkInterface.getByInetAddress(address) != null) {
                listening.add(TransparentSockets.listen(address, port));
            }
        }
        for (ServerSocketChannel channel : listening) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT);
        }
    }

    private void serve() {
        long lookedNs = System.nanoTime();
        try {
            while (!closed) {
                selector.select(TICK_MILLISECONDS);
                long nowNs = System.nanoTime();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.attachment() instanceof Session session) {
                        session.proceed(nowNs);
                    } else {
                        accept((ServerSocketChannel) key.channel());
                    }
                }
                selector.selectedKeys().clear();
                if (nowNs - lookedNs >= TICK_NS) {
                    lookedNs = nowNs;
                    sessions.removeIf(session -> session.isClosed(nowNs));
                }
            }
        } catch (IOException broken) {
            messages.accept("the proxy for FTP has ended: " + broken.getMessage());
        } finally {
            end();
        }
    }

    /** Who comes to the proxy itself and not to a server is sent away. */
    private void accept(ServerSocketChannel listener) {
        try {
            SocketChannel client = listener.accept();
            if (client == null) {
                return;
            }
            boolean meantForUs = ((InetSocketAddress) client.getLocalAddress()).getPort() == port;
            if (meantForUs || sessions.size() >= limits.of(Bound.FTP_PROXY_SESSIONS)) {
                client.close();
            } else {
                sessions.add(Session.begin(client, selector, ways, limits));
            }
        } catch (IOException refused) {
            // One client less; where there is no room for any, it is not asked again at once.
            LockSupport.parkNanos(TICK_NS / 100);
        }
    }

    private void end() {
        sessions.forEach(Session::close);
        try (selector) {
            for (ServerSocketChannel channel : listening) {
                channel.close();
            }
        } catch (IOException closing) {
            // Nothing is left to be done.
        }
    }

    /** Ends all sessions. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(TICK_MILLISECONDS);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
