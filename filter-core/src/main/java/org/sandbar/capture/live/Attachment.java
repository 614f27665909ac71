package org.sandbar.capture.live;

import java.util.function.Consumer;
import org.sandbar.capture.CaptureException;
import org.sandbar.capture.PacketBatch;

/**
 * One interface that is watched, whether it is there at the moment or not: it may go down and come back, or be taken away and made
 * anew, and the user is told once of each. One thread.
 */
final class Attachment implements AutoCloseable {
    private static final String ALL_INTERFACES = "any";
    private static final int NO_DESCRIPTOR = -1;

    private final String name;
    private final LiveSettings settings;
    private final Consumer<String> notices;
    /** The open interface, or null while it is away. */
    private Device device;

    private int index;
    private boolean up = true;
    /** It could not be read. */
    private boolean failed;
    /** It is not the one that was opened any more, and closed the next time, when the kernel has handed over what it had. */
    private boolean leaving;

    private boolean pending;
    private long silentUntilNs = Long.MIN_VALUE;

    private long packets;
    private long drops;
    private long interfaceDrops;

    /** @throws CannotWatch where it cannot be opened now */
    Attachment(String name, LiveSettings settings, Consumer<String> notices) {
        this.name = name;
        this.settings = settings;
        this.notices = notices;
        index = SystemInterfaces.index(name);
        device = new Device(name, settings);
    }

    /** Whether a packet stands ready, as far as {@link #refresh} has seen. */
    boolean isPending() {
        return pending;
    }

    /** No packet that is still to come from here was seen before this. */
    long earliestNs() {
        if (device == null) {
            return Long.MAX_VALUE;
        }
        return pending ? device.pendingNs() : silentUntilNs;
    }

    /** Looks whether a packet stands ready now; where none does, nothing that was seen up to the given time can come any more. */
    void refresh(long silentUntilNs) {
        if (device == null) {
            return;
        }
        try {
            pending = device.peek();
        } catch (CaptureException gone) {
            // What the kernel has not handed over yet still comes.
            failed = true;
        }
        this.silentUntilNs = pending ? Long.MIN_VALUE : silentUntilNs;
    }

    int pendingLength() {
        return device.pendingLength();
    }

    /** Puts the packet that stands ready into the batch, cut to so many bytes. */
    void take(PacketBatch batch, int offset, int length) {
        device.take(batch, offset, length);
        pending = false;
    }

    /** What to wait on for packets, or -1. */
    int descriptor() {
        return device == null || failed ? NO_DESCRIPTOR : device.descriptor();
    }

    /** Counts, and sees whether the interface is still the one that was opened. To be called about once a second. */
    void attend() {
        if (device != null) {
            device.count();
        }
        if (name.equals(ALL_INTERFACES)) {
            return;
        }
        int now = SystemInterfaces.index(name);
        if (leaving && !pending) {
            detach();
        }
        leaving = device != null && (failed || now != index);
        if (device == null && now != SystemInterfaces.NONE) {
            attach(now);
        }
        tellState();
    }

    private void attach(int now) {
        try {
            device = new Device(name, settings);
            index = now;
        } catch (CannotWatch notYet) {
            // It may be there and not be up yet.
        }
    }

    private void tellState() {
        boolean isUp = device != null && !leaving && SystemInterfaces.isUp(name);
        if (isUp != up) {
            up = isUp;
            notices.accept(up ? name + " is back, and is watched again" : name + " is down; waiting until it is back");
        }
    }

    long packets() {
        return packets + (device == null ? 0 : device.packets());
    }

    long drops() {
        return drops + (device == null ? 0 : device.drops());
    }

    long interfaceDrops() {
        return interfaceDrops + (device == null ? 0 : device.interfaceDrops());
    }

    private void detach() {
        device.count();
        packets += device.packets();
        drops += device.drops();
        interfaceDrops += device.interfaceDrops();
        device.close();
        device = null;
        failed = false;
        leaving = false;
        pending = false;
        silentUntilNs = Long.MIN_VALUE;
    }

    @Override
    public void close() {
        if (device != null) {
            detach();
        }
    }
}
