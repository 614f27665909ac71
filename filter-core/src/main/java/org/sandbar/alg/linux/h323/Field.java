package org.sandbar.alg.linux.h323;

import java.util.Arrays;

/**
 * A place in a message as the kernel's decoder knows it: how it is encoded, and what the kernel does with it. Where the standards have
 * more than the kernel reads, so has it {@link #STOP} or {@link #PASSED}. Immutable, any thread.
 *
 * @param size bits of a length or number, of a sequence's bitmap, of a choice's index; or one of the forms below
 * @param least what is added to a length; of a sequence or choice, how many parts stand before the extension mark
 * @param known of a sequence or choice, how many parts the kernel knows; of a sequence-of, how many items it keeps
 * @param open it stands behind its length in octets
 * @param kept the kernel decodes it for its value; otherwise only for its end
 */
record Field(
        Kind kind,
        int size,
        int least,
        int known,
        boolean extensible,
        boolean optional,
        boolean open,
        boolean stop,
        boolean kept,
        Role role,
        Field... parts) {
    /** How it is encoded. */
    enum Kind {
        NULL,
        BOOLEAN,
        OBJECT,
        INTEGER,
        BITS,
        DIGITS,
        OCTETS,
        WIDE_TEXT,
        SEQUENCE,
        SEQUENCE_OF,
        CHOICE
    }

    /** Forms of lengths and numbers beside those of so many bits. */
    static final int FIXED = 0;

    static final int BYTE = 9;
    static final int WORD = 10;
    static final int CONSTRAINED = 11;
    static final int SEMI = 12;
    static final int UNCONSTRAINED = 13;

    static final Field NULL = of(Kind.NULL, FIXED, 0);
    static final Field BOOLEAN = of(Kind.BOOLEAN, FIXED, 0);
    static final Field OBJECT = of(Kind.OBJECT, BYTE, 0);
    static final Field OCTET = of(Kind.INTEGER, BYTE, 0);
    static final Field NUMBER = of(Kind.INTEGER, WORD, 0);
    static final Field LARGE = of(Kind.INTEGER, CONSTRAINED, 0);
    static final Field ANY_NUMBER = of(Kind.INTEGER, UNCONSTRAINED, 0);
    static final Field TEXT = of(Kind.WIDE_TEXT, 7, 1);
    static final Field DATA = of(Kind.OCTETS, SEMI, 0);
    static final Field BITS = of(Kind.BITS, SEMI, 0);
    /** The decoder goes no further in this sequence or choice. */
    static final Field STOP = new Field(Kind.NULL, FIXED, 0, 0, false, true, false, true, false, Role.NONE);
    /** Passed over by the length that it stands behind. */
    static final Field PASSED = new Field(Kind.NULL, FIXED, 0, 0, false, false, true, false, false, Role.NONE);

    static Field of(Kind kind, int size, int least) {
        return new Field(kind, size, least, 0, false, false, false, false, false, Role.NONE);
    }

    static Field integer(int bits) {
        return of(Kind.INTEGER, bits, 0);
    }

    static Field octets(int count) {
        return of(Kind.OCTETS, FIXED, count);
    }

    static Field sequence(Field... parts) {
        int optional = (int) Arrays.stream(parts).filter(Field::optional).count();
        return new Field(
                Kind.SEQUENCE,
                optional,
                parts.length,
                parts.length,
                false,
                false,
                false,
                false,
                false,
                Role.NONE,
                parts);
    }

    static Field choice(Field... parts) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(parts.length - 1);
        return new Field(
                Kind.CHOICE, bits, parts.length, parts.length, false, false, false, false, false, Role.NONE, parts);
    }

    static Field sequenceOf(Field item) {
        return atMost(0, item);
    }

    /** A sequence-of, of which the kernel keeps no more items than so many. */
    static Field atMost(int items, Field item) {
        return new Field(Kind.SEQUENCE_OF, SEMI, 0, items, false, false, false, false, false, Role.NONE, item);
    }

    /** With an extension mark, and these parts behind it. */
    Field more(Field... extension) {
        Field[] all = Arrays.copyOf(parts, parts.length + extension.length);
        System.arraycopy(extension, 0, all, parts.length, extension.length);
        return new Field(kind, size, least, all.length, true, optional, open, stop, kept, role, all);
    }

    /** With parts behind the others that are passed over. */
    Field passing(int count) {
        Field[] passed = new Field[count];
        Arrays.fill(passed, PASSED);
        return more(passed);
    }

    Field maybe() {
        return new Field(kind, size, least, known, extensible, true, open, stop, kept, role, parts);
    }

    Field opened() {
        return new Field(kind, size, least, known, extensible, optional, true, stop, kept, role, parts);
    }

    Field keep() {
        return keep(role);
    }

    Field keep(Role as) {
        return new Field(kind, size, least, known, extensible, optional, open, stop, true, as, parts);
    }
}
