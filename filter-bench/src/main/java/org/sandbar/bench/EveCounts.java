package org.sandbar.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.sandbar.bench.mix.Counts;
import org.sandbar.bench.mix.Quantity;

/** Counts what Sandbar found, from the EVE lines that its users read and from nothing else. */
final class EveCounts {
    /** Within a line of one type, each of these stands in one place only, so the path to it need not be followed. */
    private static final Set<String> WANTED = Set.of(
            "event_type",
            "app_proto",
            "dest_port",
            "command",
            "http_method",
            "status",
            "rule",
            "pkts_toserver",
            "pkts_toclient",
            "bytes_toserver",
            "bytes_toclient");

    private static final Map<String, Quantity> KINDS = Map.of(
            "http", Quantity.FLOWS_HTTP,
            "tls", Quantity.FLOWS_TLS,
            "ftp", Quantity.FLOWS_FTP,
            "ftp-data", Quantity.FLOWS_FTP_DATA,
            "policyfile", Quantity.FLOWS_POLICY,
            "dns", Quantity.FLOWS_DNS);

    private final Counts.Tally tally = new Counts.Tally();
    private final Map<String, String> line = new HashMap<>();

    private EveCounts() {}

    static Counts read(InputStream eve) throws IOException {
        EveCounts counts = new EveCounts();
        try (JsonParser parser = new JsonFactory().createParser(eve)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() && WANTED.contains(String.valueOf(parser.currentName()))) {
                    counts.line.put(parser.currentName(), parser.getText());
                } else if (token == JsonToken.END_OBJECT
                        && parser.getParsingContext().inRoot()) {
                    counts.count();
                    counts.line.clear();
                }
            }
        }
        return counts.tally.counts();
    }

    private void count() {
        boolean plugin = number("dest_port") >= 4502 && number("dest_port") <= 4534;
        switch (line.get("event_type")) {
            case "flow" -> flow(plugin);
            case "http" -> {
                countIf(line.containsKey("http_method"), Quantity.HTTP_REQUESTS);
                countIf(line.containsKey("status"), Quantity.HTTP_RESPONSES);
            }
            case "ftp" -> countIf(line.containsKey("command") && !plugin, Quantity.FTP_COMMANDS);
            case "alert" -> {
                countIf("ftp-bounce".equals(line.get("rule")), Quantity.FTP_BOUNCE);
                countIf("plugin-foreign-protocol".equals(line.get("rule")), Quantity.PLUGIN_FTP_PORT);
            }
            default -> {
                // Of the other types nothing is counted.
            }
        }
    }

    private void flow(boolean plugin) {
        tally.add(Quantity.FLOWS);
        tally.add(Quantity.PACKETS, number("pkts_toserver") + number("pkts_toclient"));
        tally.add(Quantity.BYTES, number("bytes_toserver") + number("bytes_toclient"));
        Quantity kind = plugin ? Quantity.FLOWS_PLUGIN : KINDS.get(line.getOrDefault("app_proto", ""));
        if (kind != null) {
            tally.add(kind);
        }
    }

    private void countIf(boolean counted, Quantity quantity) {
        if (counted) {
            tally.add(quantity);
        }
    }

    private long number(String name) {
        return Long.parseLong(line.getOrDefault(name, "0"));
    }
}
