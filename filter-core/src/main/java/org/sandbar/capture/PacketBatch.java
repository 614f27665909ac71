package org.sandbar.capture;

import java.util.Arrays;

/**
 * A run of captured packets in one array, with a row for each in the columns beside it: where it starts, how many of its bytes were
 * captured, how long it was on the wire, when it was seen (nanoseconds since 1970), its link type, and what it was captured on (null where
 * nobody says). A batch is full when its bytes
 * or its rows are used up; there are rows enough for frames of the least size that Ethernet has. A batch is owned by whoever last took
 * it from the queue; a source fills it, shards read it, and it is filled again. Not safe for use by two threads while it is being
 * filled. Packet {@code i} of the batch has the ordinal {@code firstOrdinal + i}, counted from 1 over the whole run, as Wireshark
 * numbers frames.
 */
public final class PacketBatch {
    private static final int BYTES_A_ROW = 64;
    private static final long NO_TIME = Long.MIN_VALUE;

    public final byte[] buffer;
    public final int[] offset;
    public final int[] capturedLength;
    public final int[] wireLength;
    public final long[] timeNs;
    public final int[] linkType;
    public final NetworkInterface[] seenOn;

    /** Where flows are noted, otherwise null: the ordinal of the first packet of the row's flow, 0 where it belongs to none. */
    public final long[] flow;
    /** Where flows are noted, otherwise null: of a fragment, the ordinal of its datagram's first one that came; otherwise 0. */
    public final long[] datagram;

    private long firstOrdinal;
    private int count;
    private long sourceBytes;
    private long passedNs = NO_TIME;

    public PacketBatch(int capacityBytes) {
        this(capacityBytes, false);
    }

    /** @param notesFlows whether there is to be room to note which flow each packet belongs to */
    public PacketBatch(int capacityBytes, boolean notesFlows) {
        int rows = Math.max(1, capacityBytes / BYTES_A_ROW);
        buffer = new byte[capacityBytes];
        offset = new int[rows];
        capturedLength = new int[rows];
        wireLength = new int[rows];
        timeNs = new long[rows];
        linkType = new int[rows];
        seenOn = new NetworkInterface[rows];
        flow = notesFlows ? new long[rows] : null;
        datagram = notesFlows ? new long[rows] : null;
    }

    /** Empties the batch; the next packet added has this ordinal. */
    public void clear(long firstOrdinal) {
        if (flow != null) {
            Arrays.fill(flow, 0, count, 0);
            Arrays.fill(datagram, 0, count, 0);
        }
        this.firstOrdinal = firstOrdinal;
        count = 0;
        sourceBytes = 0;
        passedNs = NO_TIME;
    }

    /** Adds a row for bytes that already stand in {@link #buffer}. The caller has seen that {@link #isFull} is false. */
    public void add(int offset, int capturedLength, int wireLength, long timeNs, int linkType) {
        this.offset[count] = offset;
        this.capturedLength[count] = capturedLength;
        this.wireLength[count] = wireLength;
        this.timeNs[count] = timeNs;
        this.linkType[count] = linkType;
        seenOn[count] = null;
        count++;
    }

    /** The same for a packet of which it is known what it was captured on. */
    public void add(int offset, int capturedLength, int wireLength, long timeNs, NetworkInterface seenOn) {
        add(offset, capturedLength, wireLength, timeNs, seenOn.linkType());
        this.seenOn[count - 1] = seenOn;
    }

    /** A filter does not want this packet: it keeps its ordinal, and nobody looks at it. */
    public void passOver(int row) {
        capturedLength[row] = -1;
    }

    public boolean isPassedOver(int row) {
        return capturedLength[row] < 0;
    }

    /** Nothing was seen up to this time after the packets of this batch: on a quiet interface time passes without them. */
    public void passTime(long timeNs) {
        passedNs = timeNs;
    }

    /** Whether the batch tells that time has passed; {@link #passedNs} says up to when. */
    public boolean isTimePassed() {
        return passedNs != NO_TIME;
    }

    public long passedNs() {
        return passedNs;
    }

    /** Whether no further row fits. */
    public boolean isFull() {
        return count == offset.length;
    }

    public int count() {
        return count;
    }

    public long firstOrdinal() {
        return firstOrdinal;
    }

    /** How many bytes of the source (compressed, where it is) were read to fill this batch: for progress alone. */
    public long sourceBytes() {
        return sourceBytes;
    }

    public void addSourceBytes(long bytes) {
        sourceBytes += bytes;
    }
}
