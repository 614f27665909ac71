package org.sandbar.stream;

import org.sandbar.bytes.Bytes;
import org.sandbar.wire.Packet;

/** The TCP option that says how windows are to be read. RFC 7323 section 2. */
final class WindowScale {
    private static final int WINDOW_SCALE_OPTION = 3;

    private WindowScale() {}

    /** RFC 7323 section 2.2: the scale of the windows that the sender of this SYN will announce; 0 where it has none. */
    static int of(Packet packet) {
        int at = packet.transportOffset + 20;
        int end = packet.payloadOffset;
        while (at < end) {
            int kind = Bytes.u8(packet.buffer, at);
            if (kind == 0) {
                break;
            }
            int length = kind == 1 ? 1 : at + 1 < end ? Bytes.u8(packet.buffer, at + 1) : 0;
            if (length < 1 || kind > 1 && length < 2) {
                break;
            }
            if (kind == WINDOW_SCALE_OPTION && length == 3 && at + 2 < end) {
                return Math.min(14, Bytes.u8(packet.buffer, at + 2));
            }
            at += length;
        }
        return 0;
    }
}
