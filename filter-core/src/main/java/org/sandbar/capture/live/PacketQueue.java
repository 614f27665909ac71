package org.sandbar.capture.live;

import static org.sandbar.bytes.Bytes.u16;
import static org.sandbar.bytes.Bytes.u32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.sandbar.capture.Reception;
import org.sandbar.capture.live.CannotWatch.Cause;

/**
 * A queue of the kernel's packet filter (NFQUEUE): packets wait in it until they are answered. The queue of the next number is read with
 * it, for what begins new connections, so that a flood of those leaves room for the others. Packets are answered in the order in which
 * they came, and a run of them with one answer together. What is not answered when the queue closes, the kernel drops. One thread.
 */
public final class PacketQueue implements AutoCloseable {
    /** Decides a packet, which is an IP packet without a link layer. */
    @FunctionalInterface
    public interface Judge {
        /** What becomes of the packet: {@link #DROP}, or the bits of {@link #MARK_MASK} that it goes on with. */
        int judge(byte[] buffer, int offset, int length, long timeNs);
    }

    /** The packet goes no further. */
    public static final int DROP = -1;
    /** The bits of a packet's mark that are ours; the others stay as they are. */
    public static final int MARK_MASK = 0xff00_0000;

    private static final Path COUNTERS = Path.of("/proc/self/net/netfilter/nfnetlink_queue");
    /** Columns of that file. */
    private static final int DROPPED = 5;

    private static final int USER_DROPPED = 6;

    private static final int MESSAGE_BYTES = 1 << 17;
    private static final int RECEIVE_BYTES = 1 << 26;
    private static final int LONGEST_PACKET = 0xffff;
    /** So many are answered together at most, and so long may the first of them wait for the last. */
    private static final int BATCH = 32;
    /** What begins a connection is small, and waits in the same line as the others: it may be so much fewer. */
    private static final int SHARE_OF_NEW = 4;

    private static final long UNKNOWN = -1;

    /** Netlink: the header of a message, with that of netfilter behind it, and the attributes of a packet. */
    private static final int MESSAGE_TYPE = 4;

    private static final int QUEUE_NUMBER = 18;
    private static final int HEADERS = 20;
    private static final int PACKET_MESSAGE = 0x300;
    private static final int PACKET_HEADER = 1;
    private static final int MARK = 3;
    private static final int PAYLOAD = 10;
    private static final int TYPE_MASK = 0x3fff;

    private final QueueSettings settings;
    private final Memory message = new Memory(MESSAGE_BYTES);
    private final byte[] buffer = new byte[MESSAGE_BYTES];
    private final Descriptors descriptors = new Descriptors(1);
    private final long beganNs = nowNs();
    private long handle;
    /** The queue, and that of new connections. */
    private final long[] queues = new long[2];

    private int descriptor;
    private long packets;
    /** Times that the socket had no room. */
    private long overflows;

    /** When the packets at hand were taken up. */
    private long batchNs;

    /** The packet at hand, and which queue it is in. */
    private int id;

    private int place;

    private int mark;
    private int payload;
    private int payloadLength;

    /** What is decided and not answered yet: all up to this packet go on with this mark. */
    private int waiting;

    private int lastId;
    private int lastPlace;
    private int lastMark;

    private PacketQueue(QueueSettings settings) {
        this.settings = settings;
    }

    /**
     * Begins to read the queue; packets come from now on.
     *
     * @throws CannotWatch where it cannot be read
     */
    public static PacketQueue open(QueueSettings settings) {
        NativeParts.requireQueue();
        PacketQueue opened = new PacketQueue(settings);
        try {
            opened.bind();
        } catch (CannotWatch refused) {
            opened.close();
            throw refused;
        }
        return opened;
    }

    private void bind() {
        handle = LibQueue.nfq_open();
        if (handle == 0) {
            throw refusal(settings.number(), Native.getLastError());
        }
        descriptor = LibQueue.nfq_fd(handle);
        try (Memory bytes = new Memory(Integer.BYTES)) {
            bytes.setInt(0, RECEIVE_BYTES);
            Sockets.setsockopt(
                    descriptor, Sockets.SOL_SOCKET, Sockets.SO_RCVBUFFORCE, Pointer.nativeValue(bytes), Integer.BYTES);
        }
        queues[0] = bind(settings.number(), settings.length());
        queues[1] = bind(settings.number() + 1, Math.max(1, settings.length() / SHARE_OF_NEW));
    }

    private long bind(int number, int length) {
        long queue = LibQueue.nfq_create_queue(handle, (short) number, 0, 0);
        if (queue == 0) {
            throw refusal(number, Native.getLastError());
        }
        int flags = LibQueue.WHOLE | (settings.failOpen() ? LibQueue.FAIL_OPEN : 0);
        // The mode comes last, for packets come with it.
        if (LibQueue.nfq_set_queue_maxlen(queue, length) < 0
                || LibQueue.nfq_set_queue_flags(queue, LibQueue.WHOLE | LibQueue.FAIL_OPEN, flags) < 0
                || LibQueue.nfq_set_mode(queue, LibQueue.COPY_PACKET, LONGEST_PACKET) < 0) {
            throw refusal(number, Native.getLastError());
        }
        return queue;
    }

    /** The kernel has the same refusal for who has no right and for who comes second. */
    private CannotWatch refusal(int number, int error) {
        if (error == Sockets.EBUSY || error == Sockets.EPERM && drops(number) != UNKNOWN) {
            return new CannotWatch(
                    Cause.REQUEST,
                    "another program reads queue " + number + "; end it, or give another number with -Q");
        }
        if (error == Sockets.EPERM) {
            return new CannotWatch(
                    Cause.MACHINE,
                    "no right to decide packets; run it as root, or with these rights alone: sudo setpriv --reuid="
                            + System.getProperty("user.name")
                            + " --init-groups --inh-caps=+net_admin,+net_raw --ambient-caps=+net_admin,+net_raw"
                            + " sandbar guard …");
        }
        return new CannotWatch(
                Cause.MACHINE,
                "this kernel has no queue for packets (error " + error
                        + "); it needs nfnetlink_queue: modprobe nfnetlink_queue");
    }

    /**
     * Has what stands ready decided, and answers it.
     *
     * @param waitMilliseconds how long to wait for the first packet
     * @return how many packets came
     */
    public int serve(Judge judge, int waitMilliseconds) {
        int served = 0;
        batchNs = nowNs();
        while (served < BATCH && receive()) {
            served++;
            decide(judge);
        }
        answerWaiting();
        packets += served;
        if (served == 0) {
            descriptors.clear();
            descriptors.add(descriptor);
            descriptors.await(waitMilliseconds);
        }
        return served;
    }

    private void decide(Judge judge) {
        int decided = judge.judge(buffer, payload, payloadLength, batchNs);
        if (decided == DROP) {
            answerWaiting();
            LibQueue.nfq_set_verdict2(queues[place], id, LibQueue.DROP, mark, 0, 0);
            return;
        }
        int marked = mark & ~MARK_MASK | decided & MARK_MASK;
        if (waiting > 0 && (marked != lastMark || place != lastPlace)) {
            answerWaiting();
        }
        waiting++;
        lastId = id;
        lastPlace = place;
        lastMark = marked;
    }

    private void answerWaiting() {
        if (waiting == 1) {
            LibQueue.nfq_set_verdict2(queues[lastPlace], lastId, LibQueue.ACCEPT, lastMark, 0, 0);
        } else if (waiting > 1) {
            LibQueue.nfq_set_verdict_batch2(queues[lastPlace], lastId, LibQueue.ACCEPT, lastMark);
        }
        waiting = 0;
    }

    /** Whether the next packet stands in the buffer. */
    private boolean receive() {
        while (true) {
            long length = Sockets.recv(descriptor, Pointer.nativeValue(message), MESSAGE_BYTES, Sockets.MSG_DONTWAIT);
            if (length < 0) {
                if (Native.getLastError() != Sockets.ENOBUFS) {
                    return false;
                }
                overflows++;
            } else if (length >= HEADERS
                    && message.getShort(MESSAGE_TYPE) == PACKET_MESSAGE
                    && readPacket((int) length)) {
                return true;
            }
        }
    }

    /** The attributes' headers are in the machine's order, what they hold in the network's. */
    private boolean readPacket(int length) {
        message.read(0, buffer, 0, length);
        place = u16(buffer, QUEUE_NUMBER) == settings.number() ? 0 : 1;
        mark = 0;
        payload = 0;
        boolean identified = false;
        for (int at = HEADERS; at + 4 <= length; ) {
            int attributeLength = message.getShort(at) & 0xffff;
            if (attributeLength < 4) {
                return false;
            }
            switch (message.getShort(at + 2) & TYPE_MASK) {
                case PACKET_HEADER -> {
                    id = (int) u32(buffer, at + 4);
                    identified = true;
                }
                case MARK -> mark = (int) u32(buffer, at + 4);
                case PAYLOAD -> {
                    payload = at + 4;
                    payloadLength = Math.min(attributeLength - 4, length - payload);
                }
                default -> {}
            }
            at += attributeLength + 3 & ~3;
        }
        return identified;
    }

    /** How the queue stands; packets that the kernel dropped because it was full are among them. */
    public Reception reception() {
        long drops = drops(settings.number());
        drops = drops == UNKNOWN ? overflows : drops + Math.max(0, drops(settings.number() + 1));
        return new Reception(beganNs, nowNs(), packets + drops, drops, 0);
    }

    /** What the kernel dropped of a queue; {@link #UNKNOWN} where it has none such, or does not say so to us. */
    private static long drops(int number) {
        try {
            for (String line : Files.readAllLines(COUNTERS)) {
                String[] columns = line.trim().split(" +");
                if (columns.length > USER_DROPPED && columns[0].equals(Integer.toString(number))) {
                    return Long.parseLong(columns[DROPPED]) + Long.parseLong(columns[USER_DROPPED]);
                }
            }
        } catch (IOException unreadable) {
            // As if it said nothing.
        }
        return UNKNOWN;
    }

    private static long nowNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public void close() {
        for (int i = 0; i < queues.length; i++) {
            if (queues[i] != 0) {
                LibQueue.nfq_destroy_queue(queues[i]);
                queues[i] = 0;
            }
        }
        if (handle != 0) {
            LibQueue.nfq_close(handle);
            handle = 0;
        }
    }
}
