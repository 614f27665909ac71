package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * However the network cuts, doubles or disorders the segments of a sample, the protocols tell the same; where it loses one, that is said.
 */
class EverySegmentTest {
    private static final Path SAMPLES = Path.of(System.getProperty("sandbar.root"), "samples-pcap");
    /** Every byte of the first ones is tried for a cut, of the rest one in so many. */
    private static final int CLOSELY = 400;

    private static final int STRIDE = 211;

    private static Stream<DynamicTest> forEachSample(Consumer<List<Segment>> test) throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES, 3)) {
            return files.filter(file -> file.endsWith("input.pcap")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            SAMPLES.relativize(file.getParent()).toString(), () -> test.accept(Segment.of(file))));
        }
    }

    private static Play play(List<Segment> segments) {
        Play play = Play.of(segments);
        assertEquals(Map.of(), play.faults());
        return play;
    }

    private static List<Segment> with(List<Segment> segments, int index, Segment... instead) {
        List<Segment> changed = new ArrayList<>(segments);
        changed.remove(index);
        changed.addAll(index, List.of(instead));
        return changed;
    }

    private static void tellsTheSame(Play expected, List<Segment> segments, String what) {
        Play play = play(segments);
        assertEquals(expected.told(), play.told(), what);
        assertFalse(play.isGapped(), what);
    }

    @TestFactory
    Stream<DynamicTest> cutInTwo() throws IOException {
        return forEachSample(segments -> {
            Play expected = play(segments);
            for (int i = 0; i < segments.size(); i++) {
                Segment whole = segments.get(i);
                for (int at = 1; at < whole.payload().length; at += at < CLOSELY ? 1 : STRIDE) {
                    Segment[] parts = {whole.part(0, at), whole.part(at, whole.payload().length)};
                    tellsTheSame(expected, with(segments, i, parts), "segment " + i + " cut at " + at);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> cutToSingleBytes() throws IOException {
        return forEachSample(segments -> {
            List<Segment> bytes = new ArrayList<>();
            for (Segment segment : segments) {
                if (!segment.hasData()) {
                    bytes.add(segment);
                }
                for (int at = 0; at < segment.payload().length; at++) {
                    bytes.add(segment.part(at, at + 1));
                }
            }
            tellsTheSame(play(segments), bytes, "single bytes");
        });
    }

    @TestFactory
    Stream<DynamicTest> sentTwice() throws IOException {
        return forEachSample(segments -> {
            Play expected = play(segments);
            for (int i = 0; i < segments.size(); i++) {
                Segment whole = segments.get(i);
                if (whole.hasData()) {
                    tellsTheSame(expected, with(segments, i, whole, whole), "segment " + i);
                    List<Segment> late = new ArrayList<>(segments);
                    late.add(
                            Math.min(i + 5, late.size()),
                            whole.at(segments.get(i).timeNs()));
                    tellsTheSame(expected, late, "segment " + i + " again, later");
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> swapped() throws IOException {
        return forEachSample(segments -> {
            Play expected = play(segments);
            for (int i = 0; i < segments.size(); i++) {
                int next = nextOfSameWay(segments, i);
                if (next > 0) {
                    List<Segment> swapped = new ArrayList<>(segments);
                    swapped.set(i, segments.get(next).at(segments.get(i).timeNs()));
                    swapped.set(next, segments.get(i).at(segments.get(next).timeNs()));
                    sameOrGap(expected, swapped, "segments " + i + " and " + next);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> lost() throws IOException {
        return forEachSample(segments -> {
            Play expected = play(segments);
            for (int i = 0; i < segments.size(); i++) {
                if (segments.get(i).hasData() && !isRefused(segments, i)) {
                    sameOrGap(expected, with(segments, i), "without segment " + i);
                }
            }
        });
    }

    /** A host that has closed answers what still comes by a reset, which acknowledges nothing: of its loss nobody could know. */
    private static boolean isRefused(List<Segment> segments, int index) {
        for (Segment later : segments.subList(index + 1, segments.size())) {
            if (later.isSameWay(segments.get(index))) {
                return false;
            }
            if (later.isOtherWay(segments.get(index))) {
                return later.isReset();
            }
        }
        return false;
    }

    private static int nextOfSameWay(List<Segment> segments, int index) {
        for (int i = index + 1; segments.get(index).hasData() && i < segments.size(); i++) {
            if (segments.get(i).isSameWay(segments.get(index))
                    && segments.get(i).hasData()) {
                return i;
            }
        }
        return -1;
    }

    private static void sameOrGap(Play expected, List<Segment> segments, String what) {
        Play play = play(segments);
        // Without its first words a flow may be recognised no more, and of what nobody reads nothing is missed.
        if (!play.isGapped() && play.unrecognised() == expected.unrecognised()) {
            assertEquals(expected.told(), play.told(), what);
        }
    }
}
