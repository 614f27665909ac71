package org.sandbar.wire;

/**
 * How far the decoding of one frame has come: where the next header starts, how far the bytes reach that were captured, and how far
 * those that were on the wire. Each header's class reads its own header here, moves on and hands over to the next. The bytes belong
 * to the caller of {@link Decoder}, or to {@link Fragments} once a datagram was put together. One thread.
 */
final class Frame {
    final Fragments fragments;
    private final int layers;

    Packet packet;
    byte[] buffer;
    int at;
    /** Where the captured bytes end; never beyond {@link #wireEnd}. */
    int end;
    /** Where the current layer ended on the wire; may lie outside the buffer. */
    int wireEnd;

    private int layersLeft;

    Frame(int layers, Fragments fragments) {
        this.layers = layers;
        this.fragments = fragments;
    }

    void start(byte[] buffer, int offset, int capturedLength, int wireLength, Packet packet) {
        int wire = Math.max(0, Math.min(wireLength, Integer.MAX_VALUE - offset));
        this.packet = packet;
        this.buffer = buffer;
        at = offset;
        wireEnd = offset + wire;
        end = offset + Math.min(capturedLength, wire);
        layersLeft = layers;
    }

    /** Goes on with an IP packet that was put together. */
    void continueIn(byte[] whole, int length) {
        packet.buffer = whole;
        packet.reassembled = true;
        buffer = whole;
        at = 0;
        end = length;
        wireEnd = length;
    }

    boolean has(int length) {
        return end - at >= length;
    }

    /** Why {@link #has} said no: the wire had those bytes and the capture does not, or they never were. */
    Decoded lacks(int length) {
        return wireEnd - at >= length ? Decoded.CUT : Decoded.MALFORMED;
    }

    /** What follows from here is so long on the wire: trailers and padding are out of sight from now on. */
    void limit(int length) {
        wireEnd = at + length;
        end = Math.min(end, wireEnd);
    }

    /** Counts one more tunnel, tag or extension header; false where that is one too many. */
    boolean deeper() {
        return --layersLeft >= 0;
    }

    /**
     * What came of a tunnel's inside. Where that is not IP, the packet still shows the tunnel and is a flow of the tunnel's; tags seen
     * inside are forgotten.
     */
    Decoded throughTunnel(int vlansOutside, Decoded inside) {
        if (inside != Decoded.NOT_IP) {
            return inside;
        }
        packet.vlanCount = vlansOutside;
        return Decoded.FLOW;
    }

    /** The end of the way: all that follows the next {@code header} bytes is payload. */
    Decoded flow(int header) {
        packet.payloadOffset = at + header;
        packet.payloadLength = end - at - header;
        packet.payloadWireLength = wireEnd - at - header;
        return Decoded.FLOW;
    }
}
