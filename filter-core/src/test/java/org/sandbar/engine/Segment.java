package org.sandbar.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.wire.Decoded;
import org.sandbar.wire.Decoder;
import org.sandbar.wire.Packet;

/** A TCP segment that tests can cut, move and send again: between whom, its header as it was on the wire, and its payload. */
record Segment(long timeNs, byte[] addresses, byte[] header, byte[] payload) {
    private static final int BATCH_BYTES = 1 << 20;

    /** All TCP segments of a capture. */
    static List<Segment> of(Path capture) throws IOException {
        List<Segment> segments = new ArrayList<>();
        Decoder decoder = new Decoder(Limits.USUAL);
        Packet packet = new Packet();
        PacketBatch batch = new PacketBatch(BATCH_BYTES);
        batch.clear(1);
        try (PacketSource source = Captures.open(List.of(capture.toString()), java.io.InputStream.nullInputStream())) {
            for (long next = 1; source.read(batch); batch.clear(next)) {
                for (int i = 0; i < batch.count(); i++) {
                    Decoded outcome = decoder.decode(
                            batch.buffer,
                            batch.offset[i],
                            batch.capturedLength[i],
                            batch.wireLength[i],
                            batch.linkType[i],
                            batch.timeNs[i],
                            packet);
                    if (outcome == Decoded.FLOW && packet.protocol == Packet.TCP) {
                        segments.add(of(packet));
                    }
                }
                next += batch.count();
            }
        }
        return segments;
    }

    private static Segment of(Packet packet) {
        ByteBuffer addresses = ByteBuffer.allocate(packet.ipVersion == 4 ? 8 : 32);
        if (packet.ipVersion == 4) {
            addresses.putInt((int) packet.sourceLow).putInt((int) packet.destinationLow);
        } else {
            addresses.putLong(packet.sourceHigh).putLong(packet.sourceLow);
            addresses.putLong(packet.destinationHigh).putLong(packet.destinationLow);
        }
        return new Segment(
                packet.timeNs,
                addresses.array(),
                Arrays.copyOfRange(packet.buffer, packet.transportOffset, packet.payloadOffset),
                Arrays.copyOfRange(packet.buffer, packet.payloadOffset, packet.payloadOffset + packet.payloadLength));
    }

    /** One between two hosts of a test; each char of the payload is one byte. */
    static Segment of(boolean fromClient, int port, int sequence, int acknowledgement, int flags, String payload) {
        ByteBuffer addresses = ByteBuffer.allocate(8);
        int client = 0xc0a80105;
        int server = 0xc6336415;
        addresses.putInt(fromClient ? client : server).putInt(fromClient ? server : client);
        ByteBuffer header = ByteBuffer.allocate(20);
        header.putShort((short) (fromClient ? 40_000 : port)).putShort((short) (fromClient ? port : 40_000));
        header.putInt(sequence)
                .putInt(acknowledgement)
                .putShort((short) (0x5000 | flags))
                .putShort((short) 0xffff);
        return new Segment(0, addresses.array(), header.array(), payload.getBytes(StandardCharsets.ISO_8859_1));
    }

    Segment at(long time) {
        return new Segment(time, addresses, header, payload);
    }

    /** Bytes of the payload as a segment of their own; what ends the stream stays with the last of them. */
    Segment part(int from, int to) {
        ByteBuffer copy = ByteBuffer.wrap(header.clone());
        copy.putInt(4, copy.getInt(4) + from);
        if (to < payload.length) {
            copy.put(13, (byte) (copy.get(13) & ~Packet.FIN));
        }
        return new Segment(timeNs, addresses, copy.array(), Arrays.copyOfRange(payload, from, to));
    }

    boolean hasData() {
        return payload.length > 0;
    }

    boolean isSameWay(Segment other) {
        return Arrays.equals(addresses, other.addresses) && Arrays.equals(header, 0, 4, other.header, 0, 4);
    }

    /** Whether it goes back where the other came from. */
    boolean isOtherWay(Segment other) {
        int half = addresses.length / 2;
        return addresses.length == other.addresses.length
                && Arrays.equals(addresses, 0, half, other.addresses, half, 2 * half)
                && Arrays.equals(addresses, half, 2 * half, other.addresses, 0, half)
                && Arrays.equals(header, 0, 2, other.header, 2, 4)
                && Arrays.equals(header, 2, 4, other.header, 0, 2);
    }

    boolean isReset() {
        return (header[13] & Packet.RST) != 0;
    }

    /** A bare IP packet with it. */
    byte[] packet() {
        int length = header.length + payload.length;
        ByteBuffer ip = ByteBuffer.allocate((addresses.length == 8 ? 20 : 40) + length);
        if (addresses.length == 8) {
            ip.putShort((short) 0x4500)
                    .putShort((short) (20 + length))
                    .putInt(0)
                    .putInt(0x4006_0000);
        } else {
            ip.putInt(0x6000_0000).putShort((short) length).putShort((short) 0x0640);
        }
        return ip.put(addresses).put(header).put(payload).array();
    }
}
