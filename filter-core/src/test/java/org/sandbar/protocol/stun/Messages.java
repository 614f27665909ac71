package org.sandbar.protocol.stun;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** STUN messages as strings of a char for each byte, for tests. */
final class Messages {
    static final String COOKIE = "\u0021\u0012\u00a4\u0042";
    static final int BINDING = 0x001;
    static final int ALLOCATE = 0x003;
    static final int CREATE_PERMISSION = 0x008;
    static final int CONNECTION_BIND = 0x00b;
    static final int REQUEST = 0x000;
    static final int INDICATION = 0x010;
    static final int SUCCESS = 0x100;
    static final int ERROR = 0x110;

    /** RFC 5769 sections 2.1, 2.2 and 2.3. */
    static final String RFC_REQUEST = hex("00 01 00 58 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae"
            + " 80 22 00 10 53 54 55 4e 20 74 65 73 74 20 63 6c 69 65 6e 74 00 24 00 04 6e 00 01 ff"
            + " 80 29 00 08 93 2f f9 b1 51 26 3b 36 00 06 00 09 65 76 74 6a 3a 68 36 76 59 20 20 20"
            + " 00 08 00 14 9a ea a7 0c bf d8 cb 56 78 1e f2 b5 b2 d3 f2 49 c1 b5 71 a2 80 28 00 04 e5 7a 3b cf");

    static final String RFC_RESPONSE = hex("01 01 00 3c 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae"
            + " 80 22 00 0b 74 65 73 74 20 76 65 63 74 6f 72 20 00 20 00 08 00 01 a1 47 e1 12 a6 43"
            + " 00 08 00 14 2b 91 f5 99 fd 9e 90 c3 8c 74 89 f9 2a f9 ba 53 f0 6b e7 d7 80 28 00 04 c0 7d 4c 96");

    static final String RFC_RESPONSE_V6 = hex("01 01 00 48 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae"
            + " 80 22 00 0b 74 65 73 74 20 76 65 63 74 6f 72 20"
            + " 00 20 00 14 00 02 a1 47 01 13 a9 fa a5 d3 f1 79 bc 25 f4 b5 be d2 b9 d9"
            + " 00 08 00 14 a3 82 95 4e 4b e6 7b f1 17 84 c9 7c 82 92 c2 75 bf e3 ed 41 80 28 00 04 c8 fb 0b 4c");

    private Messages() {}

    static String hex(String octets) {
        StringBuilder text = new StringBuilder();
        for (String octet : octets.split(" ")) {
            text.append((char) Integer.parseInt(octet, 16));
        }
        return text.toString();
    }

    static String u16(int number) {
        return "" + (char) (number >> 8 & 255) + (char) (number & 255);
    }

    static String u32(long number) {
        return u16((int) (number >> 16)) + u16((int) number);
    }

    static String attribute(int type, String value) {
        return u16(type) + u16(value.length()) + value + "\0".repeat(-value.length() & 3);
    }

    static String username(String name) {
        return attribute(0x0006, name);
    }

    /** An address of IPv4, veiled. */
    static String address(int type, long address, int port) {
        return attribute(type, "\0\1" + u16(port ^ 0x2112) + u32(address ^ 0x2112a442L));
    }

    static String peer(long address, int port) {
        return address(0x0012, address, port);
    }

    static String errorCode(int code, String reason) {
        return attribute(0x0009, "\0\0" + (char) (code / 100) + (char) (code % 100) + reason);
    }

    /** A message of the transaction of this number. */
    static String message(int type, int transaction, String... attributes) {
        String body = String.join("", attributes);
        return u16(type) + u16(body.length()) + COOKIE + "transact" + u32(transaction) + body;
    }

    static String fingerprinted(int type, int transaction, String... attributes) {
        String whole = message(type, transaction, String.join("", attributes) + "12345678");
        String before = whole.substring(0, whole.length() - 8);
        CRC32 crc = new CRC32();
        crc.update(before.getBytes(StandardCharsets.ISO_8859_1));
        return before + attribute(0x8028, u32(crc.getValue() ^ 0x5354554eL));
    }

    /** A check as libwebrtc sends it. */
    static String check(int transaction) {
        return fingerprinted(
                BINDING,
                transaction,
                username("abcd:efgh"),
                attribute(0xc057, "\0\1\0\12"),
                attribute(0x802a, "tie-brkr"),
                attribute(0x0025, ""),
                attribute(0x0024, u32(1_853_759_231L)));
    }

    static String mapped(int transaction) {
        return fingerprinted(BINDING | SUCCESS, transaction, address(0x0020, 0xc0000201L, 32_853));
    }
}
