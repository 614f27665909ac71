package org.sandbar.bench.mix;

import java.util.SplittableRandom;

/** What TLS looks like from outside: the hellos, then records that nobody can read. */
final class TlsScript implements Script {
    private static final int LARGEST_RECORD = 16_384;

    private final SplittableRandom random;
    private boolean greeted;
    private int left;

    TlsScript(SplittableRandom random) {
        this.random = random;
        left = 1 + random.nextInt(6);
    }

    @Override
    public boolean proceed(TcpTalk talk) {
        if (!greeted) {
            greeted = true;
            talk.say(true, hello(1, 0x0301, 400));
            Message server = hello(2, 0x0303, 90);
            talk.say(false, records(server, 2_400));
            return true;
        }
        if (left-- == 0) {
            return false;
        }
        talk.say(true, records(new Message(), 150 + random.nextInt(900)));
        talk.say(false, records(new Message(), HttpScript.bodyLength(random)));
        return true;
    }

    /** A hello of the client (1) or the server (2) whose extensions are one that is for padding (RFC 7685). */
    private Message hello(int type, int recordVersion, int padding) {
        String suites = type == 1 ? "\0\2\23\1\1\0" : "\23\1\0";
        String extension = "\0\25" + u16(padding) + "\0".repeat(padding);
        String extensions = u16(extension.length()) + extension;
        // Version, random, an empty session identifier.
        int length = 2 + 32 + 1 + suites.length() + extensions.length();
        return Message.of("\26" + u16(recordVersion) + u16(length + 4) + (char) type + "\0" + u16(length) + "\3\3")
                .noise(random, 32)
                .text("\0" + suites + extensions);
    }

    private Message records(Message message, int bytes) {
        for (int rest = bytes; rest > 0; ) {
            int record = Math.min(rest, LARGEST_RECORD);
            message.text("\27\3\3" + u16(record)).noise(random, record);
            rest -= record;
        }
        return message;
    }

    private static String u16(int value) {
        return "" + (char) (value >> 8) + (char) (value & 255);
    }
}
