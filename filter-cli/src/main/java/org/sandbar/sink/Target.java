package org.sandbar.sink;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.yaml.Spelling;

/**
 * What stands behind {@code -o}: {@code FORMAT:DEST?NAME=VALUE&…}, taken apart and checked. Immutable.
 *
 * @param format the word before the first colon
 * @param transport how it is reached; {@code null} for standard output
 * @param place a file's name, or {@code HOST:PORT} as the user wrote it
 * @param servers the hosts and ports in it, without addresses; one, but for Kafka
 * @param topic Kafka's, or empty
 */
public record Target(
        String format,
        Transport transport,
        String place,
        List<InetSocketAddress> servers,
        String topic,
        Map<String, String> parameters) {
    public static final String STANDARD_OUTPUT = "-";

    private static final String EVENTS = "events";
    private static final String YES = "yes";
    private static final List<String> ANSWERS = List.of(YES, "no");

    /** The ways out of the program, each with what can be said of it. */
    public enum Transport {
        FILE("", 0, List.of("append", "fsync", "rotate-mb", "rotate-seconds", "keep", "gzip")),
        TCP("tcp", 0, List.of("receipts")),
        TLS("tls", 0, List.of("receipts", "ca", "cert", "key", "fingerprint", "name")),
        UDP("udp", 0, List.of("max-bytes")),
        SYSLOG_TCP("syslog+tcp", 514, List.of("receipts", "facility", "framing")),
        SYSLOG_TLS("syslog+tls", 6514, List.of("receipts", "facility", "ca", "cert", "key", "fingerprint", "name")),
        SYSLOG_UDP("syslog+udp", 514, List.of("max-bytes", "facility")),
        KAFKA("kafka", 9_092, List.of("compression", "config"));

        private final String scheme;
        private final int usualPort;
        private final List<String> parameters;

        Transport(String scheme, int usualPort, List<String> parameters) {
            this.scheme = scheme;
            this.usualPort = usualPort;
            this.parameters = parameters;
        }

        public boolean isSyslog() {
            return scheme.startsWith("syslog");
        }

        static List<String> schemes() {
            List<String> schemes = new ArrayList<>();
            for (Transport transport : values()) {
                if (transport != FILE) {
                    schemes.add(transport.scheme);
                }
            }
            return schemes;
        }

        private static Transport of(String scheme) {
            for (Transport transport : values()) {
                if (transport.scheme.equals(scheme)) {
                    return transport;
                }
            }
            throw new IllegalArgumentException(
                    "unknown destination '" + scheme + "://'" + Spelling.hint(scheme, schemes()));
        }
    }

    /**
     * Takes one apart.
     *
     * @throws IllegalArgumentException where it is wrong; the message says how it should be
     */
    public static Target of(String text) {
        int colon = text.indexOf(':');
        String format = colon < 0 ? text : text.substring(0, colon);
        String rest = colon < 0 ? STANDARD_OUTPUT : text.substring(colon + 1);
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        Map<String, String> parameters = question < 0 ? Map.of() : parameters(rest.substring(question + 1));
        Target target = place.contains("://")
                ? remote(format, place, parameters)
                : new Target(format, transportOf(place), place, List.of(), "", parameters);
        target.check();
        return target;
    }

    private static Transport transportOf(String place) {
        if (place.isEmpty()) {
            throw new IllegalArgumentException("name a file, - for standard output, or one of "
                    + String.join("://, ", Transport.schemes()) + "://");
        }
        return place.equals(STANDARD_OUTPUT) ? null : Transport.FILE;
    }

    private static Target remote(String format, String place, Map<String, String> parameters) {
        int end = place.indexOf("://");
        Transport transport = Transport.of(place.substring(0, end));
        String authority = place.substring(end + 3);
        return transport == Transport.KAFKA
                ? kafka(format, place, authority, parameters)
                : new Target(format, transport, place, List.of(server(transport, authority)), "", parameters);
    }

    private static Target kafka(String format, String place, String authority, Map<String, String> parameters) {
        String[] parts = authority.split("/", 2);
        if (parts.length < 2 || !parts[1].matches("[A-Za-z0-9._-]{1,249}")) {
            throw new IllegalArgumentException("write kafka://HOST:PORT/TOPIC, or kafka://HOST:PORT,HOST:PORT/TOPIC");
        }
        List<InetSocketAddress> servers = Arrays.stream(parts[0].split(",", -1))
                .map(server -> server(Transport.KAFKA, server))
                .toList();
        return new Target(format, Transport.KAFKA, place, servers, parts[1], parameters);
    }

    private static InetSocketAddress server(Transport transport, String authority) {
        String remedy = "write " + transport.scheme + "://HOST:PORT, as in " + transport.scheme + "://siem.example.org:"
                + (transport.usualPort == 0 ? 5_140 : transport.usualPort);
        try {
            URI uri = new URI("any://" + authority);
            int port = uri.getPort() < 0 ? transport.usualPort : uri.getPort();
            if (uri.getHost() == null
                    || port < 1
                    || port > 65_535
                    || uri.getUserInfo() != null
                    || !uri.getPath().isEmpty()) {
                throw new IllegalArgumentException(remedy);
            }
            return InetSocketAddress.createUnresolved(uri.getHost().replaceAll("^\\[|\\]$", ""), port);
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException(remedy);
        }
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String one : text.split("&")) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("behind the ? stands NAME=VALUE&NAME=VALUE…, not '" + one + "'");
            }
            // A plus is itself here, and no space.
            String value = URLDecoder.decode(one.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            parameters.put(one.substring(0, equals), value);
        }
        return parameters;
    }

    private void check() {
        List<String> known = new ArrayList<>(List.of(EVENTS));
        if (transport != null) {
            known.addAll(transport.parameters);
        }
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown parameter '" + name + "'" + Spelling.hint(name, known));
            }
        }
        if (parameters.containsKey("cert") != parameters.containsKey("key")) {
            throw new IllegalArgumentException("cert=FILE and key=FILE belong together");
        }
    }

    /** What it is called in messages and counts: no parameters, for they may name files. */
    public String name() {
        return format + ':' + place;
    }

    /** The kinds of events that go there; all where none is named. */
    public List<String> events() {
        String events = parameters.get(EVENTS);
        return events == null ? List.of() : List.of(events.split(","));
    }

    /** Whether it is a file, or standard output. */
    public boolean isLocal() {
        return transport == null || transport == Transport.FILE;
    }

    String host() {
        return servers.get(0).getHostString();
    }

    int port() {
        return servers.get(0).getPort();
    }

    boolean isTls() {
        return transport == Transport.TLS || transport == Transport.SYSLOG_TLS;
    }

    Path path(String name) {
        return parameters.containsKey(name) ? Path.of(parameters.get(name)) : null;
    }

    String text(String name, String usual) {
        return parameters.getOrDefault(name, usual);
    }

    String word(String name, String usual, List<String> known) {
        String word = parameters.getOrDefault(name, usual);
        if (!known.contains(word)) {
            throw new IllegalArgumentException(name + "=" + word + " is none of " + String.join(", ", known));
        }
        return word;
    }

    boolean isYes(String name, String usual) {
        return word(name, usual, ANSWERS).equals(YES);
    }

    int number(String name, int usual, int least, int most) {
        String text = parameters.get(name);
        if (text == null) {
            return usual;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    name + " must be a number from " + least + " to " + most + ", not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
