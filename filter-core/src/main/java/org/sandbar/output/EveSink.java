package org.sandbar.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.rule.Rule;
import org.sandbar.verdict.Alert;
import org.sandbar.wire.Address;

/**
 * Events as Suricata's EVE JSON, a line each, at most {@link #LONGEST_LINE} bytes: all of Sandbar's own stands under the one key
 * {@code sandbar}. Everything off the wire is escaped by the JSON writer, so that it can forge no field and no line. A line that would
 * be longer is written with its texts cut. One thread.
 */
public final class EveSink implements EventSink {
    public static final int LONGEST_LINE = 8_191;

    private static final int[] TEXT_LIMITS = {4_096, 512, 96, 24};
    private static final SerializedString TIMESTAMP = new SerializedString("timestamp");
    private static final SerializedString FLOW_ID = new SerializedString("flow_id");
    private static final SerializedString PACKET = new SerializedString("pcap_cnt");
    private static final SerializedString EVENT_TYPE = new SerializedString("event_type");
    private static final SerializedString APP_PROTO = new SerializedString("app_proto");
    private static final SerializedString SANDBAR = new SerializedString("sandbar");
    private static final int GENERATOR_ID = 4502;
    private static final int ENDPOINTS_KEPT = 4_096;
    private static final String TECHNIQUE_TAG = "attack.t";
    /** By severity, in the words of Suricata's classification, which consumers know. */
    private static final Map<Integer, String> CATEGORIES =
            Map.of(1, "Misc Attack", 2, "Potentially Bad Traffic", 3, "Generic Protocol Command Decode");

    /** What stage 2 found: in the order in which it is written, before a kind's own fields. */
    private static final List<Field> FOUND = List.of(
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

    /** How one kind is written: its own fields where EVE has them, and those under {@code sandbar}. */
    private record Layout(FieldTree eve, FieldTree own, FieldTree ownAndFound) {
        static Layout of(EventKind kind) {
            List<Field> eve = new ArrayList<>();
            List<Field> own = new ArrayList<>();
            for (Field field : kind.fields()) {
                (field.isOwn() ? own : eve).add(field);
            }
            List<Field> all = new ArrayList<>(FOUND);
            all.addAll(own);
            return new Layout(FieldTree.of("", eve), FieldTree.of("", own), FieldTree.of("", all));
        }
    }

    private final LineBuffer line;
    private final JsonGenerator json;
    private final Set<String> wanted;
    private final TimeStamp times = new TimeStamp();
    private final Map<EventKind, Layout> layouts = new IdentityHashMap<>();
    private final Map<Conversation, SerializedString> endpoints = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Conversation, SerializedString> eldest) {
            return size() > ENDPOINTS_KEPT;
        }
    };

    /**
     * Writes to a stream that it closes in the end.
     *
     * @param destination its name in messages
     * @param wanted the event types to write; all where it is empty
     */
    public EveSink(OutputStream out, String destination, Set<String> wanted) {
        line = new LineBuffer(out, destination);
        this.wanted = wanted;
        try {
            json = new JsonFactory().createGenerator(line);
            json.setRootValueSeparator(null);
        } catch (IOException impossible) {
            throw new OutputException(destination, impossible);
        }
    }

    @Override
    public void event(Event event) {
        if (wanted.isEmpty() || wanted.contains(event.kind().name())) {
            write(event, null);
        }
    }

    @Override
    public void alert(Alert alert) {
        if (wanted.isEmpty() || wanted.contains("alert")) {
            write(alert.event(), alert.rule());
        }
    }

    @Override
    public void statistics(Statistics statistics) {
        if (wanted.isEmpty() || wanted.contains("stats")) {
            try {
                new StatsWriter(json, line, times).write(statistics);
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private void write(Event event, Rule rule) {
        for (int limit : TEXT_LIMITS) {
            try {
                writeLine(event, rule, limit);
                json.flush();
            } catch (IOException impossible) {
                throw new IllegalStateException("writing to memory cannot fail", impossible);
            }
            if (line.lineLength() <= LONGEST_LINE) {
                break;
            }
            line.takeBackLine();
        }
        line.endLine();
    }

    private void writeLine(Event event, Rule rule, int textLimit) throws IOException {
        Layout layout = layouts.get(event.kind());
        if (layout == null) {
            layout = Layout.of(event.kind());
            layouts.put(event.kind(), layout);
        }
        json.writeStartObject();
        writeHeader(event, rule);
        if (rule != null) {
            writeAlert(rule);
        }
        layout.eve.writeMembers(json, event, times, textLimit);
        boolean explained = rule != null || event.kind() == FlowEvents.FLOW;
        FieldTree own = explained ? layout.ownAndFound : layout.own;
        if (rule != null || own.isKnown(event)) {
            json.writeFieldName(SANDBAR);
            json.writeStartObject();
            if (rule != null) {
                json.writeStringField("rule", rule.name());
            }
            own.writeMembers(json, event, times, textLimit);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeHeader(Event event, Rule rule) throws IOException {
        // The line that ends a flow is its last.
        boolean last = rule == null && event.kind() == FlowEvents.FLOW;
        Conversation flow = event.flow();
        json.writeFieldName(TIMESTAMP);
        times.write(json, event.timeNs());
        json.writeFieldName(FLOW_ID);
        json.writeNumber(flow.flowId());
        if (!last) {
            json.writeFieldName(PACKET);
            json.writeNumber(event.ordinal());
        }
        json.writeFieldName(EVENT_TYPE);
        json.writeString(rule == null ? event.kind().name() : "alert");
        SerializedString known = last ? endpoints.remove(flow) : endpointsOf(flow);
        if (known != null) {
            json.writeRaw(known);
        } else {
            json.writeRaw(endpointsText(flow));
        }
        String protocol = event.text(Common.APP_PROTO);
        if (protocol != null) {
            json.writeFieldName(APP_PROTO);
            json.writeString(protocol);
        }
    }

    /** The members that are the same in every line of a flow, with a comma first. None of it comes from payload. */
    private SerializedString endpointsOf(Conversation flow) {
        SerializedString known = endpoints.get(flow);
        if (known == null) {
            known = new SerializedString(endpointsText(flow));
            endpoints.put(flow, known);
        }
        return known;
    }

    private static String endpointsText(Conversation flow) {
        StringBuilder text = new StringBuilder(192);
        int vlans = flow.vlans();
        if (vlans != 0) {
            text.append(",\"vlan\":[").append(vlans & 0xfff);
            text.append(vlans >>> 28 != 0 ? "," + (vlans >>> 16 & 0xfff) : "").append(']');
        }
        endpoint(text, "src", flow, flow.client(), flow.clientPort());
        endpoint(text, "dest", flow, flow.server(), flow.serverPort());
        text.append(",\"proto\":\"").append(flow.protocolName());
        text.append("\",\"ip_v\":").append(flow.client().version());
        if (flow.isIcmp()) {
            text.append(",\"icmp_type\":").append(flow.icmpType());
            text.append(",\"icmp_code\":").append(flow.icmpCode());
        }
        return text.append(",\"community_id\":\"")
                .append(flow.communityId())
                .append('"')
                .toString();
    }

    private static void endpoint(StringBuilder text, String side, Conversation flow, Address address, int port) {
        text.append(",\"").append(side).append("_ip\":\"").append(address).append('"');
        if (flow.hasPorts()) {
            text.append(",\"").append(side).append("_port\":").append(port);
        }
    }

    private void writeAlert(Rule rule) throws IOException {
        json.writeObjectFieldStart("alert");
        json.writeStringField("action", "allowed");
        json.writeNumberField("gid", GENERATOR_ID);
        json.writeNumberField("signature_id", rule.sid());
        json.writeNumberField("rev", rule.rev());
        json.writeStringField("signature", rule.title());
        json.writeStringField("category", CATEGORIES.get(rule.level().severity()));
        json.writeNumberField("severity", rule.level().severity());
        writeMetadata(rule);
        json.writeEndObject();
    }

    private void writeMetadata(Rule rule) throws IOException {
        boolean open = false;
        for (String tag : rule.tags()) {
            if (tag.startsWith(TECHNIQUE_TAG)) {
                if (!open) {
                    json.writeObjectFieldStart("metadata");
                    json.writeArrayFieldStart("mitre_technique_id");
                    open = true;
                }
                json.writeString("T" + tag.substring(TECHNIQUE_TAG.length()));
            }
        }
        if (open) {
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    @Override
    public void flush() {
        line.flushOut();
    }

    @Override
    public void close() {
        line.close();
    }
}
