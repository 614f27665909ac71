package org.sandbar.bench.mix;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.sandbar.bytes.Bytes;

/** Writes IPv4 frames over Ethernet, with checksums that are right, to a pcap stream, built where they are buffered. */
final class CaptureWriter {
    static final int MOST_PAYLOAD = 1_460;

    private static final VarHandle BIG_64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE_32 =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int TCP = 20;
    private static final int UDP = 8;
    private static final int LEAST_FRAME = 60;
    private static final int MOST_FRAME = 1_514;
    private static final int WINDOW = 64_240;
    private static final long START_US = 1_795_428_000_000_000L;
    private static final byte[] SYN_OPTIONS = {2, 4, 0x05, (byte) 0xb4, 1, 3, 3, 7};
    private static final Message NOTHING = new Message();

    private final OutputStream out;
    private final SplittableRandom random;
    private final Counts.Tally tally;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private long timeUs = START_US;

    CaptureWriter(OutputStream out, SplittableRandom random, Counts.Tally tally) {
        this.out = out;
        this.random = random;
        this.tally = tally;
        little(0xa1b2c3d4);
        little(4 << 16 | 2);
        little(0);
        little(0);
        little(65_535);
        little(1);
    }

    private void little(int value) {
        LITTLE_32.set(buffer, at, value);
        at += 4;
    }

    void bare(Endpoints ends, boolean fromClient, int flags, int sequence, int acknowledgement) throws IOException {
        segment(ends, fromClient, flags, sequence, acknowledgement, NOTHING, 0, 0);
    }

    /** Writes one TCP segment with so many bytes that stand at {@code from} in the message. */
    void segment(
            Endpoints ends,
            boolean fromClient,
            int flags,
            int sequence,
            int acknowledgement,
            Message message,
            int from,
            int length)
            throws IOException {
        int options = (flags & TcpTalk.SYN) == 0 ? 0 : SYN_OPTIONS.length;
        int transportLength = TCP + options + length;
        int transport = begin(ends, fromClient, 6, transportLength);
        Bytes.put32(buffer, transport + 4, sequence);
        Bytes.put32(buffer, transport + 8, acknowledgement);
        Bytes.put16(buffer, transport + 12, (TCP + options) << 10 | flags);
        Bytes.put16(buffer, transport + 14, WINDOW);
        Bytes.put32(buffer, transport + 16, 0);
        System.arraycopy(SYN_OPTIONS, 0, buffer, transport + TCP, options);
        if (length > 0) {
            message.copy(from, length, buffer, transport + TCP + options);
        }
        end(transport, 6, 16, transportLength);
    }

    void datagram(Endpoints ends, boolean fromClient, Message message) throws IOException {
        int length = message.length();
        int transport = begin(ends, fromClient, 17, UDP + length);
        Bytes.put16(buffer, transport + 4, UDP + length);
        Bytes.put16(buffer, transport + 6, 0);
        message.copy(0, length, buffer, transport + UDP);
        end(transport, 17, 6, UDP + length);
    }

    /** Writes all headers up to the ports, and returns where the transport's header is. */
    private int begin(Endpoints ends, boolean fromClient, int protocol, int transportLength) throws IOException {
        if (at + RECORD_HEADER + MOST_FRAME > buffer.length) {
            flush();
        }
        int frame = at + RECORD_HEADER;
        Bytes.put32(buffer, frame, 0x02000000);
        Bytes.put32(buffer, frame + 4, (fromClient ? 2 : 1) << 16 | 0x0200);
        Bytes.put32(buffer, frame + 8, fromClient ? 1 : 2);
        Bytes.put16(buffer, frame + 12, 0x0800);
        int ip = frame + ETHERNET;
        Bytes.put32(buffer, ip, 0x45000000 | IP + transportLength);
        Bytes.put32(buffer, ip + 4, (int) tally.of(Quantity.PACKETS) << 16 | 0x4000);
        Bytes.put32(buffer, ip + 8, 64 << 24 | protocol << 16);
        Bytes.put32(buffer, ip + 12, fromClient ? ends.client() : ends.server());
        Bytes.put32(buffer, ip + 16, fromClient ? ends.server() : ends.client());
        Bytes.put16(buffer, ip + 10, checksum(sum(ip, IP)));
        int transport = ip + IP;
        Bytes.put16(buffer, transport, fromClient ? ends.clientPort() : ends.serverPort());
        Bytes.put16(buffer, transport + 2, fromClient ? ends.serverPort() : ends.clientPort());
        return transport;
    }

    private void end(int transport, int protocol, int checksumAt, int transportLength) {
        long pseudoHeader = sum(transport - 8, 8) + protocol + transportLength;
        int checksum = checksum(pseudoHeader + sum(transport, transportLength));
        Bytes.put16(buffer, transport + checksumAt, checksum == 0 && protocol == 17 ? 0xffff : checksum);
        int length = ETHERNET + IP + transportLength;
        int start = transport - IP - ETHERNET;
        for (; length < LEAST_FRAME; length++) {
            buffer[start + length] = 0;
        }
        timeUs += 1 + random.nextInt(3);
        little((int) (timeUs / 1_000_000));
        little((int) (timeUs % 1_000_000));
        little(length);
        little(length);
        at = start + length;
        tally.add(Quantity.PACKETS);
        tally.add(Quantity.BYTES, length);
    }

    /** The sum of 16-bit words that {@link #checksum} folds, taken 32 bits at a time: the carries come out the same (RFC 1071). */
    private long sum(int offset, int length) {
        long sum = 0;
        int from = offset;
        int to = offset + length;
        for (; from + 8 <= to; from += 8) {
            long eight = (long) BIG_64.get(buffer, from);
            sum += (eight >>> 32) + (eight & 0xffff_ffffL);
        }
        for (; from + 2 <= to; from += 2) {
            sum += Bytes.u16(buffer, from);
        }
        return from < to ? sum + (Bytes.u8(buffer, from) << 8) : sum;
    }

    private static int checksum(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }

    void flush() throws IOException {
        out.write(buffer, 0, at);
        at = 0;
    }
}
