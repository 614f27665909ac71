package org.sandbar.output;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.flow.Conversation;
import org.sandbar.rule.Rule;
import org.sandbar.trust.HostActivity;
import org.sandbar.verdict.Alert;
import org.sandbar.wire.Address;

/**
 * One line an alert, for people, in the style of Suricata's and Snort's fast log, and at the end what each client was taken for. Nothing
 * off the wire stands in it but addresses.
 * One thread.
 */
public final class TextSink implements EventSink {
    private static final String RESET = "\u001b[0m";
    private static final String[] COLOURS = {"\u001b[1;31m", "\u001b[33m", "\u001b[36m"};

    private final LineBuffer line;
    private final boolean coloured;
    private final Set<String> wanted;
    private final TimeStamp times = new TimeStamp();

    /** Writes to a stream that it closes in the end; {@code destination} is its name in messages. All is wanted where nothing is named. */
    public TextSink(OutputStream out, String destination, boolean coloured, Set<String> wanted) {
        line = new LineBuffer(out, destination);
        this.coloured = coloured;
        this.wanted = wanted;
    }

    @Override
    public void event(Event event) {}

    @Override
    public void alert(Alert alert) {
        if (!isWanted("alert")) {
            return;
        }
        Rule rule = alert.rule();
        Event event = alert.event();
        Conversation flow = event.flow();
        StringBuilder text =
                new StringBuilder(256).append(times.of(event.timeNs())).append("  ");
        String colour = coloured ? COLOURS[Math.max(1, Math.min(3, rule.level().severity())) - 1] : "";
        text.append(colour)
                .append("[**] [4502:")
                .append(rule.sid())
                .append(':')
                .append(rule.rev())
                .append("] ");
        text.append(rule.title()).append(" (").append(rule.name()).append(") [**]");
        text.append(coloured ? RESET : "");
        text.append(" [Priority: ")
                .append(rule.level().severity())
                .append("] {")
                .append(flow.protocolName())
                .append("} ");
        endpoint(text, flow.client(), flow.clientPort(), flow);
        text.append(" -> ");
        endpoint(text, flow.server(), flow.serverPort(), flow);
        text.append(" [").append(event.text(Common.TRUST_CLASS));
        String agent = event.text(Common.TRUST_AGENT);
        text.append(agent == null ? "" : " " + agent).append("] packet ").append(event.ordinal());
        write(text.toString());
    }

    /** A line for each client and what it was taken for. */
    @Override
    public void statistics(Statistics statistics) {
        for (HostActivity activity : isWanted("stats") ? statistics.hosts() : List.<HostActivity>of()) {
            StringJoiner signals = new StringJoiner(", ", ", by ", "").setEmptyValue("");
            activity.signals().forEach((signal, flows) -> signals.add(signal + " " + flows));
            write(times.of(statistics.timeNs()) + "  host "
                    + (activity.host() == null ? "(others)" : activity.host())
                    + ": " + activity.flows() + (activity.flows() == 1 ? " flow " : " flows ")
                    + activity.trustClass().key()
                    + (activity.agent() == null ? "" : " " + activity.agent())
                    + ", " + activity.bytes() + " bytes" + signals);
        }
    }

    private boolean isWanted(String kind) {
        return wanted.isEmpty() || wanted.contains(kind);
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        line.write(bytes, 0, bytes.length);
        line.endLine();
    }

    private static void endpoint(StringBuilder text, Address address, int port, Conversation flow) {
        boolean bracketed = address.version() == 6 && flow.hasPorts();
        text.append(bracketed ? "[" + address + "]" : address.toString());
        if (flow.hasPorts()) {
            text.append(':').append(port);
        }
    }

    @Override
    public void flush() {
        line.flushOut();
    }

    @Override
    public void close() {
        line.close();
    }
}
