package org.sandbar.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A TCP conversation as a capture of bare IPv4 packets, a segment for each thing said; each char is one byte. For tests. */
final class Talk {
    private static final int RAW_IP = 101;
    private static final int SEGMENT = 1_400;
    private static final int SYN = 2;
    private static final int PSH_ACK = 0x18;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int serverPort;
    private int clientSequence = 1_000;
    private int serverSequence = 9_000;
    private static final int SECONDS = 1_700_000_000;

    Talk(int serverPort) {
        this.serverPort = serverPort;
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        out.writeBytes(header.putInt(0).putInt(0).putInt(65_535).putInt(RAW_IP).array());
        packet(true, SYN, new byte[0]);
        packet(false, SYN | 0x10, new byte[0]);
    }

    Talk client(String words) {
        return say(true, words);
    }

    Talk server(String words) {
        return say(false, words);
    }

    private Talk say(boolean client, String words) {
        byte[] bytes = words.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += SEGMENT) {
            packet(client, PSH_ACK, java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + SEGMENT)));
        }
        return this;
    }

    private void packet(boolean client, int flags, byte[] payload) {
        int length = 40 + payload.length;
        ByteBuffer ip = ByteBuffer.allocate(length);
        ip.putShort((short) 0x4500).putShort((short) length).putInt(0).putInt(0x4006_0000);
        int home = 0xc0a80105;
        int abroad = 0xc6336415;
        ip.putInt(client ? home : abroad).putInt(client ? abroad : home);
        ip.putShort((short) (client ? 40_000 : serverPort)).putShort((short) (client ? serverPort : 40_000));
        ip.putInt(client ? clientSequence : serverSequence).putInt(client ? serverSequence : clientSequence);
        ip.putShort((short) (0x5000 | flags)).putShort((short) 0xffff).putInt(0).put(payload);
        int advance = payload.length + ((flags & SYN) == 0 ? 0 : 1);
        clientSequence += client ? advance : 0;
        serverSequence += client ? 0 : advance;
        ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(
                record.putInt(SECONDS).putInt(0).putInt(length).putInt(length).array());
        out.writeBytes(ip.array());
    }

    byte[] capture() {
        return out.toByteArray();
    }
}
