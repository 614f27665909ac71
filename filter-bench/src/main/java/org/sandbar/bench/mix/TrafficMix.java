package org.sandbar.bench.mix;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A mix of HTTP, TLS, FTP, plugin and DNS conversations, interleaved, as a pcap file of any size: the same values give the same bytes.
 * It is written as it is made, so memory depends on how many conversations go on at once and on nothing else. Immutable, any thread.
 *
 * @param packets no conversation begins behind so many; those that are under way then are carried to their ends
 * @param concurrent conversations under way at any time
 * @param only the kind of conversation that is wanted, or null for a mix of all
 * @param reordered share of pairs of segments, from 0 to 1, that come in the wrong order
 * @param duplicated share of segments with data that come twice
 * @param lost share of segments with data that the capture has missed, although they arrived
 */
public record TrafficMix(
        long packets, long seed, int concurrent, Kind only, double reordered, double duplicated, double lost) {
    private static final int LONGEST_BURST = 6;

    public TrafficMix(long packets, long seed, int concurrent) {
        this(packets, seed, concurrent, null, 0, 0, 0);
    }

    /** Writes the mix and returns the truth about it. */
    public Counts write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return write(out);
        }
    }

    /** Writes the mix and returns the truth about it. The stream stays open. */
    public Counts write(OutputStream stream) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Counts.Tally tally = new Counts.Tally();
        CaptureWriter out = new CaptureWriter(stream, random, tally);
        Conversations conversations = new Conversations(random, this, tally);
        Talk[] underWay = new Talk[concurrent];
        int count = 0;
        while (true) {
            while (count < concurrent && tally.of(Quantity.PACKETS) < packets) {
                underWay[count++] = conversations.next();
            }
            if (count == 0) {
                break;
            }
            int chosen = random.nextInt(count);
            Talk talk = underWay[chosen];
            int burst = 1 + random.nextInt(LONGEST_BURST);
            while (burst > 0 && talk.step(out)) {
                burst--;
            }
            if (burst > 0) {
                underWay[chosen] = underWay[--count];
                underWay[count] = null;
            }
        }
        out.flush();
        return tally.counts();
    }

    /** The capture in memory: for small mixes. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
