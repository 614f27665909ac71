package org.sandbar.protocol.dns;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Bytes;
import org.sandbar.wire.Address;

/**
 * One DNS message (RFC 1035 section 4.1), read in place. Names may be compressed, with pointers that only ever go back, so that none
 * goes round. What is malformed is no answer. Reused for one message after another; one analyzer's thread.
 */
final class DnsMessage {
    static final int HEADER = 12;

    private static final int TYPE_A = 1;
    private static final int TYPE_CNAME = 5;
    private static final int TYPE_AAAA = 28;
    private static final int CLASS_IN = 1;
    private static final int LONGEST_NAME = 255;
    private static final int MOST_ALIASES = 16;
    private static final int MOST_ADDRESSES = 64;
    private static final int POINTER = 0xc0;

    private record Record(String owner, Address address, String alias, long ttl) {}

    private byte[] buffer;
    private int from;
    private int to;
    private int at;

    private String name;
    private final List<Address> addresses = new ArrayList<>();
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
        return isResponse()
                && !truncated
                && !error
                && Bytes.u16(buffer, from + 4) == 1
                && Bytes.u16(buffer, from + 6) > 0;
    }

    /** A number for the question, letter case apart, by which a response is known to be of it; 0 where there is no whole one. */
    int question() {
        int hash = 1;
        int position = from + HEADER;
        while (position < to && buffer[position] != 0) {
            int label = Bytes.u8(buffer, position);
            if (label >= 64 || position + 1 + label > to) {
                return 0;
            }
            hash = hash * 31 + label;
            for (int i = position + 1; i <= position + label; i++) {
                int letter = buffer[i];
                hash = hash * 31 + (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
            }
            position += 1 + label;
        }
        return position + 5 > to ? 0 : hash * 31 + Bytes.u16(buffer, position + 1);
    }

    /** Reads the answers; false where there are no addresses. */
    boolean readAnswers() {
        addresses.clear();
        at = from + HEADER;
        name = name();
        if (name == null || at + 4 > to) {
            return false;
        }
        at += 4;
        List<Record> records = new ArrayList<>();
        int count = Bytes.u16(buffer, from + 6);
        for (int i = 0; i < count; i++) {
            if (!addRecord(records)) {
                break;
            }
        }
        follow(records);
        return !addresses.isEmpty();
    }

    private boolean addRecord(List<Record> records) {
        String owner = name();
        if (owner == null || at + 10 > to) {
            return false;
        }
        int type = Bytes.u16(buffer, at);
        int recordClass = Bytes.u16(buffer, at + 2);
        // RFC 2181 section 8: a number with the highest bit set counts as zero.
        long seconds = Math.max(0, Bytes.i32(buffer, at + 4));
        int length = Bytes.u16(buffer, at + 8);
        int data = at + 10;
        if (data + length > to) {
            return false;
        }
        if (recordClass == CLASS_IN && records.size() < MOST_ADDRESSES + MOST_ALIASES) {
            if (type == TYPE_A && length == 4) {
                records.add(new Record(owner, Address.v4(Bytes.i32(buffer, data)), null, seconds));
            } else if (type == TYPE_AAAA && length == 16) {
                Address address = Address.v6(Bytes.i64(buffer, data), Bytes.i64(buffer, data + 8));
                records.add(new Record(owner, address, null, seconds));
            } else if (type == TYPE_CNAME) {
                at = data;
                records.add(new Record(owner, null, name(), seconds));
            }
        }
        at = data + length;
        return true;
    }

    /** From the name that was asked for, over its aliases, to their addresses. */
    private void follow(List<Record> records) {
        ttl = Long.MAX_VALUE;
        String owner = name;
        for (int i = 0; i < MOST_ALIASES && owner != null; i++) {
            String alias = null;
            for (Record record : records) {
                if (!record.owner.equals(owner)) {
                    continue;
                }
                ttl = Math.min(ttl, record.ttl);
                if (record.address == null) {
                    alias = record.alias;
                } else if (!addresses.contains(record.address) && addresses.size() < MOST_ADDRESSES) {
                    addresses.add(record.address);
                }
            }
            owner = addresses.isEmpty() ? alias : null;
        }
    }

    /** The name at {@link #at}, in lower case, without the last dot; null where it is malformed. Moves behind it. */
    private String name() {
        StringBuilder text = new StringBuilder();
        int position = at;
        int behind = -1;
        int lowest = at;
        while (position < to) {
            int label = Bytes.u8(buffer, position);
            if (label == 0) {
                at = behind < 0 ? position + 1 : behind;
                return text.toString();
            }
            if ((label & POINTER) == POINTER) {
                if (position + 2 > to) {
                    return null;
                }
                int target = from + (Bytes.u16(buffer, position) & 0x3fff);
                behind = behind < 0 ? position + 2 : behind;
                if (target >= lowest || target < from + HEADER) {
                    return null;
                }
                lowest = target;
                position = target;
            } else if ((label & POINTER) != 0 || position + 1 + label > to || text.length() + label > LONGEST_NAME) {
                return null;
            } else {
                addLabel(text, position + 1, label);
                position += 1 + label;
            }
        }
        return null;
    }

    private void addLabel(StringBuilder text, int first, int length) {
        if (text.length() > 0) {
            text.append('.');
        }
        for (int i = first; i < first + length; i++) {
            int letter = Bytes.u8(buffer, i);
            if (letter >= 'A' && letter <= 'Z') {
                text.append((char) (letter + 32));
            } else if (letter == '.' || letter == '\\') {
                text.append('\\').append((char) letter);
            } else if (letter <= ' ' || letter >= 0x7f) {
                text.append('\\').append(letter / 100).append(letter / 10 % 10).append(letter % 10);
            } else {
                text.append((char) letter);
            }
        }
    }

    String nameAsked() {
        return name;
    }

    List<Address> addresses() {
        return List.copyOf(addresses);
    }

    long ttlSeconds() {
        return ttl;
    }
}
