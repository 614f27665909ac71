package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.i32;
import static org.sandbar.bytes.Bytes.u16;
import static org.sandbar.bytes.Bytes.u8;

/**
 * Ethernet II and IEEE 802.3 with LLC and SNAP (RFC 1042), VLAN tags (IEEE 802.1Q, 802.1ad), and the way from an EtherType to what
 * carries it.
 *
 * <pre>
 *   0                   6                  12      14
 *  +-------------------+-------------------+-------+- - - - - - - - -
 *  | destination       | source            | type  | payload            type: 0x0600 and more
 *  +-------------------+-------------------+-------+- - - - - - - - -
 *  | destination       | source            | length| LLC                length: up to 1500
 *  +-------------------+-------------------+-------+- - - - - - - - -
 *
 *  LLC/SNAP                              tag, after its EtherType
 *   0    1    2    3          6      8    0               2      4
 *  +----+----+----+----------+------+    +---+-+---------+------+
 *  | aa | aa | 03 | 00 00 00 | type |    |PCP|D| VLAN id | type |
 *  +----+----+----+----------+------+    +---+-+---------+------+
 * </pre>
 */
final class Ethernet {
    static final int TYPE = 12;
    static final int HEADER = 14;

    static final int IPV4 = 0x0800;
    static final int TRANSPARENT_ETHERNET = 0x6558;
    static final int TAG = 0x8100;
    static final int IPV6 = 0x86dd;
    static final int MPLS = 0x8847;
    static final int MPLS_UPSTREAM = 0x8848;
    static final int PPPOE_SESSION = 0x8864;
    static final int SERVICE_TAG = 0x88a8;
    static final int OLD_SERVICE_TAG = 0x9100;

    private static final int LONGEST_802_3 = 1500;
    private static final int LLC = 3;
    private static final int LLC_IP = 0x060603;
    private static final int LLC_SNAP = 0xaaaa03;
    private static final int SNAP_TYPE = 6;
    private static final int SNAP = 8;
    private static final int TAG_TYPE = 2;
    private static final int TAG_LENGTH = 4;
    private static final int VLAN_ID = 0xfff;

    private Ethernet() {}

    static Decoded decode(Frame frame) {
        if (!frame.has(HEADER)) {
            return frame.lacks(HEADER);
        }
        int type = u16(frame.buffer, frame.at + TYPE);
        frame.at += HEADER;
        if (type == IPV4) {
            return Ipv4.decode(frame);
        }
        if (type > LONGEST_802_3) {
            return decode(frame, type);
        }
        if (type < frame.wireEnd - frame.at) {
            frame.limit(type);
        }
        return decodeLogicalLink(frame);
    }

    /** What follows is of this EtherType. */
    static Decoded decode(Frame frame, int type) {
        return switch (type) {
            case IPV4 -> Ipv4.decode(frame);
            case IPV6 -> Ipv6.decode(frame);
            case TAG, SERVICE_TAG, OLD_SERVICE_TAG -> decodeTag(frame);
            case MPLS, MPLS_UPSTREAM -> Mpls.decode(frame);
            case PPPOE_SESSION -> Ppp.decodeSession(frame);
            default -> Decoded.NOT_IP;
        };
    }

    /** Whether an Ethernet header at {@code at} would lead on: the only way to know one where nothing announces it. */
    static boolean leadsOn(Frame frame, int at) {
        if (frame.end - at < HEADER) {
            return false;
        }
        return switch (u16(frame.buffer, at + TYPE)) {
            case IPV4, IPV6, TAG, SERVICE_TAG, OLD_SERVICE_TAG, MPLS, MPLS_UPSTREAM, PPPOE_SESSION -> true;
            default -> false;
        };
    }

    static Decoded decodeLogicalLink(Frame frame) {
        if (!frame.has(LLC)) {
            return Decoded.NOT_IP;
        }
        int link = u16(frame.buffer, frame.at) << 8 | u8(frame.buffer, frame.at + 2);
        if (link == LLC_IP) {
            frame.at += LLC;
            return Ipv4.decode(frame);
        }
        // The organisation must be that of the EtherTypes, 00-00-00; others number their protocols as they like.
        if (link != LLC_SNAP || !frame.has(SNAP) || (i32(frame.buffer, frame.at + 2) & 0xff_ffff) != 0) {
            return Decoded.NOT_IP;
        }
        int type = u16(frame.buffer, frame.at + SNAP_TYPE);
        frame.at += SNAP;
        return decode(frame, type);
    }

    private static Decoded decodeTag(Frame frame) {
        if (!frame.has(TAG_LENGTH)) {
            return frame.lacks(TAG_LENGTH);
        }
        if (!frame.deeper()) {
            return Decoded.MALFORMED;
        }
        Packet packet = frame.packet;
        int vlan = u16(frame.buffer, frame.at) & VLAN_ID;
        // The null identifier is a priority and no VLAN (IEEE 802.1Q 9.6); one direction of a flow may have it and the
        // other not.
        if (vlan != 0 && packet.vlanCount < packet.vlan.length) {
            packet.vlan[packet.vlanCount++] = vlan;
        }
        int type = u16(frame.buffer, frame.at + TAG_TYPE);
        frame.at += TAG_LENGTH;
        return type > LONGEST_802_3 ? decode(frame, type) : decodeLogicalLink(frame);
    }
}
