package org.sandbar.protocol.tls;

import java.util.ArrayList;
import java.util.List;

/** Builds the messages that begin a TLS handshake, for tests: each char is one byte. Lists are hexadecimal, with commas between. */
final class Hello {
    private int version = 0x0303;
    private String ciphers = "1301,1302";
    private final List<String> extensions = new ArrayList<>();

    static String u16(int number) {
        return "" + (char) (number >> 8 & 0xff) + (char) (number & 0xff);
    }

    static String vector8(String bytes) {
        return (char) bytes.length() + bytes;
    }

    static String vector16(String bytes) {
        return u16(bytes.length()) + bytes;
    }

    static String numbers(String list) {
        StringBuilder bytes = new StringBuilder();
        for (String number : list.isEmpty() ? new String[0] : list.split(",")) {
            bytes.append(u16(Integer.parseInt(number, 16)));
        }
        return bytes.toString();
    }

    Hello version(int version) {
        this.version = version;
        return this;
    }

    Hello ciphers(String list) {
        ciphers = list;
        return this;
    }

    Hello extension(int type, String body) {
        extensions.add(u16(type) + vector16(body));
        return this;
    }

    Hello serverName(String name) {
        return extension(Extension.SERVER_NAME, vector16("\0" + vector16(name)));
    }

    Hello alpn(String... names) {
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            list.append(vector8(name));
        }
        return extension(Extension.ALPN, vector16(list.toString()));
    }

    Hello versions(String list) {
        return extension(Extension.SUPPORTED_VERSIONS, vector8(numbers(list)));
    }

    Hello signatures(String list) {
        return extension(Extension.SIGNATURE_ALGORITHMS, vector16(numbers(list)));
    }

    /** Extensions as JA4's raw form lists them: those with a meaning get one, the others are empty. */
    Hello extensions(String list, String versions, String alpn, String signatures) {
        for (String type : list.split(",")) {
            switch (type) {
                case "0000" -> serverName("www.example.test");
                case "0010" -> alpn(alpn, "http/1.1");
                case "002b" -> versions(versions);
                case "000d" -> signatures(signatures);
                default -> extension(Integer.parseInt(type, 16), "");
            }
        }
        return this;
    }

    /** What the message holds. */
    String body() {
        String list = extensions.isEmpty() ? "" : vector16(String.join("", extensions));
        return u16(version) + "r".repeat(32) + vector8("session") + vector16(numbers(ciphers)) + vector8("\0") + list;
    }

    String client() {
        return record(message(Handshake.CLIENT_HELLO, body()));
    }

    static String server(int version, String cipher, String extensions) {
        String list = extensions.isEmpty() ? "" : vector16(extensions);
        return record(message(
                Handshake.SERVER_HELLO,
                u16(version) + "R".repeat(32) + vector8("session") + numbers(cipher) + "\0" + list));
    }

    static String message(int type, String body) {
        return (char) type + "\0" + vector16(body);
    }

    static String record(String fragment) {
        return "\u0016\u0003\u0001" + vector16(fragment);
    }

    /** The message of one record, cut into records of so many bytes. */
    static String inRecordsOf(int size, String record) {
        StringBuilder records = new StringBuilder();
        for (int at = 5; at < record.length(); at += size) {
            records.append(record(record.substring(at, Math.min(record.length(), at + size))));
        }
        return records.toString();
    }
}
