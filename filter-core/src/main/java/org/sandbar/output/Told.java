package org.sandbar.output;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.rule.Rule;
import org.sandbar.verdict.Alert;
import org.sandbar.verdict.DropEvents;

/** All that can be told in a record beside the fields of its event: what follows from the flow, and what the rule says that fired. */
final class Told {
    private static final String VERSION = version();
    private static final int LONGEST_DESCRIPTION = 1_000;
    /** By severity, in the words of Suricata's classification, which consumers know. */
    private static final Map<Integer, String> CATEGORIES =
            Map.of(1, "Misc Attack", 2, "Potentially Bad Traffic", 3, "Generic Protocol Command Decode");

    private static final Map<String, Source> SOURCES = new HashMap<>();

    static {
        number("vlan", Unit.IDENTIFIER, "VLAN of the packets", event -> vlan(event.flow(), 0));
        number("vlan.inner", Unit.IDENTIFIER, "VLAN within that VLAN", event -> vlan(event.flow(), 16));
        number(
                "icmp.type",
                Unit.CODE,
                "type of the first ICMP message",
                event -> event.flow().isIcmp() ? (Long) (long) event.flow().icmpType() : null);
        number(
                "icmp.code",
                Unit.CODE,
                "its code",
                event -> event.flow().isIcmp() ? (Long) (long) event.flow().icmpCode() : null);
        number("ip.protocol", Unit.CODE, "number of the transport protocol", event ->
                (long) event.flow().protocol());
        number(
                "flow.bytes",
                Unit.BYTES,
                "bytes of both sides, link layer included",
                event -> sum(event, FlowEvents.BYTES_TO_SERVER, FlowEvents.BYTES_TO_CLIENT));
        number(
                "flow.packets",
                Unit.PACKETS,
                "packets of both sides",
                event -> sum(event, FlowEvents.PACKETS_TO_SERVER, FlowEvents.PACKETS_TO_CLIENT));
        number("flow.nanoseconds", Unit.NANOSECONDS, "from first to last packet", event -> duration(event, 1));
        number(
                "flow.milliseconds",
                Unit.COUNT,
                "milliseconds from first to last packet",
                event -> duration(event, 1_000_000));
        put("version", Type.TEXT, Unit.NONE, "version of Sandbar", (event, alert) -> VERSION);
        text("kind", "kind of the record: alert, or that of the event", Told::kind);
        text("dataset", "sandbar., and that", (event, alert) -> "sandbar." + kind(event, alert));
        text("finding", "what this finding is known by: flow, packet, and rule or kind", Told::finding);
        rule("rule.name", "slug of the rule that fired", Rule::name);
        rule("rule.title", "what the rule found", Rule::title);
        rule("rule.id", "UUID of the rule", rule -> rule.id().toString());
        rule("rule.sid", "number of the rule, as text", rule -> Integer.toString(rule.sid()));
        rule("rule.rev", "its revision, as text", rule -> Integer.toString(rule.rev()));
        rule("rule.description", "what it means", rule -> start(rule.description()));
        rule(
                "rule.category",
                "Suricata's classification for its severity",
                rule -> CATEGORIES.get(rule.level().severity()));
        rule(
                "rule.reference",
                "where to read on",
                rule -> rule.references().isEmpty() ? null : rule.references().get(0));
        ruleNumber("rule.signature", "number of the rule", Rule::sid);
        ruleNumber("rule.revision", "its revision", Rule::rev);
        ruleNumber(
                "rule.severity", "1 high, 2 medium, 3 low", rule -> rule.level().severity());
        ruleNumber(
                "rule.level",
                "1 informational, 2 low, 3 medium, 4 high, 5 critical",
                rule -> rule.level().ordinal() + 1);
        rule(
                "rule.level_name",
                "the same in a word",
                rule -> Levels.NAMES.get(rule.level().ordinal()));
        ruleNumber(
                "rule.score",
                "the same, from 0 to 10",
                rule -> Levels.SCORES.get(rule.level().ordinal()));
        put("rule.tags", Type.TEXTS, Unit.NONE, "tags of the rule", of(Rule::tags));
        put("rule.references", Type.TEXTS, Unit.NONE, "where to read on", of(Rule::references));
        action("action", "allowed, or blocked where guard stopped the flow", Action::eve);
        action("action.name", "the same in OCSF's words", Action::called);
        actionNumber("action.id", "number of that word", Action::id);
        action("disposition.name", "what came of it, in OCSF's words: Alert or Blocked", Action::disposition);
        actionNumber("disposition.id", "number of that word", Action::dispositionId);
        action("denied", "denied, where guard stopped the flow", Action::denied);
        action("stopping.outcome", "success, where guard stopped the flow", Action::outcome);
        Attack.sources().forEach((name, source) -> SOURCES.put(name, source));
    }

    /** Whether guard stopped a flow, as others call it. */
    private record Action(
            String eve, long id, String called, long dispositionId, String disposition, String denied, String outcome) {
        static final Action ALLOWED = new Action("allowed", 1, "Allowed", 19, "Alert", null, null);
        static final Action BLOCKED = new Action("blocked", 2, "Denied", 2, "Blocked", "denied", "success");

        static Action of(Event event, Alert alert) {
            boolean blocked = alert != null
                    ? alert.blocked()
                    : event.kind() == DropEvents.DROP
                            ? !event.is(DropEvents.SIMULATED)
                            : event.kind() == FlowEvents.FLOW && event.get(FlowEvents.ACTION) != null;
            return blocked ? BLOCKED : ALLOWED;
        }
    }

    /** What a level is called and worth elsewhere, in the order of {@link Rule.Level}. */
    private static final class Levels {
        static final List<String> NAMES = List.of("Informational", "Low", "Medium", "High", "Critical");
        static final List<Integer> SCORES = List.of(1, 3, 5, 8, 10);
    }

    /** What stage 2 found: in the order in which it is written, before a kind's own fields. */
    static final List<Field> FOUND = List.of(
            Common.CORRELATION_TYPE,
            Common.CORRELATION_COUNT,
            Common.CORRELATION_VALUE,
            Common.CORRELATION_GROUP,
            Common.CORRELATION_FIRST_PACKET,
            Common.CORRELATION_SINCE,
            Common.TRUST_CLASS,
            Common.TRUST_AGENT,
            Common.TRUST_SCORE,
            Common.TRUST_BARRED_BY,
            Common.TRUST_EVIDENCE,
            Common.PROCESS_EXECUTABLE,
            Common.PROCESS_ID,
            Common.PROCESS_USER,
            Common.PROCESS_PARENTS,
            Common.PROCESS_SIDE,
            Common.PLUGIN_PORT,
            Common.PLUGIN_RANGE,
            Common.PLUGIN_POLICY_SEEN,
            Common.PLUGIN_GRANTED,
            Common.PLUGIN_POLICY_AGE,
            Common.PLUGIN_REDIRECT_LEG,
            Common.PLUGIN_REDIRECT_FLOW,
            Common.PLUGIN_REDIRECT_IP,
            Common.PLUGIN_REDIRECT_PORT,
            Common.PLUGIN_ENCRYPTED,
            Common.PLUGIN_ENTROPY,
            Common.MIDSTREAM);

    private Told() {}

    /** The fields that a record of this kind can hold: those of every event, what was found where that is told, and its own. */
    static List<Field> fields(EventKind kind, boolean alert) {
        List<Field> fields = new ArrayList<>(Common.fields());
        fields.removeAll(FOUND);
        fields.remove(Common.PLUGIN_ENDPOINT_RANGE);
        if (!alert) {
            fields.remove(Common.EVENT_TYPE);
        }
        if (isExplained(kind, alert)) {
            fields.addAll(FOUND);
        }
        fields.addAll(kind.fields());
        return fields;
    }

    /** Whether what stage 2 found is told: with an alert, and at the end of a flow. */
    static boolean isExplained(EventKind kind, boolean alert) {
        return alert || kind == FlowEvents.FLOW;
    }

    /** The source of this name, for events of this kind; null where they have no such field. */
    static Source source(String name, EventKind kind) {
        Source source = SOURCES.get(name);
        Field field = source == null ? kind.field(name) : null;
        return field == null ? source : Source.of(field);
    }

    static String version() {
        String version = Told.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static void put(
            String name, Type type, Unit unit, String meaning, BiFunction<Event, Alert, Object> reader) {
        SOURCES.put(name, new Source(name, type, unit, meaning, reader));
    }

    private static void text(String name, String meaning, BiFunction<Event, Alert, Object> reader) {
        put(name, Type.TEXT, Unit.NONE, meaning, reader);
    }

    private static void number(String name, Unit unit, String meaning, Function<Event, Long> reader) {
        put(name, Type.NUMBER, unit, meaning, (event, alert) -> reader.apply(event));
    }

    private static void rule(String name, String meaning, Function<Rule, Object> reader) {
        put(name, Type.TEXT, Unit.NONE, meaning, of(reader));
    }

    private static void ruleNumber(String name, String meaning, Function<Rule, Integer> reader) {
        put(name, Type.NUMBER, Unit.CODE, meaning, of(rule -> (long) reader.apply(rule)));
    }

    private static void action(String name, String meaning, Function<Action, String> reader) {
        text(name, meaning, (event, alert) -> reader.apply(Action.of(event, alert)));
    }

    private static void actionNumber(String name, String meaning, Function<Action, Long> reader) {
        put(name, Type.NUMBER, Unit.CODE, meaning, (event, alert) -> reader.apply(Action.of(event, alert)));
    }

    private static BiFunction<Event, Alert, Object> of(Function<Rule, Object> reader) {
        return (event, alert) -> alert == null ? null : reader.apply(alert.rule());
    }

    private static String kind(Event event, Alert alert) {
        return alert == null ? event.kind().name() : "alert";
    }

    private static String finding(Event event, Alert alert) {
        return event.flow().flowId() + "-" + event.ordinal() + "-"
                + (alert == null ? event.kind().name() : alert.rule().sid());
    }

    /** As much of a text of the rule's author as leaves room for the evidence. */
    private static String start(String text) {
        return text == null || text.length() <= LONGEST_DESCRIPTION ? text : text.substring(0, LONGEST_DESCRIPTION);
    }

    private static Long vlan(Conversation flow, int shift) {
        int tag = flow.vlans() >>> shift;
        return (tag & 0xf000) == 0 ? null : (Long) (long) (tag & 0xfff);
    }

    private static Long sum(Event event, Field one, Field other) {
        return event.kind() == FlowEvents.FLOW && event.get(one) != null
                ? (Long) (event.number(one) + event.number(other))
                : null;
    }

    private static Long duration(Event event, long unitNs) {
        return event.kind() == FlowEvents.FLOW && event.get(FlowEvents.END) != null
                ? (Long) ((event.number(FlowEvents.END) - event.number(FlowEvents.START)) / unitNs)
                : null;
    }
}
