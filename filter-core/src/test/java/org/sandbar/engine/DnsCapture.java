package org.sandbar.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sandbar.capture.LinkType;
import org.sandbar.wire.Packet;

/**
 * A capture of DNS conversations over UDP and TCP with all that a well-formed message may have: aliases, names compressed or not, letters
 * in either case, records in any order, strangers' records, further sections, errors, truncated responses, responses nobody asked for and
 * such that come twice; over TCP cut and joined anyhow. Made from a seed.
 */
final class DnsCapture {
    private static final int CLIENT = 0xc0a80105;
    private static final int RESOLVER = 0xc6336435;
    private static final int RESPONSE = 0x8180;
    private static final int TRUNCATED = 0x0200;
    private static final int NO_SUCH_NAME = 3;
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int TXT = 16;
    private static final int AAAA = 28;
    private static final int OPT = 41;

    private record Resource(String owner, int type, String target) {}

    private final Random random;
    private final ByteArrayOutputStream capture = new ByteArrayOutputStream();
    private int clientPort = 1_024;
    private int microseconds;
    private int names;

    DnsCapture(long seed) {
        random = new Random(seed);
    }

    byte[] make(int conversations) {
        capture.writeBytes(ByteBuffer.allocate(24)
                .putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(1 << 18)
                .putInt(LinkType.RAW)
                .array());
        for (int i = 0; i < conversations; i++) {
            clientPort++;
            List<byte[]> queries = new ArrayList<>();
            List<byte[]> responses = new ArrayList<>();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                exchange(queries, responses);
            }
            Collections.shuffle(responses, random);
            if (random.nextBoolean()) {
                queries.forEach(query -> datagram(true, query));
                responses.forEach(response -> datagram(false, response));
            } else {
                connection(queries, responses);
            }
        }
        return capture.toByteArray();
    }

    private void exchange(List<byte[]> queries, List<byte[]> responses) {
        int id = random.nextInt(1 << 16);
        int type = random.nextInt(4) == 0 ? AAAA : A;
        String name = "w" + names++ + ".example" + random.nextInt(3) + ".test";
        byte[] query = message(id, 0x0100, mixed(name), type, List.of(), List.of());
        byte[] response = response(id, name, type);
        queries.add(query);
        switch (random.nextInt(8)) {
            case 0 -> responses.add(response(id ^ 1, name, type));
            case 1 -> responses.add(response(id, 'x' + name, type));
            case 2 -> {
                responses.add(response);
                responses.add(response);
            }
            case 3 -> {
                queries.add(query);
                responses.add(response);
            }
            default -> responses.add(response);
        }
    }

    private byte[] response(int id, String name, int type) {
        List<Resource> answers = new ArrayList<>();
        String owner = name;
        for (int aliases = Math.max(0, random.nextInt(7) - 3); aliases > 0; aliases--) {
            boolean circle = random.nextInt(20) == 0;
            String alias = circle ? name : "c" + random.nextInt(1_000) + ".cdn." + name;
            answers.add(new Resource(owner, CNAME, alias));
            owner = alias;
        }
        for (int addresses = random.nextInt(5); addresses > 0; addresses--) {
            answers.add(new Resource(owner, type, null));
        }
        List<Resource> others = new ArrayList<>();
        for (int strangers = random.nextInt(3); strangers > 0; strangers--) {
            answers.add(new Resource("other" + random.nextInt(9) + ".test", random.nextBoolean() ? A : TXT, null));
            others.add(new Resource(random.nextBoolean() ? "ns.test" : owner, A, null));
        }
        if (random.nextBoolean()) {
            others.add(new Resource("", OPT, null));
        }
        Collections.shuffle(answers, random);
        int flags =
                switch (random.nextInt(12)) {
                    case 0 -> RESPONSE | TRUNCATED;
                    case 1 -> RESPONSE | NO_SUCH_NAME;
                    default -> RESPONSE;
                };
        return message(id, flags, mixed(name), type, answers, others);
    }

    private byte[] message(
            int id, int flags, String name, int type, List<Resource> answers, List<Resource> additional) {
        ByteBuffer out = ByteBuffer.allocate(1 << 14);
        Map<String, Integer> known = new HashMap<>();
        put16(out, id, flags, 1, answers.size(), 0, additional.size());
        putName(out, name, known);
        put16(out, type, 1);
        answers.forEach(resource -> putResource(out, resource, known));
        additional.forEach(resource -> putResource(out, resource, known));
        byte[] message = new byte[out.position()];
        out.flip().get(message);
        return message;
    }

    private void putResource(ByteBuffer out, Resource resource, Map<String, Integer> known) {
        putName(out, mixed(resource.owner), known);
        put16(out, resource.type, resource.type == OPT ? 1_232 : 1);
        out.putInt(resource.type == OPT ? 0 : random.nextInt(random.nextBoolean() ? 300 : Integer.MAX_VALUE));
        int lengthAt = out.position();
        put16(out, 0);
        switch (resource.type) {
            case A -> out.putInt(random.nextInt());
            case AAAA ->
                out.putLong(0x2001_0db8_0000_0000L | random.nextInt(1 << 16)).putLong(random.nextLong());
            case CNAME -> putName(out, mixed(resource.target), known);
            case TXT -> out.put((byte) 2).put((byte) 'o').put((byte) 'k');
            default -> {}
        }
        out.putShort(lengthAt, (short) (out.position() - lengthAt - 2));
    }

    private void putName(ByteBuffer out, String name, Map<String, Integer> known) {
        String rest = name;
        while (!rest.isEmpty()) {
            Integer before = known.get(rest.toLowerCase());
            if (before != null && random.nextInt(4) > 0) {
                put16(out, 0xc000 | before);
                return;
            }
            known.put(rest.toLowerCase(), out.position());
            int dot = rest.indexOf('.');
            String label = dot < 0 ? rest : rest.substring(0, dot);
            rest = dot < 0 ? "" : rest.substring(dot + 1);
            out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.put((byte) 0);
    }

    private String mixed(String name) {
        StringBuilder text = new StringBuilder(name);
        for (int i = 0; i < text.length(); i++) {
            if (random.nextInt(3) == 0) {
                text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
            }
        }
        return text.toString();
    }

    private static void put16(ByteBuffer out, int... values) {
        for (int value : values) {
            out.putShort((short) value);
        }
    }

    private void datagram(boolean fromClient, byte[] message) {
        ByteBuffer udp = ByteBuffer.allocate(8 + message.length);
        put16(udp, fromClient ? clientPort : 53, fromClient ? 53 : clientPort, 8 + message.length, 0);
        packet(fromClient, Packet.UDP, udp.put(message).array());
    }

    private void connection(List<byte[]> queries, List<byte[]> responses) {
        segment(true, 100, 0, Packet.SYN, new byte[0]);
        segment(false, 500, 101, Packet.SYN | Packet.ACK, new byte[0]);
        segment(true, 101, 501, Packet.ACK, new byte[0]);
        byte[] asked = joined(queries);
        pieces(true, 101, 501, asked);
        pieces(false, 501, 101 + asked.length, joined(responses));
    }

    private static byte[] joined(List<byte[]> messages) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            stream.write(message.length >> 8);
            stream.write(message.length);
            stream.writeBytes(message);
        }
        return stream.toByteArray();
    }

    private void pieces(boolean fromClient, int sequence, int acknowledgement, byte[] stream) {
        int most = 1 + random.nextInt(2 * stream.length);
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(stream.length - at, 1 + random.nextInt(most));
            byte[] piece = java.util.Arrays.copyOfRange(stream, at, at + length);
            segment(fromClient, sequence + at, acknowledgement, Packet.ACK | Packet.PSH, piece);
            at += length;
        }
    }

    private void segment(boolean fromClient, int sequence, int acknowledgement, int flags, byte[] payload) {
        ByteBuffer tcp = ByteBuffer.allocate(20 + payload.length);
        put16(tcp, fromClient ? clientPort : 53, fromClient ? 53 : clientPort);
        tcp.putInt(sequence).putInt(acknowledgement);
        put16(tcp, 0x5000 | flags, 0xffff, 0, 0);
        packet(fromClient, Packet.TCP, tcp.put(payload).array());
    }

    private void packet(boolean fromClient, int protocol, byte[] payload) {
        int length = 20 + payload.length;
        microseconds += 100;
        capture.writeBytes(ByteBuffer.allocate(16)
                .putInt(1_700_000_000 + microseconds / 1_000_000)
                .putInt(microseconds % 1_000_000)
                .putInt(length)
                .putInt(length)
                .array());
        ByteBuffer ip = ByteBuffer.allocate(20);
        put16(ip, 0x4500, length, 0, 0, 0x4000 | protocol, 0);
        capture.writeBytes(ip.putInt(fromClient ? CLIENT : RESOLVER)
                .putInt(fromClient ? RESOLVER : CLIENT)
                .array());
        capture.writeBytes(payload);
    }
}
