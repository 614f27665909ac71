package org.sandbar.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;

/**
 * Makes captures byte by byte, well-formed or not, for tests. Begin with {@link #pcap} or {@link #pcapng}, add packets or blocks, and
 * take the {@link #bytes}; the order of the calls is the order in the file.
 */
public final class CaptureBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteOrder order;
    private boolean nanoseconds;
    private boolean kuznetzov;

    private CaptureBytes(ByteOrder order) {
        this.order = order;
    }

    /** A pcap file of Ethernet frames with times in microseconds, little-endian. */
    public static CaptureBytes pcap() {
        return pcap(ByteOrder.LITTLE_ENDIAN, Pcap.MICROSECONDS, LinkType.ETHERNET, 65_535);
    }

    public static CaptureBytes pcap(ByteOrder order, int magic, int linkType, int snapLength) {
        CaptureBytes made = new CaptureBytes(order);
        made.nanoseconds = magic == Pcap.NANOSECONDS;
        made.kuznetzov = magic == Pcap.KUZNETZOV;
        return made.i32(magic).i16(2).i16(4).i32(0).i32(0).i32(snapLength).i32(linkType);
    }

    /** A pcapng file that begins with a section of this byte order and has no interface yet. */
    public static CaptureBytes pcapng(ByteOrder order) {
        return new CaptureBytes(order).section(order);
    }

    public CaptureBytes packet(long timeNs, byte[] data) {
        return packet(timeNs, data, data.length);
    }

    /** A record of a pcap file. */
    public CaptureBytes packet(long timeNs, byte[] data, int wireLength) {
        long rest = timeNs % 1_000_000_000;
        i32((int) (timeNs / 1_000_000_000)).i32((int) (nanoseconds ? rest : rest / 1_000));
        i32(data.length).i32(wireLength);
        if (kuznetzov) {
            i32(7).i16(0x0800).i16(0);
        }
        return raw(data);
    }

    public CaptureBytes section(ByteOrder next) {
        order = next;
        return block(
                Pcapng.SECTION,
                part().i32(Pcapng.BYTE_ORDER).i16(1).i16(0).i32(-1).i32(-1).bytes());
    }

    /** An interface that says nothing of its times, which are microseconds then. */
    public CaptureBytes networkInterface(int linkType, int snapLength) {
        return block(1, part().i16(linkType).i16(0).i32(snapLength).bytes());
    }

    public CaptureBytes networkInterface(int linkType, int snapLength, int resolution, long offsetSeconds) {
        CaptureBytes body = part().i16(linkType).i16(0).i32(snapLength);
        body.i16(2).i16(5).raw(new byte[] {'e', 't', 'h', '1', '2', 0, 0, 0});
        body.i16(9).i16(1).raw(new byte[] {(byte) resolution, 0, 0, 0});
        body.i16(14).i16(8).i64(offsetSeconds);
        return block(1, body.i16(0).i16(0).bytes());
    }

    public CaptureBytes enhancedPacket(int interfaceNumber, long units, byte[] data, int wireLength) {
        CaptureBytes body =
                part().i32(interfaceNumber).i32((int) (units >>> 32)).i32((int) units);
        return block(6, body.i32(data.length).i32(wireLength).raw(data).pad().bytes());
    }

    public CaptureBytes obsoletePacket(int interfaceNumber, long units, byte[] data, int wireLength) {
        CaptureBytes body = part().i16(interfaceNumber)
                .i16(0xffff)
                .i32((int) (units >>> 32))
                .i32((int) units);
        return block(2, body.i32(data.length).i32(wireLength).raw(data).pad().bytes());
    }

    public CaptureBytes simplePacket(byte[] data, int wireLength) {
        return block(3, part().i32(wireLength).raw(data).pad().bytes());
    }

    /** Any block; the body is a multiple of four bytes. */
    public CaptureBytes block(int type, byte[] body) {
        return i32(type).i32(body.length + 12).raw(body).i32(body.length + 12);
    }

    public CaptureBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public CaptureBytes i16(int value) {
        return raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    public CaptureBytes i32(int value) {
        return raw(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }

    public CaptureBytes i64(long value) {
        return raw(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    private CaptureBytes part() {
        return new CaptureBytes(order);
    }

    private CaptureBytes pad() {
        return raw(new byte[-out.size() & 3]);
    }

    /** These bytes as one member of a gzip file. */
    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }
}
