package org.sandbar.bench.mix;

import java.util.SplittableRandom;

/** What the network does to segments with data, by chance, and how often it did. */
final class Disorder {
    private final SplittableRandom random;
    private final TrafficMix mix;
    private final Counts.Tally tally;

    Disorder(SplittableRandom random, TrafficMix mix, Counts.Tally tally) {
        this.random = random;
        this.mix = mix;
        this.tally = tally;
    }

    boolean reorders() {
        return happens(mix.reordered(), Quantity.SEGMENTS_REORDERED);
    }

    boolean duplicates() {
        return happens(mix.duplicated(), Quantity.SEGMENTS_DUPLICATED);
    }

    boolean loses() {
        return happens(mix.lost(), Quantity.SEGMENTS_LOST);
    }

    private boolean happens(double share, Quantity quantity) {
        if (share == 0 || random.nextDouble() >= share) {
            return false;
        }
        tally.add(quantity);
        return true;
    }
}
