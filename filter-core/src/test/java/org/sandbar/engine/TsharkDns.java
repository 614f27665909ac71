package org.sandbar.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The DNS answers that a client could believe, from what tshark dissects of each message: to a question of the same conversation,
 * identifier and name that no response was seen to yet, without an error, whole, aliases followed.
 */
final class TsharkDns {
    private static final List<String> FIELDS = List.of(
            "frame.number",
            "udp.stream",
            "tcp.stream",
            "dns.id",
            "dns.flags",
            "dns.count.queries",
            "dns.count.answers",
            "dns.count.auth_rr",
            "dns.count.add_rr",
            "dns.qry.name",
            "dns.qry.type",
            "dns.resp.name",
            "dns.resp.type",
            "dns.resp.ttl",
            "dns.a",
            "dns.aaaa",
            "dns.cname",
            "_ws.malformed");

    private static final String OPTIONS = "41";

    private record Resource(String owner, String type, String data, long ttl) {}

    private final Set<String> asked = new HashSet<>();
    private final Map<Long, List<String>> answers = new TreeMap<>();
    private final Set<Long> malformed = new HashSet<>();

    private TsharkDns() {}

    /** By frame: name, addresses, least time to live, as text. */
    Map<Long, List<String>> answers() {
        return answers;
    }

    /** Frames in which something could not be dissected. */
    Set<Long> malformed() {
        return malformed;
    }

    static TsharkDns read(Path capture) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(List.of("-Y", "dns && !icmp && !icmpv6", "-T", "fields", "-E", "aggregator=,"));
        for (String field : FIELDS) {
            command.add("-e");
            command.add(field);
        }
        Process tshark = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        TsharkDns dns = new TsharkDns();
        new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> dns.frame(line.split("\t", -1)));
        return dns;
    }

    /** One frame, which over TCP may end several messages: their values stand one behind the other. */
    private void frame(String[] cells) {
        if (!cells[17].isEmpty()) {
            malformed.add(Long.valueOf(cells[0]));
            return;
        }
        List<Deque<String>> values = new ArrayList<>();
        for (String cell : cells) {
            values.add(new ArrayDeque<>(cell.isEmpty() ? List.of() : List.of(cell.split(","))));
        }
        for (String id : List.of(cells[3].split(","))) {
            message(Long.parseLong(cells[0]), "udp " + cells[1] + " tcp " + cells[2] + ' ' + id, values);
        }
    }

    private void message(long frame, String conversation, List<Deque<String>> values) {
        int flags = Integer.decode(values.get(4).remove());
        int questions = number(values.get(5));
        int answered = number(values.get(6));
        int others = number(values.get(7)) + number(values.get(8));
        String question = "";
        String key = conversation;
        for (int i = 0; i < questions; i++) {
            question = name(values.get(9));
            key += ' ' + question + ' ' + values.get(10).remove();
        }
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < answered + others; i++) {
            Resource resource = resource(values);
            if (i < answered) {
                resources.add(resource);
            }
        }
        if ((flags & 0x8000) == 0) {
            asked.add(key);
        } else if (asked.remove(key) && (flags & 0x020f) == 0 && questions == 1) {
            add(frame, question, resources);
        }
    }

    private static int number(Deque<String> values) {
        return Integer.parseInt(values.remove());
    }

    private static String name(Deque<String> values) {
        return values.remove().toLowerCase(Locale.ROOT);
    }

    private static Resource resource(List<Deque<String>> values) {
        String owner = name(values.get(11));
        String type = values.get(12).remove();
        if (type.equals(OPTIONS)) {
            return new Resource(owner, type, null, 0);
        }
        long ttl = Long.parseLong(values.get(13).remove());
        String data =
                switch (type) {
                    case "1" -> values.get(14).remove();
                    case "28" -> values.get(15).remove();
                    case "5" -> name(values.get(16));
                    default -> null;
                };
        return new Resource(owner, type, data, ttl);
    }

    private void add(long frame, String question, List<Resource> resources) {
        Set<String> addresses = new LinkedHashSet<>();
        Set<String> passed = new HashSet<>();
        long ttl = Long.MAX_VALUE;
        for (String owner = question; owner != null && addresses.isEmpty() && passed.add(owner); ) {
            String alias = null;
            for (Resource resource : resources) {
                if (resource.data != null && resource.owner.equals(owner)) {
                    ttl = Math.min(ttl, resource.ttl);
                    if (resource.type.equals("5")) {
                        alias = resource.data;
                    } else {
                        addresses.add(resource.data);
                    }
                }
            }
            owner = alias;
        }
        if (!addresses.isEmpty()) {
            answers.computeIfAbsent(frame, first -> new ArrayList<>()).add(question + " " + addresses + " " + ttl);
        }
    }
}
