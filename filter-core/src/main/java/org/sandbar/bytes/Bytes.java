package org.sandbar.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads of unsigned integers from a heap array, in network byte order unless the name says otherwise. The caller has checked the
 * length of the layer once; a read outside the array is a defect of the caller and throws. Stateless, any thread.
 */
public final class Bytes {
    private static final VarHandle BIG_16 = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_32 = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_64 = view(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE_16 = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LITTLE_32 = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LITTLE_64 = view(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    private static VarHandle view(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order).withInvokeExactBehavior();
    }

    public static int u8(byte[] buffer, int offset) {
        return buffer[offset] & 0xff;
    }

    public static int u16(byte[] buffer, int offset) {
        return (short) BIG_16.get(buffer, offset) & 0xffff;
    }

    /** All 32 bits; the sign is the top bit. */
    public static int i32(byte[] buffer, int offset) {
        return (int) BIG_32.get(buffer, offset);
    }

    public static long u32(byte[] buffer, int offset) {
        return i32(buffer, offset) & 0xffff_ffffL;
    }

    public static long i64(byte[] buffer, int offset) {
        return (long) BIG_64.get(buffer, offset);
    }

    public static int u16Little(byte[] buffer, int offset) {
        return (short) LITTLE_16.get(buffer, offset) & 0xffff;
    }

    public static int i32Little(byte[] buffer, int offset) {
        return (int) LITTLE_32.get(buffer, offset);
    }

    public static long i64Little(byte[] buffer, int offset) {
        return (long) LITTLE_64.get(buffer, offset);
    }

    public static void put16(byte[] buffer, int offset, int value) {
        BIG_16.set(buffer, offset, (short) value);
    }

    public static void put32(byte[] buffer, int offset, int value) {
        BIG_32.set(buffer, offset, value);
    }

    public static void put64(byte[] buffer, int offset, long value) {
        BIG_64.set(buffer, offset, value);
    }
}
