package org.sandbar.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.Reception;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.output.EventSink;
import org.sandbar.output.Statistics;
import org.sandbar.protocol.Correlation;
import org.sandbar.protocol.Protocol;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleSet;
import org.sandbar.trust.FlowTrust;
import org.sandbar.trust.Hosts;
import org.sandbar.trust.Trust;
import org.sandbar.trust.TrustClass;
import org.sandbar.verdict.Alert;
import org.sandbar.verdict.Pinholes;
import org.sandbar.verdict.Verdicts;
import org.sandbar.verdict.Withheld;

/**
 * Stage 2: events in packet order in, facts across flows, trust, rules, verdicts, and output. One thread. What it keeps is kept by flow
 * until the flow ends, or by a key that bounds and expires it.
 */
public final class Correlator {
    private final Correlation[] correlations;
    private final Trust trust;
    private final Pinholes pinholes;
    private final List<Event> holes = new ArrayList<>();
    private final Verdicts verdicts;
    private final Hosts hosts;
    private final Enforcement enforcement;
    private final EventSink[] sinks;
    private final List<Event> told = new ArrayList<>();
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final Map<TrustClass, Long> flowsByTrust = new TreeMap<>();
    private final Map<String, Long> alertsByRule = new TreeMap<>();
    private long alerts;
    private Rule.Level worst;

    public Correlator(CorrelatorSettings settings, List<EventSink> sinks) {
        this(settings, Enforcement.NONE, sinks);
    }

    /** The same where what is found has consequences. */
    Correlator(CorrelatorSettings settings, Enforcement enforcement, List<EventSink> sinks) {
        Limits limits = settings.limits();
        List<Correlation> known = new ArrayList<>();
        for (Protocol protocol : settings.protocols()) {
            Correlation correlation = protocol.correlation(limits, settings.site());
            if (correlation != null) {
                known.add(correlation);
            }
        }
        correlations = known.toArray(new Correlation[0]);
        trust = new Trust(settings.trust(), settings.owners(), limits);
        pinholes = new Pinholes(limits);
        verdicts = new Verdicts(settings.rules(), limits);
        hosts = new Hosts(limits);
        this.enforcement = enforcement;
        this.sinks = sinks.toArray(new EventSink[0]);
    }

    /** Has something done between two batches, before any event of the next one. Any thread. */
    public void beforeNextBatch(Runnable action) {
        asked.add(action);
    }

    /** A batch ends here, and the next begins. */
    void beginBatch() {
        for (Runnable action = asked.poll(); action != null; action = asked.poll()) {
            action.run();
        }
    }

    /** Goes on with other rules; on the thread of the events, between two of them. */
    public void adopt(RuleSet rules) {
        verdicts.adopt(rules);
    }

    /** Takes the next event of the run. */
    public void accept(Event event) {
        for (Correlation correlation : correlations) {
            correlation.see(event, told);
        }
        if (!told.isEmpty()) {
            told.forEach(this::consider);
            told.clear();
        }
        consider(event);
    }

    private void consider(Event event) {
        FlowTrust flowTrust = trust.weigh(event);
        pinholes.see(event, holes);
        if (!holes.isEmpty()) {
            List<Event> found = List.copyOf(holes);
            holes.clear();
            found.forEach(this::consider);
        }
        if (!event.kind().isWritten()) {
            return;
        }
        List<Alert> raised = verdicts.judge(event);
        if (!raised.isEmpty()) {
            raise(raised, flowTrust);
        }
        if (event.kind() != FlowEvents.FLOW) {
            write(event);
        } else if (event.text(FlowEvents.PHASE).equals(FlowEvents.ENDED)) {
            conclude(event, flowTrust);
        }
    }

    private void raise(List<Alert> raised, FlowTrust flowTrust) {
        boolean blocked = enforcement.stops(raised);
        for (int i = 0; i < raised.size(); i++) {
            raise(blocked ? raised.get(i).ofBlocked() : raised.get(i), flowTrust);
        }
    }

    private void raise(Alert alert, FlowTrust flowTrust) {
        alerts++;
        alertsByRule.merge(alert.rule().name(), 1L, Long::sum);
        Rule.Level level = alert.rule().level();
        worst = worst == null || level.compareTo(worst) > 0 ? level : worst;
        flowTrust.explain(alert.event());
        for (EventSink sink : sinks) {
            sink.alert(alert);
        }
    }

    private void conclude(Event event, FlowTrust flowTrust) {
        flowTrust.explain(event);
        verdicts.conclude(event);
        hosts.add(event, flowTrust);
        flowsByTrust.merge(flowTrust.trustClass(), 1L, Long::sum);
        write(event);
    }

    private void write(Event event) {
        enforcement.act(event);
        for (EventSink sink : sinks) {
            sink.event(event);
        }
    }

    /**
     * Tells how the run stands, by what stage 1 counted and what was made of it.
     *
     * @param reception how the capture stands where it is live, or null
     * @param atEnd whether the run is over: then each client is told too
     */
    public void tellStatistics(
            Counters counters, Reception reception, Map<String, Map<String, Long>> deliveries, boolean atEnd) {
        if (counters.packets() == 0 && reception == null) {
            return;
        }
        Map<String, Object> eve = new LinkedHashMap<>();
        long spanNs = reception == null ? counters.spanNs() : reception.nowNs() - reception.beganNs();
        eve.put("uptime", spanNs / 1_000_000_000L);
        if (reception != null) {
            eve.put("capture", counts(reception));
        }
        eve.put("decoder", new TreeMap<>(Map.of("pkts", counters.packets(), "bytes", counters.bytes())));
        eve.put("flow", counts(counters));
        eve.put("detect", detected());
        Map<String, Object> own = new LinkedHashMap<>();
        Map<String, Long> classes = new TreeMap<>();
        flowsByTrust.forEach((trustClass, flows) -> classes.put(trustClass.key(), flows));
        own.put("flows", classes);
        own.put("protocols", counters.protocols());
        own.put("alerts", alertsByRule);
        withheld().forEach((reason, byRule) -> {
            if (!byRule.isEmpty()) {
                own.put(reason.name().toLowerCase(Locale.ROOT), byRule);
            }
        });
        Map<String, Long> opened = new LinkedHashMap<>();
        opened.put("legitimate", pinholes.legitimate());
        opened.put("illegitimate", pinholes.illegitimate());
        opened.put("used", pinholes.used());
        opened.put("misused", pinholes.misused());
        own.put("pinholes", opened);
        if (!deliveries.isEmpty()) {
            own.put("outputs", deliveries);
        }
        Statistics statistics = new Statistics(
                reception == null ? counters.lastNs() : reception.nowNs(),
                eve,
                own,
                atEnd ? hosts.activities() : List.of());
        for (EventSink sink : sinks) {
            sink.statistics(statistics);
        }
    }

    /** As EVE names them: a flow that is crowded out is one that is got from those in use. */
    private static Map<String, Long> counts(Counters counters) {
        long crowdedOut = counters.crowdedOut();
        return crowdedOut == 0
                ? Map.of("total", counters.flows())
                : new TreeMap<>(Map.of("total", counters.flows(), "get_used", crowdedOut));
    }

    /** As EVE names them. */
    private static Map<String, Long> counts(Reception reception) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("kernel_packets", reception.packets());
        counts.put("kernel_drops", reception.drops());
        counts.put("kernel_ifdrops", reception.interfaceDrops());
        return counts;
    }

    private Map<String, Long> detected() {
        Map<String, Long> detected = new TreeMap<>(Map.of("alert", alerts));
        long suppressed = 0;
        for (Map<String, Long> byRule : withheld().values()) {
            for (long count : byRule.values()) {
                suppressed += count;
            }
        }
        if (suppressed > 0) {
            detected.put("alerts_suppressed", suppressed);
        }
        return detected;
    }

    /** Everything said so far leaves the program. */
    public void flush() {
        for (EventSink sink : sinks) {
            sink.flush();
        }
    }

    /** The holes that filters would open. */
    public Pinholes pinholes() {
        return pinholes;
    }

    /** Flows that ended, by what they were taken for. */
    public Map<TrustClass, Long> flowsByTrust() {
        return flowsByTrust;
    }

    public Map<String, Long> alertsByRule() {
        return alertsByRule;
    }

    /** Alerts that were not raised, by why and by rule. */
    public Map<Withheld, Map<String, Long>> withheld() {
        return verdicts.withheld();
    }

    /** The highest level of any alert so far, or null where there was none. */
    public Rule.Level worst() {
        return worst;
    }

    public long alerts() {
        return alerts;
    }
}
