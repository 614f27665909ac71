package org.sandbar.output;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.flow.Conversation;
import org.sandbar.rule.Rule;
import org.sandbar.verdict.Alert;
import org.sandbar.wire.Address;

/**
 * One line an alert, for people, in the style of Suricata's and Snort's fast log. Nothing off the wire stands in it but addresses.
 * One thread.
 */
public final class TextSink implements EventSink {
    private static final String RESET = "\u001b[0m";
    private static final String[] COLOURS = {"\u001b[1;31m", "\u001b[33m", "\u001b[36m"};

    private final LineBuffer line;
    private final boolean coloured;
    private final TimeStamp times = new TimeStamp();

    /** Writes to a stream that it closes in the end; {@code destination} is its name in messages. */
    public TextSink(OutputStream out, String destination, boolean coloured) {
        line = new LineBuffer(out, destination);
        this.coloured = coloured;
    }

    @Override
    public void event(Event event) {}

    @Override
    public void alert(Alert alert) {
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
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
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
