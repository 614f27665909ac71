package org.sandbar.protocol.stun;

import java.util.Arrays;
import java.util.zip.CRC32;
import org.sandbar.bytes.Bytes;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.bytes.Text;
import org.sandbar.protocol.WebRtc;
import org.sandbar.wire.Address;

/**
 * A STUN message (RFC 8489 section 5) read in place: a view over the caller's buffer, valid until the next is read. Of an attribute
 * that is there several times the first counts, as section 14 has it, peers' addresses apart. One analyzer's thread; nothing allocates
 * but what makes texts and addresses.
 */
final class StunMessage {
    static final int HEADER = WebRtc.STUN_HEADER;
    static final int REQUEST = 0;
    static final int INDICATION = 1;
    static final int SUCCESS = 2;
    static final int ERROR = 3;

    /** RFC 8489 section 14.3 says 508; RFC 5389 section 15.3 said 512. */
    static final int LONGEST_USERNAME = 512;

    private static final Attribute[] TEXTS = {Attribute.USERNAME, Attribute.REALM, Attribute.NONCE, Attribute.SOFTWARE};
    private static final int LONGEST_TEXT = 763;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int FINGERPRINT_MASK = 0x5354554e;

    private final int mostAttributes;
    private final int[] at = new int[Attribute.COUNT];
    private final int[] size = new int[Attribute.COUNT];
    private final int[] peers;
    private final CRC32 crc = new CRC32();
    private byte[] buffer;
    private int from;
    /** Where the message ends, as far as it is there. */
    private int end;

    private int peerCount;
    private int faults;

    StunMessage(Limits limits) {
        mostAttributes = limits.of(Bound.STUN_ATTRIBUTES);
        peers = new int[mostAttributes];
    }

    /**
     * Reads the message that begins at {@code from}, whose header has to be there. Where {@code to} is before its end, it is read as far
     * as it goes, and the attribute that is cut there is no fault of its own.
     */
    void read(byte[] buffer, int from, int to) {
        this.buffer = buffer;
        this.from = from;
        Arrays.fill(at, 0);
        peerCount = 0;
        faults = Bytes.u16(buffer, from + 2) % 4 == 0 ? 0 : Fault.LENGTH_UNALIGNED.bit();
        int last = from + length();
        end = Math.min(last, to);
        int next = from + HEADER;
        boolean protectedBefore = false;
        for (int count = 0; end - next >= ATTRIBUTE_HEADER; count++) {
            if (count == mostAttributes) {
                fault(Fault.TOO_MANY_ATTRIBUTES, true);
                return;
            }
            int valueLength = Bytes.u16(buffer, next + 2);
            int value = next + ATTRIBUTE_HEADER;
            fault(Fault.ATTRIBUTE_OVERRUN, value + valueLength > last);
            Attribute attribute = Attribute.of(Bytes.u16(buffer, next));
            boolean integrity =
                    attribute == Attribute.MESSAGE_INTEGRITY || attribute == Attribute.MESSAGE_INTEGRITY_SHA256;
            fault(Fault.FINGERPRINT_NOT_LAST, has(Attribute.FINGERPRINT));
            boolean ignored = protectedBefore && !integrity && attribute != Attribute.FINGERPRINT;
            // libwebrtc's short integrity and the like are extensions, which a reader may skip (section 14).
            fault(Fault.ATTRIBUTE_BEHIND_INTEGRITY, ignored && Bytes.u16(buffer, next) < 0x8000);
            if (attribute != null && !ignored) {
                note(attribute, value, valueLength);
            }
            protectedBefore |= integrity;
            next = value + (valueLength + 3 & ~3);
        }
        fault(Fault.ATTRIBUTE_OVERRUN, end == last && next < end);
    }

    private void note(Attribute attribute, int value, int length) {
        int there = Math.max(0, Math.min(length, end - value));
        switch (attribute) {
            case USERNAME -> {
                fault(Fault.USERNAME_TOO_LONG, length > LONGEST_USERNAME);
                fault(Fault.USERNAME_CONTROLS, hasControls(value, there));
            }
            case REALM, NONCE, SOFTWARE -> {
                fault(Fault.TEXT_TOO_LONG, length > LONGEST_TEXT);
                fault(
                        Fault.TEXT_CONTROLS,
                        hasControls(value, attribute == Attribute.SOFTWARE ? withoutPadding(value, there) : there));
            }
            case MAPPED_ADDRESS, XOR_MAPPED_ADDRESS, XOR_PEER_ADDRESS, XOR_RELAYED_ADDRESS -> {
                if (!isAddress(value, length, there)) {
                    fault(Fault.ADDRESS_MALFORMED, there == length);
                    return;
                }
            }
            case FINGERPRINT -> fault(Fault.FINGERPRINT_WRONG, there == length && !isFingerprint(value, length));
            default -> {}
        }
        if (attribute == Attribute.XOR_PEER_ADDRESS) {
            peers[peerCount++] = value;
        }
        if (!has(attribute)) {
            at[attribute.ordinal()] = value;
            size[attribute.ordinal()] = length;
        }
    }

    private void fault(Fault fault, boolean holds) {
        if (holds) {
            faults |= fault.bit();
        }
    }

    private boolean hasControls(int value, int length) {
        for (int i = value; i < value + length; i++) {
            if (buffer[i] >= 0 && buffer[i] < ' ' || buffer[i] == 0x7f) {
                return true;
            }
        }
        return false;
    }

    /** RFC 3489 had lengths with the padding in them, and programs still write a text of theirs so. */
    private int withoutPadding(int value, int length) {
        int left = length;
        while (left > 0 && length - left < 4 && buffer[value + left - 1] == 0) {
            left--;
        }
        return left;
    }

    private boolean isAddress(int value, int length, int there) {
        if (there < length || length < 8) {
            return false;
        }
        return buffer[value + 1] == IPV4 ? length == 8 : buffer[value + 1] == IPV6 && length == 20;
    }

    private boolean isFingerprint(int value, int length) {
        if (length != 4) {
            return false;
        }
        crc.reset();
        crc.update(buffer, from, value - ATTRIBUTE_HEADER - from);
        return ((int) crc.getValue() ^ FINGERPRINT_MASK) == Bytes.i32(buffer, value);
    }

    /** Bytes of the message as it says, header included. */
    int length() {
        return HEADER + Bytes.u16(buffer, from + 2);
    }

    int method() {
        int type = Bytes.u16(buffer, from);
        return type & 0x0f | type >> 1 & 0x70 | type >> 2 & 0xf80;
    }

    /** {@link #REQUEST}, {@link #INDICATION}, {@link #SUCCESS} or {@link #ERROR}. */
    int kind() {
        int type = Bytes.u16(buffer, from);
        return type >> 4 & 1 | type >> 7 & 2;
    }

    boolean hasCookie() {
        return Bytes.i32(buffer, from + 4) == WebRtc.MAGIC_COOKIE;
    }

    /** Eight of the twelve bytes that tell a transaction from others. */
    long transaction() {
        return Bytes.i64(buffer, from + 8);
    }

    /** The other four. */
    int transactionTail() {
        return Bytes.i32(buffer, from + 16);
    }

    /** The bits of the {@link Fault}s of this message alone. */
    int faults() {
        return faults;
    }

    boolean has(Attribute attribute) {
        return at[attribute.ordinal()] != 0;
    }

    /** Whether it has an attribute that nothing but libwebrtc sends. */
    boolean isOfLibwebrtc() {
        return has(Attribute.GOOG_NETWORK_INFO) || has(Attribute.GOOG_MISC_INFO);
    }

    /** Bytes of an attribute that is there, as announced. */
    int length(Attribute attribute) {
        return size[attribute.ordinal()];
    }

    int valueAt(Attribute attribute) {
        return at[attribute.ordinal()];
    }

    /** Where the value of an attribute ends, as far as it is there. */
    int valueEnd(Attribute attribute) {
        return Math.max(valueAt(attribute), Math.min(end, valueAt(attribute) + length(attribute)));
    }

    boolean contains(Attribute attribute, int wanted) {
        for (int i = valueAt(attribute); i < valueEnd(attribute); i++) {
            if (buffer[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    /** The attribute as text, software without the padding that old programs count in, or null. */
    String text(Attribute attribute, int mostBytes) {
        if (!has(attribute)) {
            return null;
        }
        int value = valueAt(attribute);
        int length = valueEnd(attribute) - value;
        int last = value + (attribute == Attribute.SOFTWARE ? withoutPadding(value, length) : length);
        return Text.of(buffer, value, last, mostBytes);
    }

    /** The gateway that texts with control characters, or longer than they may be, are made for; null where there is none. */
    String baited() {
        int suspicious = Fault.USERNAME_TOO_LONG.bit()
                | Fault.USERNAME_CONTROLS.bit()
                | Fault.TEXT_TOO_LONG.bit()
                | Fault.TEXT_CONTROLS.bit();
        String helper = null;
        for (int i = 0; i < TEXTS.length && helper == null && (faults & suspicious) != 0; i++) {
            helper = has(TEXTS[i]) ? Bait.helper(buffer, valueAt(TEXTS[i]), valueEnd(TEXTS[i])) : null;
        }
        return helper;
    }

    /** A number of 32 bits, or null. */
    Long number(Attribute attribute) {
        return isThere(attribute, 4) ? Bytes.u32(buffer, valueAt(attribute)) : null;
    }

    private boolean isThere(Attribute attribute, int bytes) {
        return has(attribute) && valueEnd(attribute) - valueAt(attribute) >= bytes;
    }

    /** The number of the transport between server and peer, or -1. */
    int requestedTransport() {
        return isThere(Attribute.REQUESTED_TRANSPORT, 4)
                ? Bytes.u8(buffer, valueAt(Attribute.REQUESTED_TRANSPORT))
                : -1;
    }

    /** The number of the channel, or -1. */
    int channel() {
        return isThere(Attribute.CHANNEL_NUMBER, 4) ? Bytes.u16(buffer, valueAt(Attribute.CHANNEL_NUMBER)) : -1;
    }

    /** From 300 to 699, or 0 where there is none that can be read. */
    int errorCode() {
        if (!isThere(Attribute.ERROR_CODE, 4)) {
            return 0;
        }
        int value = valueAt(Attribute.ERROR_CODE);
        return (buffer[value + 2] & 7) * 100 + Bytes.u8(buffer, value + 3) % 100;
    }

    String errorReason(int mostBytes) {
        int value = valueAt(Attribute.ERROR_CODE) + 4;
        int length = withoutPadding(value, valueEnd(Attribute.ERROR_CODE) - value);
        return errorCode() == 0 || length <= 0 ? null : Text.of(buffer, value, value + length, mostBytes);
    }

    int peerCount() {
        return peerCount;
    }

    Peer peer(int index) {
        return peerAt(peers[index], true);
    }

    /** The endpoint in an attribute that is there, or null. */
    Peer endpoint(Attribute attribute) {
        return has(attribute) ? peerAt(valueAt(attribute), attribute != Attribute.MAPPED_ADDRESS) : null;
    }

    /** Section 14.2: port and address are veiled by cookie and transaction, lest a NAT rewrite them. */
    private Peer peerAt(int value, boolean veiled) {
        int port = Bytes.u16(buffer, value + 2) ^ (veiled ? WebRtc.MAGIC_COOKIE >>> 16 : 0);
        if (buffer[value + 1] == IPV4) {
            return new Peer(Address.v4(Bytes.i32(buffer, value + 4) ^ (veiled ? WebRtc.MAGIC_COOKIE : 0)), port);
        }
        long high = Bytes.i64(buffer, value + 4) ^ (veiled ? Bytes.i64(buffer, from + 4) : 0);
        long low = Bytes.i64(buffer, value + 12) ^ (veiled ? Bytes.i64(buffer, from + 12) : 0);
        return new Peer(Address.v6(high, low), port);
    }
}
