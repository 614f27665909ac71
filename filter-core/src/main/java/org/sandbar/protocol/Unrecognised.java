package org.sandbar.protocol;

import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Direction;

/**
 * The analyzer of what nobody recognises, on ports where it matters whether that is encrypted: it tells the entropy of the flow's first
 * kilobyte, both directions together as they come, and wants nothing more. A flow with less is too short to say. The flow's thread
 * alone; what it counts in is allocated with it.
 */
public final class Unrecognised implements Analyzer {
    /** The measure is made for exactly as many: for fewer, random bytes have less entropy, and other data come closer to them. */
    private static final int MEASURED_BYTES = 1_024;

    private static final double PRECISION = 1_000;

    private final Output output;
    private final short[] counts = new short[256];
    private int counted;

    public Unrecognised(Output output) {
        this.output = output;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        int taken = Math.min(length, MEASURED_BYTES - counted);
        for (int at = offset; at < offset + taken; at++) {
            counts[buffer[at] & 0xff]++;
        }
        counted += taken;
        if (counted < MEASURED_BYTES) {
            return length;
        }
        output.tell(output.event(FlowEvents.MEASURED)
                .set(FlowEvents.ENTROPY, Math.round(entropy() * PRECISION) / PRECISION));
        output.abandon();
        return SKIP_ALL;
    }

    /** Shannon's, in bits a byte. */
    private double entropy() {
        double sum = 0;
        for (short count : counts) {
            sum += count == 0 ? 0 : count * StrictMath.log(count);
        }
        return (StrictMath.log(MEASURED_BYTES) - sum / MEASURED_BYTES) / StrictMath.log(2);
    }

    @Override
    public void onGap(Direction direction, long missing) {}

    @Override
    public void onEnd(Direction direction) {}
}
