package org.sandbar.alg.linux.h323;

import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Bytes;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Packet;

/**
 * {@code q931_help} and {@code h245_help}: the messages of a packet are read one after the other, up to one that cannot be decoded. One
 * thread.
 */
final class Call implements Inspection {
    private static final int PROTOCOL = 0x08;
    private static final int USER_USER = 0x7e;

    private final PerDecoder decoder = new PerDecoder();
    private final Tpkts messages = new Tpkts();
    private final Openings openings;
    private final boolean mediaControl;

    Call(Openings openings, boolean mediaControl) {
        this.openings = openings;
        this.mediaControl = mediaControl;
    }

    @Override
    public void see(Direction direction, Packet packet) {
        byte[] buffer = packet.buffer;
        messages.begin(direction, buffer, packet.payloadOffset, packet.payloadOffset + packet.payloadLength);
        while (messages.next()) {
            int from = messages.from();
            int to = messages.to();
            if (!(mediaControl ? decoder.decode(H245.MESSAGE, buffer, from, to) : decodeQ931(buffer, from, to))) {
                return;
            }
            openings.open(decoder.findings(), direction, buffer, from, to);
        }
    }

    @Override
    public void seeEmpty(Direction direction) {
        messages.forget(direction);
    }

    /** {@code DecodeQ931}: the information elements of ITU-T Q.931 section 4.5 up to the user-user one, each taken to have a length. */
    private boolean decodeQ931(byte[] buffer, int from, int to) {
        if (to - from < 2 || buffer[from] != PROTOCOL) {
            return false;
        }
        int at = from + 2 + Bytes.u8(buffer, from + 1);
        if (to - at < 2) {
            return false;
        }
        at += buffer[at + 1] < 0 ? 2 : 1;
        while (to - at >= 2 && buffer[at] != USER_USER) {
            at += 2 + Bytes.u8(buffer, at + 1);
        }
        if (to - at < 3) {
            return false;
        }
        int length = Bytes.u16(buffer, at + 1);
        int element = at + 3;
        return length > 1
                && length <= to - element
                && decoder.decode(H225.USER_INFORMATION, buffer, element + 1, element + length);
    }
}
