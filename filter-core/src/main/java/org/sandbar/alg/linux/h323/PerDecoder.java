package org.sandbar.alg.linux.h323;

/**
 * Packed encoding rules, aligned (ITU-T X.691), as {@code nf_conntrack_h323_asn1.c} reads them, with its liberties: what stands behind a
 * length may be longer than it says, the ends of a list that is passed over are not looked at, a bitmap that ends with the fourth octet
 * is not shifted. What it finds goes to {@link Findings}. Reads nothing outside of the bytes that it was given; goes no deeper than
 * {@link Field} nests, which is finite, and every item of a list takes a bit or more. Allocates nothing. One thread.
 */
final class PerDecoder {
    private static final int OK = 0;
    /** The kernel has seen enough of it, and goes on with what contains it. */
    private static final int STOPPED = 1;

    private static final int BROKEN = -1;
    private static final int MOST_BITS = 32;

    private final Findings findings = new Findings();
    private byte[] buffer;
    private int end;
    private int at;
    private int bit;
    private Role role;

    /** What the last message held. */
    Findings findings() {
        return findings;
    }

    /** Whether the kernel would act upon the message. */
    boolean decode(Field message, byte[] buffer, int from, int to) {
        this.buffer = buffer;
        at = from;
        end = to;
        bit = 0;
        role = Role.NONE;
        findings.clear();
        return decode(message, true) >= OK;
    }

    private int decode(Field field, boolean live) {
        return switch (field.kind()) {
            case NULL -> OK;
            case BOOLEAN -> skipBits(1);
            case OBJECT -> object();
            case INTEGER -> integer(field, live && field.kept());
            case BITS -> bits(field);
            case DIGITS -> digits(field);
            case OCTETS -> octets(field, live);
            case WIDE_TEXT -> wideText(field);
            case SEQUENCE, SEQUENCE_OF, CHOICE -> compound(field, live && field.kept());
        };
    }

    private int compound(Field field, boolean live) {
        Role outer = role;
        if (live && field.role() != Role.NONE) {
            role = field.role();
            findings.enter(role);
        }
        int outcome =
                switch (field.kind()) {
                    case SEQUENCE -> sequence(field, live);
                    case SEQUENCE_OF -> sequenceOf(field, live);
                    default -> choice(field, live);
                };
        role = outer;
        return outcome;
    }

    // nf_h323_error_boundary

    private boolean lacks(int octets, int bits) {
        return at + octets + (bits + bit + 7) / Byte.SIZE > end;
    }

    private int checked() {
        return lacks(0, 0) ? BROKEN : OK;
    }

    private int octet(int offset) {
        return offset < end ? buffer[offset] & 0xff : 0;
    }

    private void align() {
        if (bit > 0) {
            at++;
            bit = 0;
        }
    }

    private int skipBits(int count) {
        bit += count;
        at += bit / Byte.SIZE;
        bit %= Byte.SIZE;
        return checked();
    }

    /** get_bits, get_bit: up to eight. */
    private int take(int count) {
        int window = octet(at) << Byte.SIZE | octet(at + 1);
        int value = window >> 16 - bit - count & (1 << count) - 1;
        bit += count;
        at += bit / Byte.SIZE;
        bit %= Byte.SIZE;
        return value;
    }

    /** get_bitmap: the first bit on top. Where it ends with the fourth octet, the kernel leaves out to shift it. */
    private int takeBitmap(int count) {
        if (count == 0) {
            return 0;
        }
        long window = 0;
        for (int i = 0; i < 5; i++) {
            window = window << Byte.SIZE | octet(at + i);
        }
        int last = bit + count;
        int shift = last == MOST_BITS ? 0 : bit;
        int map = (int) (window >>> Byte.SIZE - shift) & -1 << MOST_BITS - count;
        at += last / Byte.SIZE;
        bit = last % Byte.SIZE;
        return map;
    }

    /** get_len */
    private int takeLength() {
        int length = octet(at++);
        if (length >= 0x80) {
            length = (length & 0x3f) << Byte.SIZE | octet(at++);
        }
        return length;
    }

    // decode_*

    private int object() {
        align();
        if (lacks(1, 0)) {
            return BROKEN;
        }
        at += 1 + octet(at);
        return checked();
    }

    private int integer(Field field, boolean kept) {
        switch (field.size()) {
            case Field.BYTE -> {
                align();
                at++;
            }
            case Field.WORD -> {
                align();
                at += 2;
            }
            case Field.CONSTRAINED -> {
                if (lacks(0, 2)) {
                    return BROKEN;
                }
                int length = take(2) + 1;
                if (lacks(length, 0)) {
                    return BROKEN;
                }
                align();
                // One that is read for its value is passed twice.
                at += kept ? 2 * length : length;
            }
            case Field.UNCONSTRAINED -> {
                align();
                if (lacks(2, 0)) {
                    return BROKEN;
                }
                int length = takeLength();
                at += length;
            }
            default -> skipBits(field.size());
        }
        return checked();
    }

    private int bits(Field field) {
        align();
        if (lacks(2, 0)) {
            return BROKEN;
        }
        int length = field.size() == Field.WORD ? takeWord() : takeLength();
        at += length / Byte.SIZE;
        bit = length % Byte.SIZE;
        return checked();
    }

    private int takeWord() {
        int word = octet(at) << Byte.SIZE | octet(at + 1);
        at += 2;
        return word;
    }

    private int digits(Field field) {
        if (lacks(0, field.size())) {
            return BROKEN;
        }
        int length = take(field.size()) + field.least();
        align();
        return skipBits(length * 4);
    }

    private int octets(Field field, boolean live) {
        int length;
        switch (field.size()) {
            case Field.FIXED -> {
                length = field.least();
                if (length > 2) {
                    align();
                    if (live && field.kept()) {
                        findings.address(role, at, length);
                    }
                }
            }
            case Field.BYTE, Field.SEMI -> {
                align();
                if (lacks(field.size() == Field.BYTE ? 1 : 2, 0)) {
                    return BROKEN;
                }
                length = (field.size() == Field.BYTE ? octet(at++) : takeLength()) + field.least();
            }
            default -> {
                if (lacks(0, field.size())) {
                    return BROKEN;
                }
                length = take(field.size()) + field.least();
                align();
            }
        }
        at += length;
        return checked();
    }

    private int wideText(Field field) {
        int length;
        if (field.size() == Field.BYTE) {
            align();
            if (lacks(1, 0)) {
                return BROKEN;
            }
            length = octet(at++);
        } else {
            if (lacks(0, field.size())) {
                return BROKEN;
            }
            length = take(field.size());
            align();
        }
        at += 2 * (length + field.least());
        return checked();
    }

    private int sequence(Field field, boolean live) {
        if (lacks(0, 1)) {
            return BROKEN;
        }
        boolean extended = field.extensible() && take(1) > 0;
        if (lacks(0, field.size())) {
            return BROKEN;
        }
        int present = takeBitmap(field.size());
        for (int i = 0; i < field.least(); i++) {
            Field part = field.parts()[i];
            if (part.stop()) {
                return STOPPED;
            }
            boolean absent = part.optional() && present >= 0;
            present <<= part.optional() ? 1 : 0;
            if (!absent && part(part, live, live, part.open()) < OK) {
                return BROKEN;
            }
        }
        return extended ? extension(field, live) : OK;
    }

    private int extension(Field field, boolean live) {
        if (lacks(0, 7)) {
            return BROKEN;
        }
        int count = take(7) + 1;
        if (lacks(0, count) || count > MOST_BITS) {
            return BROKEN;
        }
        int present = takeBitmap(count);
        align();
        for (int i = 0; i < count; i++, present <<= 1) {
            Field part = field.least() + i < field.known() ? field.parts()[field.least() + i] : null;
            if (part != null && part.stop()) {
                return STOPPED;
            }
            // Of parts that the kernel does not know it reads a length, even where they are absent.
            boolean absent = part != null && present >= 0;
            if (!absent && part(part == null ? Field.PASSED : part, live, live, true) < OK) {
                return BROKEN;
            }
        }
        return OK;
    }

    /**
     * A part, behind its length if it is an open one: then the next begins where the length says.
     *
     * @param live what contains it is kept
     * @param kept it is, too
     */
    private int part(Field part, boolean live, boolean kept, boolean open) {
        if (!open) {
            return decode(part, kept);
        }
        if (lacks(2, 0)) {
            return BROKEN;
        }
        int length = takeLength();
        if (lacks(length, 0)) {
            return BROKEN;
        }
        if (!live || !part.kept()) {
            at += length;
            return OK;
        }
        int next = at + length;
        int outcome = decode(part, kept);
        at = next;
        bit = 0;
        return outcome;
    }

    private int sequenceOf(Field field, boolean live) {
        align();
        if (lacks(2, 0)) {
            return BROKEN;
        }
        int count = takeLength();
        Field item = field.parts()[0];
        for (int i = 0; i < count; i++) {
            if (item.open()) {
                align();
            }
            // One beyond those that are kept is decoded for its faults alone.
            if (part(item, live, live && i < field.known(), item.open()) < OK) {
                return BROKEN;
            }
        }
        return OK;
    }

    private int choice(Field field, boolean live) {
        if (lacks(0, 1)) {
            return BROKEN;
        }
        boolean extended = field.extensible() && take(1) > 0;
        int bits = extended ? 7 : field.size();
        if (lacks(0, bits)) {
            return BROKEN;
        }
        int index = take(bits) + (extended ? field.least() : 0);
        if (!extended && index >= field.least()) {
            return BROKEN;
        }
        if (live) {
            findings.chosen(role, index);
        }
        Field part = index < field.known() ? field.parts()[index] : Field.PASSED;
        if (part.stop()) {
            return STOPPED;
        }
        boolean open = extended || part.open();
        if (open) {
            align();
        }
        return part(part, live, live, open);
    }
}
