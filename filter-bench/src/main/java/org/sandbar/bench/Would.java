package org.sandbar.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.alg.Armed;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.Shard;
import org.sandbar.engine.ShardSettings;
import org.sandbar.event.Event;

/**
 * What each model of a filter would do with the packets of a capture, one answer a line, by tabs: the packet's number, the filter, the
 * gateway, and {@code drop}, or the transport, from whom, to whom, to which port. Arguments: the capture, then {@code linux.ftp=2121} and
 * the like for ports that are not the usual ones. For {@code lab/differential.sh}.
 */
public final class Would {
    private Would() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, List<Integer>> ports = new HashMap<>();
        for (String armed : Arrays.asList(arguments).subList(1, arguments.length)) {
            String[] words = armed.split("[=,]");
            List<Integer> numbers = new ArrayList<>();
            for (int i = 1; i < words.length; i++) {
                numbers.add(Integer.valueOf(words[i]));
            }
            ports.put(words[0], numbers);
        }
        Shard shard = new Shard(0, 1, ShardSettings.USUAL.with(new Armed(ports)));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try (PacketSource source = Captures.open(List.of(arguments[0]), InputStream.nullInputStream())) {
            PacketBatch batch = new PacketBatch(1 << 20);
            boolean more = true;
            for (long ordinal = 1; more; ordinal += batch.count()) {
                batch.clear(ordinal);
                more = source.read(batch);
                shard.process(batch).forEach(event -> print(event, out));
            }
        }
        out.flush();
    }

    private static void print(Event event, PrintStream out) {
        if (event.kind() != PinholeEvents.WOULD) {
            return;
        }
        Object transport = event.get(PinholeEvents.WOULD_TRANSPORT);
        Object from = event.get(PinholeEvents.WOULD_FROM);
        String what = transport == null
                ? "drop"
                : String.join(
                        "\t",
                        transport.toString(),
                        from == null ? "any" : from.toString(),
                        event.get(PinholeEvents.WOULD_TO).toString(),
                        String.valueOf(event.get(PinholeEvents.WOULD_PORT)));
        for (String filter : PinholeEvents.filtersOf(event)) {
            out.println(String.join(
                    "\t", String.valueOf(event.ordinal()), filter, event.text(PinholeEvents.WOULD_GATEWAY), what));
        }
    }
}
