package org.sandbar.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.sandbar.capture.Reception;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.Counters;
import org.sandbar.engine.Inline;
import org.sandbar.output.PacketKeeper;
import org.sandbar.sink.Deliveries;
import org.sandbar.trust.TrustClass;
import org.sandbar.verdict.Pinholes;
import org.sandbar.verdict.Withheld;
import org.sandbar.wire.Decoded;

/** What is said at the end of a run: how much, how fast, what was found, and what was not understood. */
final class Summary {
    private Summary() {}

    /** @param reception how the capture stands where it is live, or null */
    static void print(PrintStream to, Counters counters, Correlator correlator, Reception reception, double seconds) {
        long packets = counters.packets();
        to.println(count(packets) + " packets, " + bytes(counters.bytes()) + ", " + seconds(counters.spanNs() / 1e9)
                + " of traffic in " + String.format(Locale.ROOT, "%.2f s", seconds) + " ("
                + count((long) (packets / Math.max(seconds, 1e-9))) + " packets/s, "
                + bytes((long) (counters.bytes() / Math.max(seconds, 1e-9))) + "/s)");
        if (reception != null) {
            to.println("the kernel had " + count(reception.packets()) + " packets and dropped "
                    + count(reception.drops()) + " of them for want of room; interfaces dropped "
                    + count(reception.interfaceDrops()));
        }
        StringJoiner trust = new StringJoiner(", ");
        for (TrustClass trustClass : TrustClass.values()) {
            trust.add(count(correlator.flowsByTrust().getOrDefault(trustClass, 0L)) + " " + trustClass.key());
        }
        to.println(count(counters.flows()) + " flows: " + trust);
        if (counters.crowdedOut() > 0) {
            to.println(count(counters.crowdedOut()) + " ended early for want of room (limits.flows)");
        }
        print(to, "protocols", counters.protocols());
        if (correlator.alerts() == 0) {
            to.println("no alerts");
        } else {
            String many = correlator.alerts() == 1 ? " alert" : " alerts";
            print(to, count(correlator.alerts()) + many, correlator.alertsByRule());
        }
        correlator.withheld().forEach((reason, byRule) -> print(to, "alerts " + said(reason), byRule));
        Pinholes holes = correlator.pinholes();
        if (holes.legitimate() + holes.illegitimate() > 0) {
            to.println("holes that active filters would open: " + count(holes.legitimate()) + " legitimate, "
                    + count(holes.illegitimate()) + " not, " + count(holes.used()) + " used, "
                    + count(holes.misused()) + " of these not legitimate");
        }
        print(to, "not understood", notUnderstood(counters));
        print(to, "defects caught (please report them)", counters.faults());
    }

    private static String said(Withheld reason) {
        return switch (reason) {
            case PASSED -> "passed over by a pass rule";
            case SUPPRESSED -> "suppressed";
            case LIMITED -> "held back by thresholds";
        };
    }

    /** What was kept, where somebody was to; null otherwise. */
    static void print(PrintStream to, PacketKeeper keeper) {
        if (keeper != null) {
            to.println("kept: " + count(keeper.packets()) + " packets of " + count(keeper.flows()) + " flows");
        }
    }

    /** What came of the events of each destination that is not local. */
    static void print(PrintStream to, Deliveries deliveries) {
        deliveries.counts().forEach((name, counts) -> print(to, name, counts));
    }

    /** What guard did, or would have. */
    static void print(PrintStream to, Inline inline, boolean simulated) {
        to.println((simulated ? "would have been stopped: " : "stopped: ") + count(inline.dropped())
                + " packets dropped, "
                + count(inline.rejected()) + " rejected; ways opened for data connections: " + count(inline.opened())
                + ", " + count(inline.used()) + " used");
    }

    private static Map<String, Long> notUnderstood(Counters counters) {
        Map<String, Long> counts = new java.util.LinkedHashMap<>();
        for (Decoded outcome : Decoded.values()) {
            if (outcome != Decoded.FLOW && outcome != Decoded.FRAGMENT && counters.count(outcome) > 0) {
                counts.put(outcome.key(), counters.count(outcome));
            }
        }
        if (counters.incompleteDatagrams() > 0) {
            counts.put("incomplete-datagrams", counters.incompleteDatagrams());
        }
        if (counters.badChecksums() > 0) {
            counts.put("bad-checksums", counters.badChecksums());
        }
        return counts;
    }

    private static void print(PrintStream to, String what, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        StringJoiner list = new StringJoiner(", ");
        counts.forEach((name, count) -> list.add(count(count) + " " + name));
        to.println(what + ": " + list);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String bytes(long number) {
        if (number < 10_000) {
            return count(number) + " bytes";
        }
        double value = number;
        String unit = "";
        for (String larger : new String[] {"kB", "MB", "GB", "TB"}) {
            value /= 1_000;
            unit = larger;
            if (value < 9_999) {
                break;
            }
        }
        return String.format(Locale.ROOT, value < 100 ? "%,.1f " : "%,.0f ", value) + unit;
    }

    static String seconds(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = (long) seconds;
        return whole >= 7_200
                ? whole / 3_600 + " h " + whole % 3_600 / 60 + " min"
                : whole / 60 + " min " + whole % 60 + " s";
    }
}
