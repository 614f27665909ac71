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
 * off the wire stands in it but addresses, and what rules say is made {@link Visible}.
 * One thread.
 */
public final class TextSink extends LineSink {
    /** A regular expression for a line without colours. */
    static final String LINE =
            "^[0-9T:.-]{26}\\+0000  ((\\[Drop\\] )?\\[\\*\\*\\] \\[4502:[0-9]+:[0-9]+\\] .* \\[\\*\\*\\] \\[Priority: [123]\\]"
                    + " \\{[0-9A-Za-z-]+\\} [^ ]+ -> [^ ]+ \\[.+\\] packet [0-9]+|host .+: [0-9]+ flows? .+, [0-9]+ bytes.*)$";

    private static final String RESET = "\u001b[0m";
    private static final String[] COLOURS = {"\u001b[1;31m", "\u001b[33m", "\u001b[36m"};

    private final boolean coloured;
    private final TimeStamp times = new TimeStamp(TimeStamp.Style.EVE);

    /** Writes to a stream that it closes in the end; {@code destination} is its name in messages. All is wanted where nothing is named. */
    public TextSink(OutputStream out, String destination, boolean coloured, Set<String> wanted) {
        super(out, destination, wanted);
        this.coloured = coloured;
    }

    @Override
    public void event(Event event) {}

    @Override
    void write(Event event, Alert alert, int textLimit) {
        Rule rule = alert.rule();
        Conversation flow = event.flow();
        StringBuilder text =
                new StringBuilder(256).append(times.of(event.timeNs())).append("  ");
        String colour = coloured ? COLOURS[Math.max(1, Math.min(3, rule.level().severity())) - 1] : "";
        text.append(colour)
                .append(alert.blocked() ? "[Drop] " : "")
                .append("[**] [4502:")
                .append(rule.sid())
                .append(':')
                .append(rule.rev())
                .append("] ");
        text.append(Visible.of(rule.title()))
                .append(" (")
                .append(Visible.of(rule.name()))
                .append(") [**]");
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
        text.append(agent == null ? "" : " " + Visible.of(agent))
                .append("] packet ")
                .append(event.ordinal());
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
            line.endLine();
        }
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        line.write(bytes, 0, bytes.length);
    }

    private static void endpoint(StringBuilder text, Address address, int port, Conversation flow) {
        boolean bracketed = address.version() == 6 && flow.hasPorts();
        text.append(bracketed ? "[" + address + "]" : address.toString());
        if (flow.hasPorts()) {
            text.append(':').append(port);
        }
    }
}
