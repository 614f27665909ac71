package org.sandbar.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads of unsigned integers from a heap array, in network byte order unless the name says otherwise. The caller has checked the
 * length of the layer once; a read outside the array is a defect of the caller and throws. Stateless, any thread.
 *
 * <p>Short reads put bytes together. A {@link VarHandle} is as quick once the optimising compiler has seen it, but three times slower
 * before (8 against 3 ns), and most captures are read before. Eight bytes at once are worth one all the same.
 */
public final class Bytes {
    private static final VarHandle BIG_64 = view(ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE_64 = view(ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    private static VarHandle view(ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(long[].class, order).withInvokeExactBehavior();
    }

    public static int u8(byte[] buffer, int offset) {
        return buffer[offset] & 0xff;
    }

    public static int u16(byte[] buffer, int offset) {
        return (buffer[offset] & 0xff) << 8 | buffer[offset + 1] & 0xff;
    }

    /** All 32 bits; the sign is the top bit. */
    public static int i32(byte[] buffer, int offset) {
        return buffer[offset] << 24
                | (buffer[offset + 1] & 0xff) << 16
                | (buffer[offset + 2] & 0xff) << 8
                | buffer[offset + 3] & 0xff;
    }

    public static long u32(byte[] buffer, int offset) {
        return i32(buffer, offset) & 0xffff_ffffL;
    }

    public static long i64(byte[] buffer, int offset) {
        return (long) BIG_64.get(buffer, offset);
    }

    public static int u16Little(byte[] buffer, int offset) {
        return buffer[offset] & 0xff | (buffer[offset + 1] & 0xff) << 8;
    }

    public static int i32Little(byte[] buffer, int offset) {
        return buffer[offset] & 0xff
                | (buffer[offset + 1] & 0xff) << 8
                | (buffer[offset + 2] & 0xff) << 16
                | buffer[offset + 3] << 24;
    }

    public static long i64Little(byte[] buffer, int offset) {
        return (long) LITTLE_64.get(buffer, offset);
    }

    public static void put16(byte[] buffer, int offset, int value) {
        buffer[offset] = (byte) (value >> 8);
        buffer[offset + 1] = (byte) value;
    }

    public static void put32(byte[] buffer, int offset, int value) {
        put16(buffer, offset, value >> 16);
        put16(buffer, offset + 2, value);
    }

    public static void put64(byte[] buffer, int offset, long value) {
        BIG_64.set(buffer, offset, value);
    }
}
