package org.sandbar.sink;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;

/**
 * A datagram a line (RFC 5426 for syslog). Nobody tells what arrives of them; only a host that says that nobody listens there is known to
 * be down. A line that is longer than the bound is left out, for half of it would be read as something else.
 */
final class DatagramDestination implements Destination {
    private static final Batch BATCH = new Batch(1 << 16, 0);

    private final String host;
    private final int port;
    private final Message message;
    private final int mostBytes;
    private volatile DatagramChannel channel;

    DatagramDestination(String host, int port, Message message, int mostBytes) {
        this.host = host;
        this.port = port;
        this.message = message;
        this.mostBytes = mostBytes;
    }

    @Override
    public Batch batch() {
        return BATCH;
    }

    @Override
    public int send(List<Line> lines) throws IOException {
        if (channel == null) {
            InetSocketAddress address = Addresses.of(host, port);
            channel = DatagramChannel.open();
            channel.connect(address);
        }
        int tooLong = 0;
        for (Line line : lines) {
            byte[] datagram = message.of(line);
            if (datagram.length > mostBytes) {
                tooLong++;
            } else {
                channel.write(ByteBuffer.wrap(datagram));
            }
        }
        hear();
        return tooLong;
    }

    /** What the network said of the datagrams before, that nobody listens, comes with whatever is asked next. */
    private void hear() throws IOException {
        try {
            channel.configureBlocking(false);
            channel.read(ByteBuffer.allocate(1));
        } catch (PortUnreachableException nobody) {
            throw new IOException("nobody listens on " + host + ':' + port, nobody);
        } finally {
            channel.configureBlocking(true);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }
}
