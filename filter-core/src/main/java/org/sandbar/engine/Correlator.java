package org.sandbar.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sandbar.bytes.Limits;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.output.EventSink;
import org.sandbar.protocol.Correlation;
import org.sandbar.protocol.Protocol;
import org.sandbar.protocol.Site;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleSet;
import org.sandbar.trust.FlowTrust;
import org.sandbar.trust.Trust;
import org.sandbar.trust.TrustClass;
import org.sandbar.trust.TrustTable;
import org.sandbar.verdict.Alert;
import org.sandbar.verdict.Verdicts;

/**
 * Stage 2: events in packet order in, facts across flows, trust, rules, verdicts, and output. One thread. What it keeps is kept by flow
 * until the flow ends, or by a key that bounds and expires it.
 */
public final class Correlator {
    private final Correlation[] correlations;
    private final Trust trust;
    private final Verdicts verdicts;
    private final EventSink[] sinks;
    private final List<Event> told = new ArrayList<>();
    private final Map<TrustClass, Long> flowsByTrust = new TreeMap<>();
    private final Map<String, Long> alertsByRule = new TreeMap<>();
    private long alerts;
    private Rule.Level worst;

    public Correlator(
            List<Protocol> protocols,
            TrustTable table,
            RuleSet rules,
            Limits limits,
            Site site,
            List<EventSink> sinks) {
        List<Correlation> known = new ArrayList<>();
        for (Protocol protocol : protocols) {
            Correlation correlation = protocol.correlation(limits, site);
            if (correlation != null) {
                known.add(correlation);
            }
        }
        correlations = known.toArray(new Correlation[0]);
        trust = new Trust(table, limits);
        verdicts = new Verdicts(rules, limits);
        this.sinks = sinks.toArray(new EventSink[0]);
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
        if (!event.kind().isWritten()) {
            return;
        }
        List<Alert> raised = verdicts.judge(event);
        for (int i = 0; i < raised.size(); i++) {
            raise(raised.get(i), flowTrust);
        }
        if (event.kind() != FlowEvents.FLOW) {
            write(event);
        } else if (event.text(FlowEvents.PHASE).equals(FlowEvents.ENDED)) {
            conclude(event, flowTrust);
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
        flowsByTrust.merge(flowTrust.trustClass(), 1L, Long::sum);
        write(event);
    }

    private void write(Event event) {
        for (EventSink sink : sinks) {
            sink.event(event);
        }
    }

    /** Everything said so far leaves the program. */
    public void flush() {
        for (EventSink sink : sinks) {
            sink.flush();
        }
    }

    /** Flows that ended, by what they were taken for. */
    public Map<TrustClass, Long> flowsByTrust() {
        return flowsByTrust;
    }

    public Map<String, Long> alertsByRule() {
        return alertsByRule;
    }

    /** The highest level of any alert so far, or null where there was none. */
    public Rule.Level worst() {
        return worst;
    }

    public long alerts() {
        return alerts;
    }
}
