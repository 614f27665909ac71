package org.sandbar.alg.linux.h323;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.stream.IntStream;

/** Encodes arbitrary messages of a type: every part that it has is there or not, and its addresses are of a few hosts. */
final class RandomMessage {
    /** Some that are of the two sides, and some that are not. */
    static final int[] ADDRESSES = {0x0a580102, 0x0a580202, 0x0a580102, 0x0a580202, 0x0a580107, 0x0a580301};

    private static final int MOST_PASSED = 6;

    private final Random random;
    private final int rarity;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int pendingBits;

    /** Optional parts are there once in so many times. */
    RandomMessage(Random random, int rarity) {
        this.random = random;
        this.rarity = rarity;
    }

    /** The octets of a message, the last one filled up. */
    static byte[] of(Field field, Random random) {
        RandomMessage message = new RandomMessage(random, 2 + random.nextInt(4));
        message.write(field);
        message.align();
        return message.out.toByteArray();
    }

    /** A message in a Q.931 message in a TPKT. */
    static byte[] call(Random random) {
        byte[] user = of(H225.USER_INFORMATION, random);
        ByteArrayOutputStream q931 = new ByteArrayOutputStream();
        q931.writeBytes(new byte[] {8, 2, 1, 2, 0x62, 0x1c, 0, 0x7e});
        q931.write(user.length + 1 >> 8);
        q931.write(user.length + 1);
        q931.write(5);
        q931.writeBytes(user);
        return tpkt(q931.toByteArray());
    }

    static byte[] tpkt(byte[] message) {
        ByteArrayOutputStream tpkt = new ByteArrayOutputStream();
        int length = message.length + 4;
        tpkt.writeBytes(new byte[] {3, 0, (byte) (length >> 8), (byte) length});
        tpkt.writeBytes(message);
        return tpkt.toByteArray();
    }

    /** Some of the octets changed, left out, put in. */
    static byte[] mutated(byte[] message, Random random, int fixed) {
        byte[] changed = message.clone();
        for (int i = random.nextInt(4); i > 0 && changed.length > fixed; i--) {
            int at = fixed + random.nextInt(changed.length - fixed);
            switch (random.nextInt(4)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed[at] = (byte) random.nextInt();
                case 2 -> {
                    byte[] shorter = new byte[changed.length - 1];
                    System.arraycopy(changed, 0, shorter, 0, at);
                    System.arraycopy(changed, at + 1, shorter, at, shorter.length - at);
                    changed = shorter;
                }
                default -> {
                    byte[] longer = new byte[changed.length + 1];
                    System.arraycopy(changed, 0, longer, 0, at);
                    longer[at] = (byte) random.nextInt();
                    System.arraycopy(changed, at, longer, at + 1, changed.length - at);
                    changed = longer;
                }
            }
        }
        return changed;
    }

    private boolean rarely() {
        return random.nextInt(rarity) == 0;
    }

    private void bits(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            pending = pending << 1 | value >> i & 1;
            if (++pendingBits == 8) {
                out.write(pending);
                pending = 0;
                pendingBits = 0;
            }
        }
    }

    private void align() {
        bits(0, (8 - pendingBits) % 8);
    }

    private void octets(int count) {
        align();
        for (int i = 0; i < count; i++) {
            bits(random.nextInt(256), 8);
        }
    }

    private void length(int length) {
        align();
        if (length < 128) {
            bits(length, 8);
        } else {
            bits(0x8000 | length, 16);
        }
    }

    /** Returns whether the decoder would go on. */
    private boolean write(Field field) {
        switch (field.kind()) {
            case NULL -> {}
            case BOOLEAN -> bits(random.nextInt(2), 1);
            case OBJECT -> {
                length(4);
                octets(4);
            }
            case INTEGER -> integer(field.size());
            case BITS -> {
                align();
                bits(10, field.size() == Field.WORD ? 16 : 8);
                bits(random.nextInt(), 10);
            }
            case DIGITS -> {
                int count = random.nextInt(4);
                bits(count, field.size());
                align();
                bits(random.nextInt(), 4 * (count + field.least()));
            }
            case OCTETS -> text(field, 1);
            case WIDE_TEXT -> text(field, 2);
            case SEQUENCE -> {
                return sequence(field);
            }
            case SEQUENCE_OF -> {
                int count = random.nextInt(3);
                length(count);
                for (int i = 0; i < count; i++) {
                    part(field.parts()[0], field.parts()[0].open());
                }
            }
            case CHOICE -> {
                return choice(field);
            }
        }
        return true;
    }

    private void integer(int size) {
        switch (size) {
            case Field.BYTE -> octets(1);
            case Field.WORD -> octets(2);
            case Field.CONSTRAINED -> {
                int count = random.nextInt(4);
                bits(count, 2);
                octets(count + 1);
            }
            case Field.UNCONSTRAINED -> {
                length(2);
                octets(2);
            }
            default -> bits(random.nextInt(), size);
        }
    }

    private void text(Field field, int width) {
        if (field.size() == Field.FIXED) {
            fixed(field);
            return;
        }
        int count = random.nextInt(5);
        if (field.size() == Field.BYTE) {
            align();
            bits(count, 8);
        } else if (field.size() == Field.SEMI) {
            length(count);
        } else {
            bits(count, field.size());
        }
        octets((count + field.least()) * width);
    }

    private void fixed(Field field) {
        int count = field.least();
        if (field.kept() && count == 4) {
            align();
            bits(ADDRESSES[random.nextInt(ADDRESSES.length)], 32);
        } else if (field.kept() && random.nextInt(4) > 0) {
            align();
            // fd88:1::2, fd88:2::2 and a third one.
            bits(0xfd88, 16);
            bits(1 + random.nextInt(2), 16);
            bits(0, 32);
            bits(0, 32);
            bits(random.nextInt(4) > 0 ? 2 : 7, 32);
        } else if (count > 2) {
            octets(count);
        } else {
            bits(random.nextInt(), count * 8);
        }
    }

    private boolean sequence(Field field) {
        boolean extended = field.extensible() && rarely();
        if (field.extensible()) {
            bits(extended ? 1 : 0, 1);
        }
        int map = 0;
        for (int i = 0; i < field.size(); i++) {
            map = map << 1 | (rarely() || random.nextInt(4) == 0 ? 1 : 0);
        }
        bits(map, field.size());
        int optional = field.size();
        for (int i = 0; i < field.least(); i++) {
            Field part = field.parts()[i];
            if (part.stop()) {
                return false;
            }
            if (!part.optional() || (map >> --optional & 1) == 1) {
                part(part, part.open());
            }
        }
        if (extended) {
            extension(field);
        }
        return true;
    }

    private void extension(Field field) {
        int count = Math.min(32, 1 + random.nextInt(Math.max(1, field.known() - field.least()) + 1));
        int map = random.nextInt() & random.nextInt() & (1 << count - 1 | (1 << count - 1) - 1);
        for (int i = 0; i < count && field.least() + i < field.known(); i++) {
            map |= field.parts()[field.least() + i].kept() ? 1 << count - 1 - i : 0;
        }
        bits(count - 1, 7);
        bits(map, count);
        align();
        for (int i = 0; i < count; i++) {
            boolean known = field.least() + i < field.known();
            Field part = known ? field.parts()[field.least() + i] : Field.PASSED;
            if (part.stop()) {
                return;
            }
            if ((map >> count - 1 - i & 1) == 1 || !known) {
                part(part, true);
            }
        }
    }

    private boolean choice(Field field) {
        int index = random.nextInt(Math.max(1, field.known() + (field.extensible() ? 1 : 0)));
        if (index > 3 && random.nextInt(2) == 0) {
            index %= field.least();
        }
        int[] kept = IntStream.range(0, field.known())
                .filter(part -> field.parts()[part].kept())
                .toArray();
        if (kept.length > 0 && random.nextInt(4) > 0) {
            index = kept[random.nextInt(kept.length)];
        }
        boolean extended = index >= field.least();
        if (field.extensible()) {
            bits(extended ? 1 : 0, 1);
        }
        bits(extended ? index - field.least() : index, extended ? 7 : field.size());
        Field part = index < field.known() ? field.parts()[index] : Field.PASSED;
        return !part.stop() && part(part, extended || part.open());
    }

    private boolean part(Field part, boolean open) {
        if (!open) {
            return write(part);
        }
        align();
        if (!part.kept()) {
            int count = random.nextInt(MOST_PASSED);
            length(count);
            octets(count);
            return true;
        }
        RandomMessage inner = new RandomMessage(random, rarity);
        inner.write(part);
        inner.align();
        length(inner.out.size());
        out.writeBytes(inner.out.toByteArray());
        return true;
    }
}
