package org.sandbar.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;
import org.sandbar.flow.Conversation;

/**
 * The fields that every event has: who talks to whom, from the conversation, and what stage 2 adds as it correlates: trust, the
 * plugin port range, the verdict, and, for an alert of a correlation, what was correlated.
 */
public final class Common {
    private static final List<Field> FIELDS = new ArrayList<>();
    private static int slots;

    public static final Field TIMESTAMP =
            number("timestamp", Type.TIME, Unit.NONE, "time of the packet that told the event", Event::timeNs);
    public static final Field EVENT_TYPE = derived(
            "event_type", Type.TEXT, "kind of the event", event -> event.kind().name());
    public static final Field PACKET = number(
            "pcap_cnt", Type.NUMBER, Unit.PACKET_NUMBER, "number of the packet that told it, from 1", Event::ordinal);
    public static final Field FLOW_ID =
            number("flow_id", Type.NUMBER, Unit.IDENTIFIER, "identifier of the flow", event -> event.flow()
                    .flowId());
    public static final Field SRC_IP = derived("src_ip", Type.ADDRESS, "address of the client", event -> event.flow()
            .client());
    public static final Field SRC_PORT =
            number("src_port", Type.NUMBER, Unit.PORT, "port of the client", event -> port(event, true));
    public static final Field DEST_IP = derived("dest_ip", Type.ADDRESS, "address of the server", event -> event.flow()
            .server());
    public static final Field DEST_PORT =
            number("dest_port", Type.NUMBER, Unit.PORT, "port of the server", event -> port(event, false));
    public static final Field PROTO =
            derived("proto", Type.TEXT, "transport protocol, in capitals", event -> event.flow()
                    .protocolName());
    public static final Field IP_V =
            number("ip_v", Type.NUMBER, Unit.CODE, "version of IP, 4 or 6", event -> event.flow()
                    .client()
                    .version());
    public static final Field COMMUNITY_ID =
            derived("community_id", Type.TEXT, "Community ID of the flow, seed 0", event -> event.flow()
                    .communityId());
    public static final Field APP_PROTO =
            set("app_proto", Type.TEXT, false, "application protocol recognised by content, or 'failed'");

    public static final Field MIDSTREAM = derived(
            "midstream",
            Type.FLAG,
            "true where the flow was joined after its start",
            event -> event.flow().isMidstream() ? Boolean.TRUE : null);
    public static final Field CORRELATION_TYPE = set(
            "correlation.type",
            Type.TEXT,
            true,
            "in an alert of a correlation: event_count, value_count, temporal, temporal_ordered, value_sum, value_avg,"
                    + " value_percentile or value_median");
    public static final Field CORRELATION_COUNT = set(
            "correlation.count",
            Type.NUMBER,
            Unit.COUNT,
            true,
            "the events, distinct values or rules within its timespan, this event counted");
    public static final Field CORRELATION_VALUE = set(
            "correlation.value",
            Type.DECIMAL,
            Unit.OF_THE_FIELD,
            true,
            "what was computed of them: their sum, mean, percentile or median");
    public static final Field CORRELATION_GROUP =
            set("correlation.group", Type.ROWS, true, "what they have in common: the values of the fields of group-by");
    public static final Field CORRELATION_FIRST_PACKET = set(
            "correlation.first_pcap_cnt",
            Type.NUMBER,
            Unit.PACKET_NUMBER,
            true,
            "number of the packet that told the earliest of them");
    public static final Field CORRELATION_SINCE = set("correlation.since", Type.TIME, true, "time of that packet");
    public static final Field TRUST_CLASS =
            set("trust.class", Type.TEXT, true, "sandboxed, trusted or unknown, on the evidence so far");
    public static final Field TRUST_AGENT = set(
            "trust.agent", Type.TEXT, true, "the program that speaks, where known: silverlight, flash, ftp-client, …");
    public static final Field TRUST_SCORE = set(
            "trust.score",
            Type.DECIMAL,
            Unit.WEIGHT,
            true,
            "sum of the evidence's weights: above zero speaks for sandboxed content");
    public static final Field TRUST_BARRED_BY = set(
            "trust.barred_by",
            Type.TEXT,
            true,
            "the signal of sandboxed content for which it is not called trusted, although the sum would allow it");
    public static final Field TRUST_EVIDENCE =
            set("trust.evidence", Type.ROWS, true, "each signal with its weight and detail, in the order seen");
    public static final Field PROCESS_EXECUTABLE = set(
            "process.executable",
            Type.TEXT,
            true,
            "where the machine itself is watched, path of the program that owns this machine's end of the flow");
    public static final Field PROCESS_ID =
            set("process.pid", Type.NUMBER, Unit.IDENTIFIER, true, "identifier of that process");
    public static final Field PROCESS_USER = set("process.user", Type.TEXT, true, "the user that it runs as");
    public static final Field PROCESS_PARENTS = set(
            "process.parents",
            Type.TEXTS,
            true,
            "paths of the programs that started it, the nearest first; a name in brackets where the path could not be seen");
    public static final Field PROCESS_SIDE =
            set("process.side", Type.TEXT, true, "whose end it is: client, also where both are, or server");
    public static final Field PLUGIN_PORT =
            set("plugin.port", Type.FLAG, true, "true where the server's port is in a plugin's port range");
    public static final Field PLUGIN_RANGE = set("plugin.range", Type.TEXT, true, "name of that range");
    public static final Field PLUGIN_ENDPOINT_RANGE = set(
            "plugin.endpoint_range",
            Type.TEXT,
            true,
            "name of the plugin port range in which the port lies that the event announces");
    public static final Field PLUGIN_REDIRECT_FLOW = set(
            "plugin.redirect.flow_id",
            Type.NUMBER,
            Unit.IDENTIFIER,
            true,
            "the flow that carries the same bytes on: the host behind the plugin port passes them to it, or gets them from it");
    public static final Field PLUGIN_REDIRECT_LEG = set(
            "plugin.redirect.leg",
            Type.TEXT,
            true,
            "of this flow: first, to the plugin port, or second, from its host");
    public static final Field PLUGIN_REDIRECT_IP =
            set("plugin.redirect.ip", Type.ADDRESS, true, "server of that other flow");
    public static final Field PLUGIN_REDIRECT_PORT =
            set("plugin.redirect.port", Type.NUMBER, Unit.PORT, true, "port of that server");
    public static final Field PLUGIN_POLICY_SEEN = set(
            "plugin.policy_seen",
            Type.FLAG,
            true,
            "this client asked this server for a socket policy before, or in this flow");
    public static final Field PLUGIN_GRANTED = set(
            "plugin.granted",
            Type.FLAG,
            true,
            "the socket policies that this client was given by this server before open this port, as the plugin takes them;"
                    + " not said where one was not seen whole");
    public static final Field PLUGIN_POLICY_AGE = set(
            "plugin.policy_age",
            Type.NUMBER,
            Unit.SECONDS,
            true,
            "seconds from the last of these policies to the beginning of the flow");

    public static final Field PLUGIN_ENCRYPTED = set(
            "plugin.encrypted",
            Type.TEXT,
            true,
            "in a plugin's port range, why what is said cannot be seen: tls, or entropy, where no protocol was recognised and the bytes look random");
    public static final Field PLUGIN_ENTROPY = set(
            "plugin.entropy",
            Type.DECIMAL,
            Unit.BITS_PER_BYTE,
            true,
            "in a plugin's port range, where no protocol was recognised: bits a byte over the first kilobyte, from 0 to 8");

    private Common() {}

    private static long port(Event event, boolean client) {
        Conversation flow = event.flow();
        return flow.hasPorts() ? client ? flow.clientPort() : flow.serverPort() : Field.UNKNOWN;
    }

    private static Field number(String path, Type type, Unit unit, String meaning, ToLongFunction<Event> reader) {
        return add(new Field(path, type, unit, meaning, reader));
    }

    private static Field derived(String path, Type type, String meaning, Function<Event, Object> reader) {
        return derived(path, type, Unit.NONE, meaning, reader);
    }

    private static Field derived(String path, Type type, Unit unit, String meaning, Function<Event, Object> reader) {
        return add(new Field(path, type, unit, path.equals("midstream"), meaning, -1, reader));
    }

    private static Field set(String path, Type type, boolean own, String meaning) {
        return set(path, type, Unit.NONE, own, meaning);
    }

    private static Field set(String path, Type type, Unit unit, boolean own, String meaning) {
        return add(new Field(path, type, unit, own, meaning, slots++, null));
    }

    private static Field add(Field field) {
        FIELDS.add(field);
        return field;
    }

    /** In the order in which they are written. */
    public static List<Field> fields() {
        return FIELDS;
    }

    static int slots() {
        return slots;
    }
}
