package org.sandbar.capture;

import java.util.Arrays;
import org.sandbar.bytes.Bytes;
import org.sandbar.bytes.Text;

/**
 * The format of pcapng (draft-ietf-opsawg-pcapng): blocks of a type and a length, in sections that each have a byte order and
 * interfaces of their own. Packets stand in enhanced, simple and (obsolete) packet blocks; every other block is passed over, however
 * long. The length that a section claims is not used, for blocks tell where a section ends.
 */
final class Pcapng extends CaptureFormat {
    static final int SECTION = 0x0a0d0d0a;
    static final int BYTE_ORDER = 0x1a2b3c4d;
    static final int BYTE_ORDER_AT = 8;

    static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;

    /** Type, length, and (a section's) byte order: as much as tells how long a block is. */
    private static final int HEAD_BYTES = 12;

    static final int TOTAL_LENGTH = 4;
    static final int SECTION_MAJOR = 12;
    static final int SECTION_LENGTH = 16;
    static final int SECTION_BYTES = 28;

    static final int INTERFACE_LINK_TYPE = 8;
    static final int INTERFACE_SNAP_LENGTH = 12;
    static final int INTERFACE_OPTIONS = 16;
    static final int INTERFACE_BYTES = 20;

    static final int PACKET_INTERFACE = 8;
    static final int PACKET_TIME_HIGH = 12;
    private static final int PACKET_TIME_LOW = 16;
    static final int PACKET_CAPTURED = 20;
    static final int PACKET_WIRE = 24;
    static final int PACKET_DATA = 28;
    static final int PACKET_BYTES = 32;

    private static final int SIMPLE_WIRE = 8;
    private static final int SIMPLE_DATA = 12;
    private static final int SIMPLE_BYTES = 16;

    static final int END_OF_OPTIONS = 0;
    static final int OPTION_COMMENT = 1;
    static final int OPTION_INTERFACE_NAME = 2;
    static final int OPTION_TIME_RESOLUTION = 9;
    private static final int OPTION_TIME_OFFSET = 14;

    private static final int MOST_NAME_BYTES = 255;

    /** Far more than any host has; a damaged section must not fill the memory with them. */
    private static final int MOST_INTERFACES = 65_536;

    private boolean little;
    private PcapngInterface[] interfaces = new PcapngInterface[4];
    private int interfaceCount;
    private long lastNs = NO_TIME;

    static boolean isByteOrder(byte[] buffer, int at) {
        return Bytes.i32(buffer, at) == BYTE_ORDER || Bytes.i32Little(buffer, at) == BYTE_ORDER;
    }

    @Override
    long index(PacketBatch batch, int from, int to) throws Flaw {
        byte[] buffer = batch.buffer;
        int at = from;
        while (to - at >= HEAD_BYTES && !batch.isFull()) {
            int type = i32(buffer, at);
            if (type == SECTION) {
                takeByteOrder(buffer, at);
            }
            long total = i32(buffer, at + TOTAL_LENGTH) & 0xffff_ffffL;
            if (total < HEAD_BYTES || (total & 3) != 0) {
                throw new Flaw(at, "a block of " + total + " bytes cannot be");
            }
            if (total > to - at) {
                return pastTheEnd(type, total, buffer.length, at);
            }
            int end = at + (int) total;
            if (i32(buffer, end - 4) != (int) total) {
                throw new Flaw(at, "the two lengths of the block differ");
            }
            take(type, batch, at, end);
            at = end;
        }
        return at;
    }

    private void takeByteOrder(byte[] buffer, int at) throws Flaw {
        if (!isByteOrder(buffer, at + BYTE_ORDER_AT)) {
            throw new Flaw(at, "the section has no byte order");
        }
        little = Bytes.i32Little(buffer, at + BYTE_ORDER_AT) == BYTE_ORDER;
    }

    private static long pastTheEnd(int type, long total, int capacity, int at) throws Flaw {
        boolean wanted =
                switch (type) {
                    case SECTION, INTERFACE, OBSOLETE_PACKET, SIMPLE_PACKET, ENHANCED_PACKET -> true;
                    default -> false;
                };
        if (wanted && total > MOST_RECORD_BYTES) {
            throw new Flaw(at, "a block of " + total + " bytes cannot be");
        }
        return wanted || total <= capacity ? at : at + total;
    }

    private void take(int type, PacketBatch batch, int at, int end) throws Flaw {
        switch (type) {
            case ENHANCED_PACKET -> takePacket(batch, at, end, i32(batch.buffer, at + PACKET_INTERFACE));
            case OBSOLETE_PACKET -> takePacket(batch, at, end, u16(batch.buffer, at + PACKET_INTERFACE));
            case SIMPLE_PACKET -> takeSimplePacket(batch, at, end);
            case INTERFACE -> takeInterface(batch.buffer, at, end);
            case SECTION -> takeSection(batch.buffer, at, end);
            default -> {}
        }
    }

    private void takePacket(PacketBatch batch, int at, int end, int interfaceNumber) throws Flaw {
        byte[] buffer = batch.buffer;
        checkLength("packet", at, end, PACKET_BYTES);
        int captured = i32(buffer, at + PACKET_CAPTURED);
        if (captured < 0 || captured > end - at - PACKET_BYTES) {
            throw new Flaw(
                    at,
                    "a packet of " + Integer.toUnsignedString(captured) + " bytes cannot be in a block of "
                            + (end - at));
        }
        PcapngInterface from = interfaceOf(interfaceNumber, at);
        lastNs = from.timeNs(i32(buffer, at + PACKET_TIME_HIGH), i32(buffer, at + PACKET_TIME_LOW));
        int wire = length(i32(buffer, at + PACKET_WIRE));
        batch.add(at + PACKET_DATA, captured, wire, lastNs, from.described());
    }

    private void takeSimplePacket(PacketBatch batch, int at, int end) throws Flaw {
        checkLength("simple packet", at, end, SIMPLE_BYTES);
        PcapngInterface from = interfaceOf(0, at);
        int wire = length(i32(batch.buffer, at + SIMPLE_WIRE));
        int captured = Math.min(wire, end - at - SIMPLE_BYTES);
        int snapLength = from.described().snapLength();
        if (snapLength != 0) {
            captured = Math.min(captured, length(snapLength));
        }
        batch.add(at + SIMPLE_DATA, captured, wire, lastNs, from.described());
    }

    private PcapngInterface interfaceOf(int number, int at) throws Flaw {
        if (number < 0 || number >= interfaceCount) {
            throw new Flaw(
                    at,
                    "a packet of interface " + Integer.toUnsignedString(number) + ", but " + interfaceCount
                            + " are described");
        }
        return interfaces[number];
    }

    private void takeSection(byte[] buffer, int at, int end) throws Flaw {
        checkLength("section", at, end, SECTION_BYTES);
        int major = u16(buffer, at + SECTION_MAJOR);
        if (major != 1) {
            throw new Flaw(at, "pcapng version " + major + " is not understood, only 1 is");
        }
        Arrays.fill(interfaces, 0, interfaceCount, null);
        interfaceCount = 0;
    }

    private void takeInterface(byte[] buffer, int at, int end) throws Flaw {
        checkLength("interface", at, end, INTERFACE_BYTES);
        String name = null;
        int resolution = PcapngInterface.MICROSECONDS;
        long offsetSeconds = 0;
        int option = at + INTERFACE_OPTIONS;
        while (option + 4 <= end - 4) {
            int code = u16(buffer, option);
            int length = u16(buffer, option + 2);
            int value = option + 4;
            if (code == END_OF_OPTIONS || length > end - 4 - value) {
                break;
            }
            if (code == OPTION_INTERFACE_NAME) {
                name = Text.of(buffer, value, value + length, MOST_NAME_BYTES);
            } else if (code == OPTION_TIME_RESOLUTION && length >= 1) {
                resolution = Bytes.u8(buffer, value);
            } else if (code == OPTION_TIME_OFFSET && length >= 8) {
                offsetSeconds = i64(buffer, value);
            }
            option = value + (length + 3 & ~3);
        }
        if (interfaceCount == MOST_INTERFACES) {
            throw new Flaw(at, "a section with more than " + MOST_INTERFACES + " interfaces");
        }
        if (interfaceCount == interfaces.length) {
            interfaces = Arrays.copyOf(interfaces, interfaceCount * 2);
        }
        NetworkInterface described = new NetworkInterface(
                name, u16(buffer, at + INTERFACE_LINK_TYPE), i32(buffer, at + INTERFACE_SNAP_LENGTH));
        interfaces[interfaceCount++] = PcapngInterface.of(described, resolution, offsetSeconds);
    }

    private static void checkLength(String kind, int at, int end, int least) throws Flaw {
        if (end - at < least) {
            throw new Flaw(at, "a block of " + (end - at) + " bytes is too short for one of type " + kind);
        }
    }

    @Override
    Need need(byte[] buffer, int from, int to) {
        return to - from < HEAD_BYTES
                ? new Need("block header", 0, HEAD_BYTES)
                : new Need("block", 0, i32(buffer, from + TOTAL_LENGTH) & 0xffff_ffffL);
    }

    private int i32(byte[] buffer, int at) {
        return little ? Bytes.i32Little(buffer, at) : Bytes.i32(buffer, at);
    }

    private int u16(byte[] buffer, int at) {
        return little ? Bytes.u16Little(buffer, at) : Bytes.u16(buffer, at);
    }

    private long i64(byte[] buffer, int at) {
        return little ? Bytes.i64Little(buffer, at) : Bytes.i64(buffer, at);
    }
}
