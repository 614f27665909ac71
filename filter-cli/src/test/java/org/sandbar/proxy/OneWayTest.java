package org.sandbar.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One direction between two connections of loopback. */
@Timeout(30)
class OneWayTest {
    private static final int BUFFER_BYTES = 64;

    private SocketChannel sender;
    private SocketChannel in;
    private SocketChannel out;
    private SocketChannel receiver;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            sender = SocketChannel.open(listening.getLocalAddress());
            in = listening.accept();
            out = SocketChannel.open(listening.getLocalAddress());
            receiver = listening.accept();
        }
        for (SocketChannel channel : new SocketChannel[] {sender, in, out, receiver}) {
            channel.configureBlocking(false);
        }
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel channel : new SocketChannel[] {sender, in, out, receiver}) {
            channel.close();
        }
    }

    /** What the receiver gets, who reads when nothing moves any more. */
    private byte[] passed(OneWay way, byte[] said) throws IOException {
        ByteBuffer toSay = ByteBuffer.wrap(said);
        ByteBuffer heard = ByteBuffer.allocate(10_000);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int read = 0;
        while (read >= 0) {
            boolean moved = toSay.hasRemaining() && sender.write(toSay) > 0;
            if (!toSay.hasRemaining()) {
                sender.shutdownOutput();
            }
            if (!way.proceed() && !moved) {
                read = receiver.read(heard.clear());
                all.write(heard.array(), 0, heard.position());
            }
        }
        return all.toByteArray();
    }

    @Test
    void allArrivesInOrderAndThenTheEnd() throws IOException {
        byte[] said = new byte[100_000];
        new Random(1).nextBytes(said);
        OneWay way = new OneWay(in, out, BUFFER_BYTES, Passage.AS_IT_IS);
        assertArrayEquals(said, passed(way, said));
        assertTrue(way.isOver() && !way.wantsToRead() && !way.wantsToWrite());
    }

    @Test
    void linesArriveAndTheLastHasNoEnd() throws IOException {
        String said = "PORT 192,168,1,5,19,136\r\nRETR x\r\n".repeat(300) + "QUI";
        OneWay way = new OneWay(in, out, BUFFER_BYTES, new Commands(command -> command));
        assertEquals(
                said, new String(passed(way, said.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII));
    }

    @Test
    void nothingIsReadWhileNobodyTakesIt() throws IOException {
        OneWay way = new OneWay(in, out, BUFFER_BYTES, Passage.AS_IT_IS);
        byte[] block = new byte[100_000];
        Arrays.fill(block, (byte) 'x');
        while (sender.write(ByteBuffer.wrap(block)) > 0 | way.proceed()) {}
        assertFalse(way.wantsToRead());
        assertTrue(way.wantsToWrite());
        assertFalse(way.hasEnded());
    }
}
