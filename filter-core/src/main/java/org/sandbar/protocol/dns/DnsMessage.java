package org.sandbar.protocol.dns;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Bytes;
import org.sandbar.protocol.Names;
import org.sandbar.wire.Address;

/**
 * One DNS message (RFC 1035 section 4.1), read in place: names are compared where they stand, and nothing is allocated where there are no
 * addresses. Names may be compressed, with pointers that only ever go back; how often, and how long a name is, is bounded, so that none
 * goes round. An answer that is malformed or cut is none. Reused for one message after another; one analyzer's thread.
 */
final class DnsMessage {
    static final int HEADER = 12;

    private static final int TYPE_A = 1;
    private static final int TYPE_CNAME = 5;
    private static final int TYPE_AAAA = 28;
    private static final int CLASS_IN = 1;
    /** What stands between a record's name and its data: type, class, time to live, length. */
    private static final int FIXED = 10;

    private static final int TYPE_AND_CLASS = 4;

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_LABEL = 63;
    private static final int POINTER = 0xc0;
    private static final int MOST_POINTERS = 16;
    private static final int MOST_RECORDS = 256;
    private static final int MOST_ALIASES = 16;
    private static final int NONE = -1;

    private byte[] buffer;
    private int from;
    private int to;

    private final List<Address> addresses = new ArrayList<>(0);
    private long ttl;

    /** The message in {@code [from, to)}, which has at least a header. */
    void over(byte[] buffer, int from, int to) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
    }

    int id() {
        return Bytes.u16(buffer, from);
    }

    boolean isResponse() {
        return (buffer[from + 2] & 0x80) != 0;
    }

    /** Without an error, whole, and with answers to one question. */
    boolean isAnswer() {
        boolean truncated = (buffer[from + 2] & 2) != 0;
        boolean error = (buffer[from + 3] & 15) != 0;
        int answers = Bytes.u16(buffer, from + 6);
        boolean toOneQuestion = Bytes.u16(buffer, from + 4) == 1;
        return isResponse() && !truncated && !error && toOneQuestion && answers > 0 && answers <= MOST_RECORDS;
    }

    /** A number for the question, letter case apart, by which a response is known to be of it; 0 where there is no whole one. */
    int question() {
        int hash = 1;
        int position = from + HEADER;
        while (position < to && buffer[position] != 0) {
            int label = Bytes.u8(buffer, position);
            if (label > LONGEST_LABEL || position + 1 + label > to) {
                return 0;
            }
            hash = hash * 31 + label;
            for (int i = position + 1; i <= position + label; i++) {
                hash = hash * 31 + Ascii.lower(buffer[i]);
            }
            position += 1 + label;
        }
        return position + 5 > to ? 0 : hash * 31 + Bytes.u16(buffer, position + 1);
    }

    /** Reads the addresses of the name that was asked for, over its aliases; false where there are none. */
    boolean readAddresses() {
        addresses.clear();
        ttl = Long.MAX_VALUE;
        int question = from + HEADER;
        int behind = behindName(question);
        int owner = behind == NONE ? NONE : question;
        for (int i = 0; i <= MOST_ALIASES && owner != NONE && addresses.isEmpty(); i++) {
            owner = readRecords(behind + TYPE_AND_CLASS, owner);
        }
        return !addresses.isEmpty();
    }

    /** Takes the addresses of this owner, and returns where the name stands of which it is an alias, or {@link #NONE}. */
    private int readRecords(int first, int owner) {
        int alias = NONE;
        int at = first;
        for (int left = Bytes.u16(buffer, from + 6); left > 0; left--) {
            int fixed = behindName(at);
            int data = fixed + FIXED;
            if (fixed == NONE || data > to || data + Bytes.u16(buffer, data - 2) > to) {
                return noAnswer();
            }
            int length = Bytes.u16(buffer, data - 2);
            int type = type(fixed, length);
            if (type != NONE && isSameName(at, owner)) {
                // RFC 2181 section 8: a number with the highest bit set counts as zero.
                ttl = Math.min(ttl, Math.max(0, Bytes.i32(buffer, fixed + 4)));
                if (type == TYPE_CNAME) {
                    alias = data;
                } else if (!addAddress(type, data)) {
                    return noAnswer();
                }
            }
            at = data + length;
        }
        return alias;
    }

    /** A part of an answer would say that the rest is not of the name. */
    private int noAnswer() {
        addresses.clear();
        return NONE;
    }

    /** The type of a record that is an address or an alias, or {@link #NONE}. */
    private int type(int fixed, int length) {
        int type = Bytes.u16(buffer, fixed);
        boolean known = type == TYPE_A && length == 4 || type == TYPE_AAAA && length == 16 || type == TYPE_CNAME;
        return known && Bytes.u16(buffer, fixed + 2) == CLASS_IN ? type : NONE;
    }

    private boolean addAddress(int type, int data) {
        Address address = type == TYPE_A
                ? Address.v4(Bytes.i32(buffer, data))
                : Address.v6(Bytes.i64(buffer, data), Bytes.i64(buffer, data + 8));
        if (addresses.contains(address)) {
            return true;
        }
        return addresses.size() < Names.MOST_ADDRESSES && addresses.add(address);
    }

    /** Where the name ends that begins here, its pointer not followed; {@link #NONE} where the message ends before. */
    private int behindName(int position) {
        int at = position;
        while (at < to) {
            int label = Bytes.u8(buffer, at);
            if (label > LONGEST_LABEL) {
                return label >= POINTER && at + 2 <= to ? at + 2 : NONE;
            }
            at += 1 + label;
            if (label == 0) {
                return at;
            }
        }
        return NONE;
    }

    /** Where the label stands that this place stands for, pointers followed; {@link #NONE} where there is none. */
    private int labelAt(int position) {
        int at = position;
        for (int pointers = 0; pointers <= MOST_POINTERS && at < to; pointers++) {
            int label = Bytes.u8(buffer, at);
            if (label <= LONGEST_LABEL) {
                return at + 1 + label <= to ? at : NONE;
            }
            if (label < POINTER || at + 2 > to) {
                return NONE;
            }
            int target = from + (Bytes.u16(buffer, at) & 0x3fff);
            if (target >= at || target < from + HEADER) {
                return NONE;
            }
            at = target;
        }
        return NONE;
    }

    private boolean isSameName(int position, int other) {
        int one = labelAt(position);
        int two = labelAt(other);
        for (int length = 0; one != NONE && two != NONE && length <= LONGEST_NAME; ) {
            int label = Bytes.u8(buffer, one);
            if (Bytes.u8(buffer, two) != label) {
                return false;
            }
            for (int i = 1; i <= label; i++) {
                if (Ascii.lower(buffer[one + i]) != Ascii.lower(buffer[two + i])) {
                    return false;
                }
            }
            length += 1 + label;
            if (label == 0) {
                return length <= LONGEST_NAME;
            }
            one = labelAt(one + 1 + label);
            two = labelAt(two + 1 + label);
        }
        return false;
    }

    /** The name that was asked for, in lower case, without the last dot. To be called where there are addresses: it is whole then. */
    String nameAsked() {
        StringBuilder text = new StringBuilder();
        int at = labelAt(from + HEADER);
        while (buffer[at] != 0) {
            int label = Bytes.u8(buffer, at);
            addLabel(text, at + 1, label);
            at = labelAt(at + 1 + label);
        }
        return text.toString();
    }

    private void addLabel(StringBuilder text, int first, int length) {
        if (text.length() > 0) {
            text.append('.');
        }
        for (int i = first; i < first + length; i++) {
            int letter = Ascii.lower(Bytes.u8(buffer, i));
            if (letter == '.' || letter == '\\') {
                text.append('\\').append((char) letter);
            } else if (letter <= ' ' || letter >= 0x7f) {
                text.append('\\').append(letter / 100).append(letter / 10 % 10).append(letter % 10);
            } else {
                text.append((char) letter);
            }
        }
    }

    /** All of them, for the caller to keep. */
    List<Address> addresses() {
        return List.copyOf(addresses);
    }

    long ttlSeconds() {
        return ttl;
    }
}
