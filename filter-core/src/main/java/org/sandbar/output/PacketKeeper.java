package org.sandbar.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.PacketBatch;
import org.sandbar.event.Event;
import org.sandbar.flow.Conversation;
import org.sandbar.output.RecentPackets.Page;
import org.sandbar.rule.Rule;
import org.sandbar.verdict.Alert;

/**
 * Keeps the packets of flows that alerted. Every packet of a flow is remembered for a while; what becomes of it is decided when it leaves
 * that memory or {@link #flush} is called: written where its flow has alerted by then, otherwise forgotten. So packets come into the file
 * in the order of capture, from the first that was still remembered when the flow alerted on; those before a flush come before those
 * behind it.
 *
 * <p>An alert is a comment on the packet that told it, or, where that packet is another flow's or only brought the time, on the next
 * packet of its flow to be written; where none comes any more, it stands in the events alone. With a flow that somebody opened a hole
 * with, the one that came in is kept; with a data connection, the control connection that announced it. A flow is named by the ordinal
 * of its first packet.
 *
 * <p>What cannot be written ends the keeping, not the run: it is said at once, and {@link #hasFailed} tells it. One thread, that of
 * stage 2.
 */
public final class PacketKeeper implements EventSink {
    /** Of one packet; more stand in the events alone. */
    private static final int MOST_COMMENTS = 64;

    private static final int MOST_TITLE_LETTERS = 256;

    /** A flow that has alerted: what is still to be said of it, and when it was last heard of. */
    private static final class Kept {
        final List<String> comments = new ArrayList<>(2);
        long latestNs;
    }

    /** A datagram in fragments that became whole: by which packet, and whose it is. */
    private record Whole(long flow, long ordinal) {}

    private final PacketFiles files;
    private final Consumer<String> complaints;
    private final int mostFlows;
    private final long longestSilenceNs;
    private final RecentPackets recent;
    /** By the ordinal of the flow's first packet, the one heard of least recently first. */
    private final Map<Long, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    /** Of packets that are remembered, by ordinal. */
    private final Map<Long, List<String>> comments = new HashMap<>();

    private final Map<Long, Whole> datagrams = new LinkedHashMap<>();
    private PacketBatch batch;
    private int next;
    private long flows;
    private long packets;
    private boolean failed;

    /** Writes to these files, which it opens and closes; {@code complaints} is told in one line what could not be written. */
    public PacketKeeper(PacketFiles files, Limits limits, Consumer<String> complaints) {
        this.files = files;
        this.complaints = complaints;
        mostFlows = limits.of(Bound.FLOWS);
        longestSilenceNs = Math.max(
                limits.nanosOf(Bound.TCP_IDLE_SECONDS),
                Math.max(limits.nanosOf(Bound.TCP_OPENING_SECONDS), limits.nanosOf(Bound.UDP_IDLE_SECONDS)));
        recent = new RecentPackets(limits, this::leave);
    }

    /** Makes the file. */
    public void open() throws IOException {
        files.open();
    }

    /** What is told from now on is of these packets, whose flows are noted; they are the caller's again after {@link #takeRest}. */
    public void show(PacketBatch shown) {
        batch = shown;
        next = 0;
    }

    /** Takes over those that nothing was told of. */
    public void takeRest() {
        takeUpTo(Long.MAX_VALUE);
        batch = null;
    }

    /** Only what came before an alert may have made the memory forget. */
    private void takeUpTo(long ordinal) {
        for (; batch != null && next < batch.count() && batch.firstOrdinal() + next <= ordinal; next++) {
            if (!failed && !batch.isPassedOver(next) && (batch.flow[next] != 0 || batch.datagram[next] != 0)) {
                take(batch, next);
            }
        }
    }

    private void take(PacketBatch from, int row) {
        recent.add(from, row);
        long flow = from.flow[row];
        if (flow != 0 && from.datagram[row] != 0) {
            datagrams.put(from.datagram[row], new Whole(flow, from.firstOrdinal() + row));
            if (kept.containsKey(flow)) {
                recent.reconsider(from.datagram[row]);
            }
        }
    }

    @Override
    public void alert(Alert alert) {
        Event event = alert.event();
        takeUpTo(event.ordinal());
        if (failed) {
            return;
        }
        Conversation flow = event.flow();
        Kept own = keep(flow.firstOrdinal(), event);
        Conversation control = flow.announcedOn();
        if (control != null) {
            keep(control.firstOrdinal(), event);
        }
        boolean comesIn = event.kind() == PinholeEvents.PINHOLE && event.is(PinholeEvents.USED);
        if (comesIn) {
            // Who comes in is told of by his first packet.
            keep(event.ordinal(), event);
        }
        long teller = flowOfLatest(event.ordinal());
        boolean told = teller == flow.firstOrdinal()
                || comesIn && teller == event.ordinal()
                || control != null && teller == control.firstOrdinal();
        List<String> texts =
                told ? comments.computeIfAbsent(event.ordinal(), first -> new ArrayList<>(2)) : own.comments;
        if (texts.size() < MOST_COMMENTS) {
            texts.add(comment(alert));
        }
    }

    private Kept keep(long flow, Event event) {
        Kept known = kept.get(flow);
        if (known == null) {
            known = new Kept();
            kept.put(flow, known);
            flows++;
            // Fragments of its first packet may have come long before that was whole.
            recent.reconsider(datagrams.isEmpty() ? flow : 0);
            if (kept.size() > mostFlows) {
                removeFirst(kept);
            }
        }
        known.latestNs = Math.max(known.latestNs, event.timeNs());
        return known;
    }

    private static void removeFirst(Map<?, ?> map) {
        Iterator<?> first = map.keySet().iterator();
        first.next();
        first.remove();
    }

    /** Whose the packet is that was taken last, if it is the one of this ordinal; otherwise 0. */
    private long flowOfLatest(long ordinal) {
        int row = next - 1;
        return batch != null && row >= 0 && batch.firstOrdinal() + row == ordinal ? batch.flow[row] : 0;
    }

    private static String comment(Alert alert) {
        Rule rule = alert.rule();
        StringBuilder text = new StringBuilder(128)
                .append(rule.name())
                .append(" [4502:")
                .append(rule.sid())
                .append(':')
                .append(rule.rev())
                .append("] ")
                .append(rule.level().name().toLowerCase(Locale.ROOT))
                .append(", flow ")
                .append(alert.event().flow().flowId())
                .append(": ");
        String title = rule.title();
        for (int i = 0; i < Math.min(title.length(), MOST_TITLE_LETTERS); i++) {
            char letter = title.charAt(i);
            text.append(Character.isISOControl(letter) ? ' ' : letter);
        }
        return text.toString();
    }

    private void leave(Page page) {
        settle(page);
        if (failed || page.packets.count() == 0) {
            return;
        }
        long oldestNs = page.packets.timeNs[0];
        long oldestOrdinal = page.ordinal[0];
        // Whoever's next packet would have been written by now has ended: the flow table does not wait so long.
        kept.values().removeIf(flow -> oldestNs - flow.latestNs > longestSilenceNs);
        datagrams.values().removeIf(whole -> whole.ordinal < oldestOrdinal);
        comments.keySet().removeIf(ordinal -> ordinal < oldestOrdinal);
    }

    private void settle(Page page) {
        for (; page.settled < page.packets.count() && !failed; page.settled++) {
            if (!page.packets.isPassedOver(page.settled)) {
                settle(page, page.settled);
            }
        }
    }

    private void settle(Page page, int row) {
        PacketBatch remembered = page.packets;
        Kept flow = kept.isEmpty() ? null : kept.get(flowOf(remembered, row));
        if (flow == null) {
            return;
        }
        List<String> own = comments.remove(page.ordinal[row]);
        List<String> texts = flow.comments;
        if (own != null) {
            texts.addAll(own);
        }
        try {
            files.write(remembered, row, texts);
            packets++;
        } catch (IOException unwritable) {
            fail(unwritable);
        }
        texts.clear();
        flow.latestNs = Math.max(flow.latestNs, remembered.timeNs[row]);
        // Written once is enough.
        remembered.passOver(row);
    }

    private long flowOf(PacketBatch remembered, int row) {
        long flow = remembered.flow[row];
        if (flow != 0) {
            return flow;
        }
        Whole whole = datagrams.get(remembered.datagram[row]);
        return whole == null ? 0 : whole.flow;
    }

    private void fail(IOException unwritable) {
        failed = true;
        complaints.accept(
                files.current() + ": cannot be written: " + unwritable.getMessage() + "; no more packets are kept");
    }

    @Override
    public void event(Event event) {}

    @Override
    public void statistics(Statistics statistics) {}

    /** The packets of flows that have alerted so far are in the file. */
    @Override
    public void flush() {
        recent.pages().forEach(this::settle);
        if (!failed) {
            try {
                files.flush();
            } catch (IOException unwritable) {
                fail(unwritable);
            }
        }
    }

    @Override
    public void close() {
        flush();
        try {
            files.close();
        } catch (IOException unwritable) {
            if (!failed) {
                fail(unwritable);
            }
        }
    }

    /** Whether something could not be written. */
    public boolean hasFailed() {
        return failed;
    }

    /** How many flows were kept so far. */
    public long flows() {
        return flows;
    }

    /** How many packets were written so far. */
    public long packets() {
        return packets;
    }
}
