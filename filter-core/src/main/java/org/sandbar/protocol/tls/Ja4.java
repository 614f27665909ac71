package org.sandbar.protocol.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * JA4, FoxIO's fingerprint of a TLS client (technical_details/JA4.md of github.com/FoxIO-LLC/ja4, the part that is under the BSD
 * licence): what the program offers, whatever order it offers it in. Stateless, any thread.
 */
final class Ja4 {
    private static final String NOTHING = "000000000000";
    private static final int HASH_LETTERS = 12;
    private static final int HIGHEST_COUNT = 99;
    private static final HexFormat HEX = HexFormat.of();

    private Ja4() {}

    /** The fingerprint of a hello over TCP, or null where not all of it could be read. */
    static String of(ClientHello hello) {
        if (!hello.isWhole()) {
            return null;
        }
        int[] ciphers = withoutGrease(hello.ciphers());
        int[] extensions = withoutGrease(hello.extensions());
        return "t" + version(hello) + (hello.hasExtension(Extension.SERVER_NAME) ? 'd' : 'i') + count(ciphers)
                + count(extensions) + alpn(hello.firstAlpn()) + '_'
                + (ciphers.length == 0 ? NOTHING : hash(sortedList(ciphers))) + '_'
                + extensionHash(extensions, withoutGrease(hello.signatureAlgorithms()));
    }

    private static int[] withoutGrease(int[] numbers) {
        int[] kept = new int[numbers.length];
        int count = 0;
        for (int number : numbers) {
            if (!ClientHello.isGrease(number)) {
                kept[count++] = number;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static String version(ClientHello hello) {
        int highest = hello.version();
        if (hello.hasExtension(Extension.SUPPORTED_VERSIONS)) {
            highest = 0;
            for (int version : withoutGrease(hello.versions())) {
                highest = Math.max(highest, version);
            }
        }
        return switch (highest) {
            case 0x0304 -> "13";
            case 0x0303 -> "12";
            case 0x0302 -> "11";
            case 0x0301 -> "10";
            case 0x0300 -> "s3";
            case 0x0002 -> "s2";
            case 0xfeff -> "d1";
            case 0xfefd -> "d2";
            case 0xfefc -> "d3";
            default -> "00";
        };
    }

    private static String count(int[] numbers) {
        int count = Math.min(HIGHEST_COUNT, numbers.length);
        return "" + (char) ('0' + count / 10) + (char) ('0' + count % 10);
    }

    /** First and last letter of the first name; of its hexadecimal digits where one of them is no letter or digit. */
    private static String alpn(byte[] name) {
        if (name == null || name.length == 0) {
            return "00";
        }
        byte first = name[0];
        byte last = name[name.length - 1];
        if (isAlphanumeric(first) && isAlphanumeric(last)) {
            return "" + (char) first + (char) last;
        }
        return "" + HEX.toHighHexDigit(first) + HEX.toLowHexDigit(last);
    }

    private static boolean isAlphanumeric(byte letter) {
        return letter >= '0' && letter <= '9' || letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z';
    }

    private static String extensionHash(int[] extensions, int[] signatureAlgorithms) {
        int[] counted = new int[extensions.length];
        int count = 0;
        for (int type : extensions) {
            if (type != Extension.SERVER_NAME && type != Extension.ALPN) {
                counted[count++] = type;
            }
        }
        if (count == 0) {
            return NOTHING;
        }
        String signatures = signatureAlgorithms.length == 0 ? "" : '_' + list(signatureAlgorithms);
        return hash(sortedList(Arrays.copyOf(counted, count)) + signatures);
    }

    private static String sortedList(int[] numbers) {
        Arrays.sort(numbers);
        return list(numbers);
    }

    private static String list(int[] numbers) {
        StringBuilder list = new StringBuilder(5 * numbers.length);
        for (int number : numbers) {
            if (!list.isEmpty()) {
                list.append(',');
            }
            for (int shift = 12; shift >= 0; shift -= 4) {
                list.append(HEX.toLowHexDigit(number >> shift));
            }
        }
        return list.toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HEX.formatHex(digest, 0, HASH_LETTERS / 2);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
