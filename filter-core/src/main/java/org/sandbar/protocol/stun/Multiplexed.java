package org.sandbar.protocol.stun;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sandbar.bytes.Bytes;
import org.sandbar.protocol.WebRtc;

/** What shares a flow with STUN, told apart by its first bytes (RFC 7983 section 7). Any thread. */
enum Multiplexed {
    STUN,
    ZRTP,
    DTLS,
    CHANNEL_DATA,
    RTP,
    OTHER;

    static final int COUNT = values().length;
    static final int CHANNEL_HEADER = 4;
    static final Multiplexed[] ALL = values();
    private static final int PADDING = 3;

    /** Of what a datagram is. RFC 5766 had channels up to 0x7fff, and programs still choose them so: their length decides. */
    static Multiplexed of(byte[] buffer, int from, int to) {
        int first = from < to ? Bytes.u8(buffer, from) : 4;
        if (first <= 3) {
            boolean found = WebRtc.isStun(buffer, from, to) || StunProtocol.isClassic(buffer, from, to);
            return found ? STUN : OTHER;
        }
        if (first >= 16 && first <= 19) {
            return ZRTP;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        if (first >= 64 && first <= 127 && to - from >= CHANNEL_HEADER) {
            int behind = to - from - CHANNEL_HEADER - Bytes.u16(buffer, from + 2);
            return behind >= 0 && behind <= PADDING ? CHANNEL_DATA : OTHER;
        }
        return first >= 128 && first <= 191 ? RTP : OTHER;
    }

    int bit() {
        return 1 << ordinal();
    }

    /** Their names, or null where there are none. */
    static List<String> texts(int kinds) {
        List<String> texts = new ArrayList<>(Integer.bitCount(kinds));
        for (int left = kinds; left != 0; left &= left - 1) {
            texts.add(ALL[Integer.numberOfTrailingZeros(left)]
                    .name()
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-'));
        }
        return texts.isEmpty() ? null : texts;
    }
}
