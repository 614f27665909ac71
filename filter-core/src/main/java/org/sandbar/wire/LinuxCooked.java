package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.u16;

/**
 * What Linux puts in front of packets captured on several interfaces at once (LINKTYPE_LINUX_SLL and _SLL2).
 *
 * <pre>
 *   version 1
 *   0      2      4      6                 14     16
 *  +------+------+------+-----------------+------+- - - -
 *  | kind | ARPHRD length| address        | type | payload
 *  +------+------+------+-----------------+------+- - - -
 *
 *   version 2
 *   0      2      4           8      10  11  12                20
 *  +------+------+-----------+------+---+---+-----------------+- - - -
 *  | type | 0    | interface |ARPHRD|kind|len| address         | payload
 *  +------+------+-----------+------+---+---+-----------------+- - - -
 * </pre>
 */
final class LinuxCooked {
    private static final int TYPE = 14;
    private static final int HEADER = 16;
    private static final int TYPE_2 = 0;
    private static final int HEADER_2 = 20;
    /** In place of an EtherType: 802.2 LLC follows. */
    private static final int LOGICAL_LINK = 4;

    private LinuxCooked() {}

    static Decoded decode(Frame frame) {
        return decode(frame, TYPE, HEADER);
    }

    static Decoded decodeVersion2(Frame frame) {
        return decode(frame, TYPE_2, HEADER_2);
    }

    private static Decoded decode(Frame frame, int typeOffset, int header) {
        if (!frame.has(header)) {
            return frame.lacks(header);
        }
        int type = u16(frame.buffer, frame.at + typeOffset);
        frame.at += header;
        return type == LOGICAL_LINK ? Ethernet.decodeLogicalLink(frame) : Ethernet.decode(frame, type);
    }
}
