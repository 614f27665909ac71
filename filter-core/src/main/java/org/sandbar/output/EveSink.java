package org.sandbar.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
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
import org.sandbar.verdict.Alert;
import org.sandbar.wire.Address;

/**
 * Events as Suricata's EVE JSON, a line each, at most {@link #LONGEST_LINE} bytes: all of Sandbar's own stands under the one key
 * {@code sandbar}. Everything off the wire is escaped by the JSON writer, so that it can forge no field and no line. A line that would
 * be longer is written with its texts cut. One thread.
 */
public final class EveSink extends LineSink {
    public static final int LONGEST_LINE = LineSink.LONGEST_LINE;

    private static final SerializedString TIMESTAMP = new SerializedString("timestamp");
    private static final SerializedString FLOW_ID = new SerializedString("flow_id");
    private static final SerializedString PACKET = new SerializedString("pcap_cnt");
    private static final SerializedString EVENT_TYPE = new SerializedString("event_type");
    private static final SerializedString APP_PROTO = new SerializedString("app_proto");
    private static final int ENDPOINTS_KEPT = 4_096;
    /** Rows of the alert; a field stands where EVE has it, or under {@code sandbar}. */
    private static final Mapping MAPPING =
            new Mapping("eve.txt", field -> field.isOwn() ? "sandbar." + field.path() : field.path());

    /** What the sink writes itself, at the beginning of each line. */
    private static final List<Field> HEADER = List.of(
            Common.TIMESTAMP,
            Common.FLOW_ID,
            Common.PACKET,
            Common.EVENT_TYPE,
            Common.SRC_IP,
            Common.SRC_PORT,
            Common.DEST_IP,
            Common.DEST_PORT,
            Common.PROTO,
            Common.IP_V,
            Common.COMMUNITY_ID,
            Common.APP_PROTO);

    private final JsonGenerator json;
    private final TimeStamp times = new TimeStamp(TimeStamp.Style.EVE);
    private final Layouts<RecordTree> layouts = new Layouts<>(EveSink::layout);
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
        super(out, destination, wanted);
        json = VisibleJson.generator(line);
    }

    private static RecordTree layout(EventKind kind, boolean alert) {
        List<Field> fields = Told.fields(kind, alert);
        fields.removeAll(HEADER);
        List<Mapping.Place> places = new ArrayList<>(MAPPING.places(kind, alert, fields));
        places.sort((one, other) ->
                Boolean.compare(one.path().startsWith("sandbar."), other.path().startsWith("sandbar.")));
        return RecordTree.of(places);
    }

    /** Adds what stands in lines about events of this kind. */
    static void describe(EventKind kind, boolean alert, Schema schema) {
        HEADER.forEach(field -> schema.value(field.path(), List.of(Source.of(field)), false));
        schema.value("vlan", List.of(Told.source("vlan", kind)), true);
        schema.value("icmp_type", List.of(Told.source("icmp.type", kind)), false);
        schema.value("icmp_code", List.of(Told.source("icmp.code", kind)), false);
        layout(kind, alert).describe(schema);
    }

    @Override
    public void statistics(Statistics statistics) {
        if (isWanted("stats")) {
            try {
                new StatsWriter(json, line, times).write(statistics);
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    @Override
    void write(Event event, Alert alert, int textLimit) throws IOException {
        json.writeStartObject();
        writeHeader(event, alert);
        layouts.of(event, alert).writeMembers(json, event, alert, times, textLimit);
        json.writeEndObject();
        json.flush();
    }

    private void writeHeader(Event event, Alert alert) throws IOException {
        // The line that ends a flow is its last.
        boolean last = alert == null && event.kind() == FlowEvents.FLOW;
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
        json.writeString(alert == null ? event.kind().name() : "alert");
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
}
