package org.sandbar.capture;

import org.sandbar.bytes.Bytes;

/**
 * The format of libpcap (pcap-savefile(5), draft-ietf-opsawg-pcap): a file header of 24 bytes, then records. Both byte orders, times
 * in microseconds or nanoseconds, and the variant of A. Kuznetzov, whose record headers are 8 bytes longer.
 */
final class Pcap extends CaptureFormat {
    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;
    static final int KUZNETZOV = 0xa1b2cd34;

    private static final int FILE_HEADER_BYTES = 24;
    private static final int VERSION_MAJOR = 4;
    private static final int VERSION_MINOR = 6;
    private static final int SNAP_LENGTH = 16;
    private static final int LINK_TYPE = 20;

    private static final int SECONDS = 0;
    private static final int FRACTION = 4;
    private static final int CAPTURED_LENGTH = 8;
    private static final int WIRE_LENGTH = 12;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int KUZNETZOV_HEADER_BYTES = 24;

    /** What libpcap itself would write at most, whatever the snapshot length says (MAXIMUM_SNAPLEN). */
    private static final int USUAL_SNAP_LENGTH = 262_144;

    private static final int LINK_TYPE_MASK = 0xffff;

    private boolean begun;
    private boolean little;
    private int headerBytes;
    private int fractionNs;
    private NetworkInterface seenOn;
    private int mostCaptured;

    static boolean isMagic(int magic) {
        return magic == MICROSECONDS || magic == NANOSECONDS || magic == KUZNETZOV;
    }

    @Override
    long index(PacketBatch batch, int from, int to) throws Flaw {
        if (begun) {
            return indexRecords(batch, from, to);
        }
        if (to - from < FILE_HEADER_BYTES) {
            return from;
        }
        begin(batch.buffer, from);
        return indexRecords(batch, from + FILE_HEADER_BYTES, to);
    }

    private void begin(byte[] buffer, int from) throws Flaw {
        little = !isMagic(Bytes.i32(buffer, from));
        int magic = i32(buffer, from);
        int major = u16(buffer, from + VERSION_MAJOR);
        int minor = u16(buffer, from + VERSION_MINOR);
        // Before 2.3 the two lengths of a record stood the other way round.
        if (major != 2 || minor < 3) {
            throw new Flaw(from, "pcap version " + major + "." + minor + " is not understood, only 2.3 and 2.4 are");
        }
        headerBytes = magic == KUZNETZOV ? KUZNETZOV_HEADER_BYTES : RECORD_HEADER_BYTES;
        fractionNs = magic == NANOSECONDS ? 1 : 1_000;
        int snapLength = length(i32(buffer, from + SNAP_LENGTH));
        mostCaptured = Math.max(USUAL_SNAP_LENGTH, Math.min(snapLength, MOST_RECORD_BYTES - headerBytes));
        // The upper bits tell of a frame check sequence; readers are to ignore those that they have no use for.
        seenOn = new NetworkInterface(null, i32(buffer, from + LINK_TYPE) & LINK_TYPE_MASK, snapLength);
        begun = true;
    }

    private int indexRecords(PacketBatch batch, int from, int to) throws Flaw {
        byte[] buffer = batch.buffer;
        int at = from;
        while (to - at >= headerBytes && !batch.isFull()) {
            int captured = i32(buffer, at + CAPTURED_LENGTH);
            if (captured < 0 || captured > mostCaptured) {
                throw new Flaw(at, "a packet of " + Integer.toUnsignedString(captured) + " bytes cannot be");
            }
            int data = at + headerBytes;
            if (captured > to - data) {
                return at;
            }
            long seconds = i32(buffer, at + SECONDS) & 0xffff_ffffL;
            long fraction = i32(buffer, at + FRACTION) & 0xffff_ffffL;
            int wire = length(i32(buffer, at + WIRE_LENGTH));
            batch.add(data, captured, wire, seconds * 1_000_000_000L + fraction * fractionNs, seenOn);
            at = data + captured;
        }
        return at;
    }

    @Override
    Need need(byte[] buffer, int from, int to) {
        if (!begun) {
            return new Need("file header", 0, FILE_HEADER_BYTES);
        }
        if (to - from < headerBytes) {
            return new Need("record header", 0, headerBytes);
        }
        return new Need("packet data", headerBytes, i32(buffer, from + CAPTURED_LENGTH));
    }

    private int i32(byte[] buffer, int at) {
        return little ? Bytes.i32Little(buffer, at) : Bytes.i32(buffer, at);
    }

    private int u16(byte[] buffer, int at) {
        return little ? Bytes.u16Little(buffer, at) : Bytes.u16(buffer, at);
    }
}
