package org.sandbar.sink;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;

/**
 * Lines over TCP, or TLS, each ended by a line feed or with its length before it (octet counting, RFC 6587 and RFC 5425).
 *
 * <p>Neither protocol has receipts, and a write that goes well tells only that the own kernel has the bytes. So each batch has its own
 * connection: all bytes are acknowledged, the own half is closed, and then the receiver's close without a reset tells that it has read
 * everything, for a kernel resets a connection that is closed with unread bytes. A batch that is not closed so is sent again as a whole.
 * Where a receiver never closes behind the end of what it gets, or by the user's wish, one connection is kept, and what was on its way
 * when it breaks may be lost.
 */
final class StreamDestination implements Destination {
    private static final Batch BATCH = new Batch(1 << 16, TimeUnit.MILLISECONDS.toNanos(150));
    /** A handshake is dear. */
    private static final Batch SECURED_BATCH = new Batch(1 << 18, TimeUnit.SECONDS.toNanos(1));

    private static final int CONNECT_MS = 5_000;
    private static final int CLOSE_MS = 10_000;
    private static final long ACKNOWLEDGE_NS = TimeUnit.SECONDS.toNanos(30);

    private final String host;
    private final int port;
    private final Message message;
    private final boolean counted;
    private final TlsClient tls;
    private final Consumer<String> messages;
    private boolean receipts;
    private boolean closesBehindEnd;
    private volatile boolean closed;
    private volatile Socket raw;
    private Socket socket;

    /**
     * @param counted whether the length stands before each message
     * @param receipts whether each batch has its own connection, whose end tells that it has arrived
     * @param tls what to secure connections by, or null
     */
    StreamDestination(
            String host,
            int port,
            Message message,
            boolean counted,
            boolean receipts,
            TlsClient tls,
            Consumer<String> messages) {
        this.host = host;
        this.port = port;
        this.message = message;
        this.counted = counted;
        this.receipts = receipts;
        this.tls = tls;
        this.messages = messages;
    }

    @Override
    public Batch batch() {
        return tls == null ? BATCH : SECURED_BATCH;
    }

    @Override
    public int send(List<Line> lines) throws IOException {
        byte[] bytes = frame(lines);
        try {
            if (raw == null || !receipts && isClosedByOther()) {
                connect();
            }
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            if (receipts) {
                awaitReceipt();
            }
        } catch (IOException lost) {
            disconnect();
            throw lost;
        }
        return 0;
    }

    private byte[] frame(List<Line> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 17);
        for (Line line : lines) {
            byte[] one = message.of(line);
            if (counted) {
                bytes.writeBytes((one.length + " ").getBytes(StandardCharsets.US_ASCII));
            }
            bytes.writeBytes(one);
            if (!counted) {
                bytes.write('\n');
            }
        }
        return bytes.toByteArray();
    }

    private void connect() throws IOException {
        disconnect();
        Socket opened = new Socket();
        raw = opened;
        if (closed) {
            throw new IOException("closed");
        }
        opened.connect(Addresses.of(host, port), CONNECT_MS);
        opened.setTcpNoDelay(true);
        opened.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (opened.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            opened.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 10);
            opened.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 5);
            opened.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
        }
        opened.setSoTimeout(CLOSE_MS);
        socket = tls == null ? opened : tls.secure(opened);
    }

    /** What the receiver says meanwhile is nothing that syslog knows. */
    private boolean isClosedByOther() throws IOException {
        raw.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        } finally {
            raw.setSoTimeout(CLOSE_MS);
        }
    }

    private void awaitReceipt() throws IOException {
        Acknowledgements.await(raw, ACKNOWLEDGE_NS);
        socket.shutdownOutput();
        // One that is known to close, and does not, is busy: asking it again would only make it read everything twice.
        raw.setSoTimeout(closesBehindEnd ? 0 : CLOSE_MS);
        try {
            InputStream answers = socket.getInputStream();
            byte[] ignored = new byte[1_024];
            while (answers.read(ignored) >= 0) {
                // Until its end.
            }
            closesBehindEnd = true;
        } catch (EOFException withoutFarewell) {
            closesBehindEnd = true;
        } catch (SocketTimeoutException staysOpen) {
            receipts = false;
            messages.accept(
                    host + ':' + port + " does not close a connection behind its end, so it cannot be known what has"
                            + " arrived; one connection is kept from now on (receipts=no)");
        }
        disconnect();
    }

    private void disconnect() {
        Socket open = raw;
        raw = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }

    @Override
    public void close() {
        closed = true;
        Socket open = raw;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }
}
