package org.sandbar.capture.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.capture.Reception;

/**
 * The packets of one or more interfaces as they come, merged by their time stamps. A batch is handed on as soon as nothing more stands
 * ready; where nothing comes, an empty one tells about once a second that time has passed, so that what waits for it is told. After
 * {@link #stop} what was seen before it is still handed out, also what lies in a block that the kernel has not filled. One thread
 * reads; any may stop or close it, or ask how it stands.
 */
public final class LiveSource implements PacketSource {
    /** A packet that was seen this long ago has been handed over by the kernel: two times that a block stays open, and some. */
    private static final long HANDED_OVER_NS = 250_000_000L;
    /** Time is told of an empty interface only when nothing that is older can come any more. */
    private static final long TOLD_AFTER_NS = 1_000_000_000L;

    private static final long HEARTBEAT_NS = 1_000_000_000L;
    /** A packet waits for those of other interfaces no longer than this, should the clock be set meanwhile. */
    private static final long LONGEST_HELD_NS = 1_000_000_000L;

    private static final long ATTENTION_NS = 1_000_000_000L;
    private static final int WAIT_MILLISECONDS = 200;
    private static final int DRAINING_WAIT_MILLISECONDS = 20;
    private static final long HELD_PAUSE_NS = 10_000_000L;

    private final List<Attachment> attachments = new ArrayList<>();
    private final Descriptors descriptors;
    private final long mostPackets;
    private final long endNs;
    private final long beganNs = wallNs();
    private long packets;
    private long attendNs = System.nanoTime() + ATTENTION_NS;
    /** Since when a packet waits for what other interfaces may bring; 0 where none does. */
    private long heldSinceNs;

    private boolean draining;
    private long stoppedNs;
    private long drainedFromNs;
    private boolean ended;
    private volatile boolean stopped;
    private volatile boolean closed;
    private volatile Reception reception = new Reception(beganNs, beganNs, 0, 0, 0);

    private LiveSource(List<String> names, LiveSettings settings, Consumer<String> notices) {
        mostPackets = settings.mostPackets();
        endNs = System.nanoTime() + settings.durationNs();
        descriptors = new Descriptors(names.size());
        try {
            for (String name : names) {
                attachments.add(new Attachment(name, settings, notices));
            }
        } catch (CannotWatch refused) {
            close();
            throw refused;
        }
    }

    /**
     * Opens the interfaces; the caller closes the source.
     *
     * @param notices is told, on the reading thread, when an interface goes and when it is back
     * @throws CannotWatch where one cannot be watched
     */
    public static LiveSource open(List<String> names, LiveSettings settings, Consumer<String> notices) {
        NativeParts.require();
        return new LiveSource(names, settings, notices);
    }

    @Override
    public synchronized boolean read(PacketBatch batch) {
        long heartbeatNs = System.nanoTime() + HEARTBEAT_NS;
        while (!ended && !closed) {
            long nowNs = System.nanoTime();
            look(nowNs);
            fill(batch, nowNs);
            if (batch.count() > 0) {
                break;
            }
            if (nowNs - heartbeatNs >= 0) {
                batch.passTime(wallNs() - TOLD_AFTER_NS);
                break;
            }
            ended = draining && isDrained(nowNs);
            if (!ended) {
                pause();
            }
        }
        if (closed) {
            return false;
        }
        if (ended) {
            attend();
        }
        return !ended || batch.count() > 0;
    }

    /** Sees whether it is time to end, or to look after the interfaces. */
    private void look(long nowNs) {
        if (!draining && (stopped || nowNs - endNs >= 0)) {
            draining = true;
            stoppedNs = wallNs();
            drainedFromNs = nowNs + HANDED_OVER_NS;
        }
        if (nowNs - attendNs >= 0) {
            attendNs = nowNs + ATTENTION_NS;
            attend();
        }
    }

    private void attend() {
        long seen = 0;
        long drops = 0;
        long interfaceDrops = 0;
        for (Attachment attachment : attachments) {
            attachment.attend();
            seen += attachment.packets();
            drops += attachment.drops();
            interfaceDrops += attachment.interfaceDrops();
        }
        reception = new Reception(beganNs, wallNs(), seen, drops, interfaceDrops);
    }

    private void fill(PacketBatch batch, long nowNs) {
        long silentUntilNs = wallNs() - HANDED_OVER_NS;
        int at = 0;
        while (!ended && !batch.isFull()) {
            Attachment next = next(silentUntilNs, nowNs);
            if (next == null) {
                return;
            }
            int length = Math.min(next.pendingLength(), batch.buffer.length);
            if (length > batch.buffer.length - at) {
                return;
            }
            next.take(batch, at, length);
            batch.addSourceBytes(length);
            at += length;
            ended = ++packets >= mostPackets;
        }
    }

    /** Where the packet stands that comes next; null where none does, or an earlier one may still come from elsewhere. */
    private Attachment next(long silentUntilNs, long nowNs) {
        Attachment first = first(false);
        while (!first.isPending() && first.earliestNs() < silentUntilNs) {
            first.refresh(silentUntilNs);
            first = first(false);
        }
        if (!first.isPending()) {
            first = held(nowNs);
        } else {
            heldSinceNs = 0;
        }
        return first == null || draining && first.earliestNs() > stoppedNs ? null : first;
    }

    /** The interface that may bring the earliest packet, or the earliest of those that stand ready, or null. */
    private Attachment first(boolean ready) {
        Attachment first = null;
        for (int i = 0; i < attachments.size(); i++) {
            Attachment attachment = attachments.get(i);
            if ((!ready || attachment.isPending()) && (first == null || attachment.earliestNs() < first.earliestNs())) {
                first = attachment;
            }
        }
        return first;
    }

    /** The packet that waits for those of other interfaces, when it has waited for long enough. */
    private Attachment held(long nowNs) {
        Attachment held = first(true);
        if (held == null) {
            heldSinceNs = 0;
            return null;
        }
        heldSinceNs = heldSinceNs == 0 ? nowNs : heldSinceNs;
        return nowNs - heldSinceNs >= LONGEST_HELD_NS ? held : null;
    }

    /** Whether all that was seen before the stop was handed out. */
    private boolean isDrained(long nowNs) {
        return nowNs - drainedFromNs >= (heldSinceNs == 0 ? 0 : LONGEST_HELD_NS);
    }

    private void pause() {
        if (heldSinceNs != 0) {
            LockSupport.parkNanos(HELD_PAUSE_NS);
            return;
        }
        descriptors.clear();
        for (Attachment attachment : attachments) {
            descriptors.add(attachment.descriptor());
        }
        descriptors.await(draining ? DRAINING_WAIT_MILLISECONDS : WAIT_MILLISECONDS);
    }

    /** Ends the source when what was seen up to now is handed out. Any thread. */
    public void stop() {
        stopped = true;
    }

    @Override
    public Reception reception() {
        return reception;
    }

    @Override
    public long totalBytes() {
        return -1;
    }

    /** The clock that packets' time stamps are of. */
    private static long wallNs() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    /** Whoever closes it may be another than who reads it, and what is read is not Java's to keep: so it waits for a read to return. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            attachments.forEach(Attachment::close);
        }
    }
}
