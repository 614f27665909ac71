package org.sandbar.capture.live;

import static com.sun.jna.Pointer.nativeValue;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sandbar.capture.CaptureException;
import org.sandbar.capture.LinkType;
import org.sandbar.capture.NetworkInterface;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.live.CannotWatch.Cause;

/**
 * One interface as libpcap gives it, open from the constructor to {@link #close}. Reading never waits, for libpcap's time-out is none:
 * on Linux it does not end a read while nothing comes. A packet is looked at where the kernel put it, and copied once. One thread.
 */
final class Device implements AutoCloseable {
    /** A block of the kernel's buffer that is not full is handed over after so long. */
    private static final int BLOCK_MILLISECONDS = 100;

    /** {@code struct pcap_pkthdr}: a {@code timeval} of two longs, and two lengths. */
    private static final int FRACTION = Native.LONG_SIZE;

    private static final int CAPTURED_LENGTH = 2 * Native.LONG_SIZE;
    private static final int WIRE_LENGTH = CAPTURED_LENGTH + 4;
    private static final int HEADER_BYTES = WIRE_LENGTH + 4;
    /** {@code struct bpf_program}: a count and a pointer. */
    private static final int PROGRAM_BYTES = 16;

    private static final int STATISTICS_BYTES = 16;
    /** The kernel's buffers are seen through windows of this size, so that reading them is no native call. */
    private static final long WINDOW_BYTES = Integer.MAX_VALUE;

    private final String name;
    private final Memory error = new Memory(LibPcap.ERROR_BYTES);
    private final Memory pointers = new Memory(2L * Native.POINTER_SIZE);
    private final ByteBuffer pointerBytes = view(pointers, pointers.size());
    private final Memory statistics = new Memory(STATISTICS_BYTES);
    private final long headerSlot = nativeValue(pointers);
    private final long dataSlot = headerSlot + Native.POINTER_SIZE;

    private final long handle;
    private final NetworkInterface seenOn;
    private final int descriptor;
    private final long fractionNs;
    private long headerAddress;
    private ByteBuffer header;
    private long windowStart;
    private ByteBuffer window;
    private boolean pending;
    private long pendingNs;

    private int packetsBefore;
    private int dropsBefore;
    private int interfaceDropsBefore;
    private long packets;
    private long drops;
    private long interfaceDrops;

    /** @throws CannotWatch where it cannot be opened */
    Device(String name, LiveSettings settings) {
        this.name = name;
        error.clear();
        handle = LibPcap.pcap_create(name, nativeValue(error));
        if (handle == 0) {
            throw new CannotWatch(Cause.REQUEST, name + ": " + error.getString(0));
        }
        try {
            activate(settings);
            if (settings.filter() != null) {
                filter(settings.filter());
            }
        } catch (CannotWatch refused) {
            LibPcap.pcap_close(handle);
            throw refused;
        }
        int linkType = LibPcap.pcap_datalink(handle);
        // Files and kernels number raw IP differently.
        seenOn = new NetworkInterface(
                name, linkType == LinkType.RAW_BSD ? LinkType.RAW : linkType, settings.snapBytes());
        descriptor = LibPcap.pcap_get_selectable_fd(handle);
        fractionNs = LaterPcap.hasNanoseconds(handle) ? 1 : 1_000;
    }

    private void activate(LiveSettings settings) {
        LibPcap.pcap_set_snaplen(handle, settings.snapBytes());
        LibPcap.pcap_set_promisc(handle, settings.promiscuous() ? 1 : 0);
        LibPcap.pcap_set_timeout(handle, BLOCK_MILLISECONDS);
        LibPcap.pcap_set_buffer_size(handle, settings.bufferBytes());
        if (settings.immediate()) {
            LaterPcap.setImmediate(handle);
        }
        LaterPcap.askNanoseconds(handle);
        int status = LibPcap.pcap_activate(handle);
        if (status < 0) {
            throw Refusal.of(name, status, LibPcap.pcap_geterr(handle));
        }
        if (LibPcap.pcap_setnonblock(handle, 1, nativeValue(error)) != 0) {
            throw new CannotWatch(Cause.MACHINE, name + ": " + error.getString(0));
        }
    }

    private void filter(String expression) {
        try (Memory program = new Memory(PROGRAM_BYTES)) {
            long address = nativeValue(program);
            if (LibPcap.pcap_compile(handle, address, expression, 1, 0) != 0) {
                throw new CannotWatch(
                        Cause.REQUEST,
                        "the filter '" + expression + "' is not valid for " + name + ": "
                                + LibPcap.pcap_geterr(handle));
            }
            int set = LibPcap.pcap_setfilter(handle, address);
            LibPcap.pcap_freecode(address);
            if (set != 0) {
                throw new CannotWatch(Cause.REQUEST, name + ": " + LibPcap.pcap_geterr(handle));
            }
        }
    }

    String name() {
        return name;
    }

    int linkType() {
        return LibPcap.pcap_datalink(handle);
    }

    /** What to wait on for packets. */
    int descriptor() {
        return descriptor;
    }

    /**
     * Whether a packet stands ready; it stays so until it is taken.
     *
     * @throws CaptureException where the interface is gone
     */
    boolean peek() {
        if (pending) {
            return true;
        }
        int answer = LibPcap.pcap_next_ex(handle, headerSlot, dataSlot);
        if (answer == LibPcap.NOT_YET) {
            return false;
        }
        if (answer != LibPcap.PACKET) {
            throw new CaptureException(name + ": " + LibPcap.pcap_geterr(handle));
        }
        long address = pointer(0);
        if (address != headerAddress) {
            headerAddress = address;
            header = view(new Pointer(address), HEADER_BYTES);
        }
        pendingNs = number(header, 0) * 1_000_000_000L + number(header, FRACTION) * fractionNs;
        pending = true;
        return true;
    }

    /** When the packet that stands ready was seen. */
    long pendingNs() {
        return pendingNs;
    }

    /** How many bytes of the packet that stands ready were captured. */
    int pendingLength() {
        return header.getInt(CAPTURED_LENGTH);
    }

    /** Puts the packet that stands ready into the batch, cut to so many bytes. */
    void take(PacketBatch batch, int offset, int length) {
        long data = pointer(Native.POINTER_SIZE);
        if (window == null || data < windowStart || data + length - windowStart > WINDOW_BYTES) {
            windowStart = Math.max(1, data - WINDOW_BYTES / 2);
            window = view(new Pointer(windowStart), WINDOW_BYTES);
        }
        window.get((int) (data - windowStart), batch.buffer, offset, length);
        batch.add(offset, length, header.getInt(WIRE_LENGTH), pendingNs, seenOn);
        pending = false;
    }

    /** Asks for the counters anew; they are of 32 bits and wrap, so this is called more often than they can. */
    void count() {
        if (LibPcap.pcap_stats(handle, nativeValue(statistics)) != 0) {
            return;
        }
        packets += Integer.toUnsignedLong(statistics.getInt(0) - packetsBefore);
        drops += Integer.toUnsignedLong(statistics.getInt(4) - dropsBefore);
        interfaceDrops += Integer.toUnsignedLong(statistics.getInt(8) - interfaceDropsBefore);
        packetsBefore = statistics.getInt(0);
        dropsBefore = statistics.getInt(4);
        interfaceDropsBefore = statistics.getInt(8);
    }

    long packets() {
        return packets;
    }

    long drops() {
        return drops;
    }

    long interfaceDrops() {
        return interfaceDrops;
    }

    @Override
    public void close() {
        pending = false;
        LibPcap.pcap_close(handle);
    }

    private long pointer(int at) {
        return Native.POINTER_SIZE == 8 ? pointerBytes.getLong(at) : Integer.toUnsignedLong(pointerBytes.getInt(at));
    }

    private static long number(ByteBuffer bytes, int at) {
        return Native.LONG_SIZE == 8 ? bytes.getLong(at) : bytes.getInt(at);
    }

    private static ByteBuffer view(Pointer at, long length) {
        return at.getByteBuffer(0, length).order(ByteOrder.nativeOrder());
    }
}
