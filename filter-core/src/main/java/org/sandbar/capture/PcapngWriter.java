package org.sandbar.capture;

import static org.sandbar.bytes.Bytes.put16;
import static org.sandbar.bytes.Bytes.put32;
import static org.sandbar.bytes.Bytes.put64;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes packets as pcapng (draft-ietf-opsawg-pcapng): one section in network byte order, an interface described before the first of its
 * packets, times in nanoseconds, and comments on packets. The stream is the writer's to close. One thread.
 */
public final class PcapngWriter implements AutoCloseable {
    private static final int OPTION_APPLICATION = 4;
    private static final int OPTION_HEAD_BYTES = 4;
    /** The length that stands at a block's end once more. */
    private static final int TRAILER_BYTES = 4;

    private static final byte[] PADDING = new byte[3];

    private final OutputStream out;
    private final Map<NetworkInterface, Integer> interfaces = new HashMap<>();
    private final byte[] head = new byte[Pcapng.PACKET_DATA];
    private long bytes;

    /** Begins a section that says who wrote it. */
    public PcapngWriter(OutputStream out, String application) throws IOException {
        this.out = out;
        byte[] name = application.getBytes(StandardCharsets.UTF_8);
        beginBlock(Pcapng.SECTION, Pcapng.SECTION_BYTES + optionBytes(name.length) + OPTION_HEAD_BYTES);
        put32(head, Pcapng.BYTE_ORDER_AT, Pcapng.BYTE_ORDER);
        put16(head, Pcapng.SECTION_MAJOR, 1);
        put16(head, Pcapng.SECTION_MAJOR + 2, 0);
        put64(head, Pcapng.SECTION_LENGTH, -1);
        write(head, 0, Pcapng.SECTION_BYTES - TRAILER_BYTES);
        option(OPTION_APPLICATION, name);
        endOptions();
        endBlock();
    }

    /** Writes the {@code captured} bytes at {@code offset} as a packet. */
    public void packet(
            byte[] buffer,
            int offset,
            int captured,
            int wireLength,
            long timeNs,
            NetworkInterface seenOn,
            List<String> comments)
            throws IOException {
        int number = numberOf(seenOn);
        List<byte[]> texts = encoded(comments);
        beginBlock(Pcapng.ENHANCED_PACKET, packetBytes(captured, texts));
        put32(head, Pcapng.PACKET_INTERFACE, number);
        // A time before 1970 has no form here.
        put64(head, Pcapng.PACKET_TIME_HIGH, Math.max(0, timeNs));
        put32(head, Pcapng.PACKET_CAPTURED, captured);
        put32(head, Pcapng.PACKET_WIRE, wireLength);
        write(head, 0, Pcapng.PACKET_DATA);
        writePadded(buffer, offset, captured);
        for (byte[] text : texts) {
            option(Pcapng.OPTION_COMMENT, text);
        }
        if (!texts.isEmpty()) {
            endOptions();
        }
        endBlock();
    }

    private static List<byte[]> encoded(List<String> comments) {
        return comments.isEmpty()
                ? List.of()
                : comments.stream()
                        .map(comment -> comment.getBytes(StandardCharsets.UTF_8))
                        .toList();
    }

    private static int packetBytes(int captured, List<byte[]> comments) {
        int bytes = Pcapng.PACKET_BYTES + padded(captured) + (comments.isEmpty() ? 0 : OPTION_HEAD_BYTES);
        for (byte[] comment : comments) {
            bytes += optionBytes(comment.length);
        }
        return bytes;
    }

    private int numberOf(NetworkInterface seenOn) throws IOException {
        Integer number = interfaces.get(seenOn);
        if (number == null) {
            describe(seenOn);
            number = interfaces.size();
            interfaces.put(seenOn, number);
        }
        return number;
    }

    private void describe(NetworkInterface described) throws IOException {
        byte[] name = described.name() == null ? null : described.name().getBytes(StandardCharsets.UTF_8);
        int options = (name == null ? 0 : optionBytes(name.length)) + optionBytes(1) + OPTION_HEAD_BYTES;
        beginBlock(Pcapng.INTERFACE, Pcapng.INTERFACE_BYTES + options);
        put16(head, Pcapng.INTERFACE_LINK_TYPE, described.linkType());
        put16(head, Pcapng.INTERFACE_LINK_TYPE + 2, 0);
        put32(head, Pcapng.INTERFACE_SNAP_LENGTH, described.snapLength());
        write(head, 0, Pcapng.INTERFACE_OPTIONS);
        if (name != null) {
            option(Pcapng.OPTION_INTERFACE_NAME, name);
        }
        option(Pcapng.OPTION_TIME_RESOLUTION, new byte[] {PcapngInterface.NANOSECONDS});
        endOptions();
        endBlock();
    }

    private void beginBlock(int type, int length) {
        put32(head, 0, type);
        put32(head, Pcapng.TOTAL_LENGTH, length);
    }

    private void endBlock() throws IOException {
        write(head, Pcapng.TOTAL_LENGTH, TRAILER_BYTES);
    }

    private static int optionBytes(int length) {
        return OPTION_HEAD_BYTES + padded(length);
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }

    private void option(int code, byte[] value) throws IOException {
        byte[] optionHead = new byte[OPTION_HEAD_BYTES];
        put16(optionHead, 0, code);
        put16(optionHead, 2, value.length);
        write(optionHead, 0, OPTION_HEAD_BYTES);
        writePadded(value, 0, value.length);
    }

    private void endOptions() throws IOException {
        option(Pcapng.END_OF_OPTIONS, new byte[0]);
    }

    private void writePadded(byte[] from, int offset, int length) throws IOException {
        write(from, offset, length);
        write(PADDING, 0, padded(length) - length);
    }

    private void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        bytes += length;
    }

    /** Bytes written so far. */
    public long bytes() {
        return bytes;
    }

    /** What was written so far leaves the program. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
