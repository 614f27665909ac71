package org.sandbar.rule;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;
import org.sandbar.yaml.Fault;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlFile;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/**
 * Reads an event back from a line of EVE JSON, which is YAML too. The line need hold no more than what a rule asks for: whoever is not
 * named talks from one documentation address to another. An alert's line says nothing of its event's kind; it is taken for an
 * event of the kind that the rule looks at. A field that is not known, or holds something else than its type, is told at its place.
 */
final class EventLine {
    private static final String ALERT = "alert";
    /** What a line holds beside fields. */
    private static final Set<String> PASSED_OVER =
            Set.of("timestamp", ALERT, "vlan", "icmp_type", "icmp_code", "sandbar.rule");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][XX][XXX]");
    private static final String CLIENT = "192.0.2.1";
    private static final String SERVER = "198.51.100.1";
    private static final int CLIENT_PORT = 40_000;

    private final List<EventKind> kinds;
    private final Rule rule;

    EventLine(List<EventKind> kinds, Rule rule) {
        this.kinds = kinds;
        this.rule = rule;
    }

    /**
     * The events of a file of lines, such as the output of a run, in their order; those that cannot be read are told and left out.
     * Statistics and the alerts of other rules are passed over.
     */
    List<Event> readAll(Path file, List<Fault> faults) {
        List<Event> events = new ArrayList<>();
        for (YamlNode node : YamlFile.readLines(file, faults)) {
            YamlMap line = node.asMap();
            Event event = line == null || isOfOthers(line) ? null : read(line);
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private boolean isOfOthers(YamlMap line) {
        String type = text(line.get("event_type"));
        String alerting = line.get("sandbar") instanceof YamlMap own ? text(own.get("rule")) : "";
        return type.equals("stats") || type.equals(ALERT) && !alerting.equals(rule.name());
    }

    private static String text(YamlNode node) {
        return node instanceof YamlScalar scalar ? scalar.text() : "";
    }

    /** Null where the kind of event is not known. */
    Event read(YamlMap line) {
        EventKind kind = kind(line);
        if (kind == null) {
            return null;
        }
        Map<String, YamlNode> values = new LinkedHashMap<>();
        collect(line, "", kind, values);
        Event event = Event.at(
                kind,
                conversation(line, values),
                number(values.get(Common.PACKET.path()), Long.MAX_VALUE, 1),
                time(line.get("timestamp")));
        values.forEach((path, node) -> set(event, path, node));
        if (kind == FlowEvents.FLOW && event.get(FlowEvents.PHASE) == null) {
            event.set(FlowEvents.PHASE, FlowEvents.ENDED);
        }
        return event;
    }

    private EventKind kind(YamlMap line) {
        YamlNode type = line.need("event_type");
        String name = type == null ? null : type.asText();
        if (name == null) {
            return null;
        }
        if (name.equals(ALERT) && rule.kinds().size() == 1) {
            return rule.kinds().iterator().next();
        }
        List<String> known = new ArrayList<>();
        for (EventKind kind : kinds) {
            if (kind.name().equals(name)) {
                return kind;
            }
            known.add(kind.name());
        }
        type.fault(
                name.equals(ALERT)
                        ? "the rule looks at several kinds of events: put the event's own in place of 'alert'"
                        : "no kind of event is called '" + name + "'" + Spelling.hint(name, known));
        return null;
    }

    /** What the fields hold, by path; {@code sandbar} is no part of a path. */
    private static void collect(YamlMap map, String before, EventKind kind, Map<String, YamlNode> values) {
        for (YamlMap.Entry entry : map.entries()) {
            String path = before + entry.key().text();
            if (PASSED_OVER.contains(path)) {
                continue;
            }
            String fieldPath = path.startsWith("sandbar.") ? path.substring("sandbar.".length()) : path;
            if (kind.field(fieldPath) == null && entry.value() instanceof YamlMap inner) {
                collect(inner, path + '.', kind, values);
            } else if (Detection.field(kind, entry.key(), fieldPath) != null) {
                values.put(fieldPath, entry.value());
            }
        }
    }

    private static void set(Event event, String path, YamlNode node) {
        Field field = event.kind().field(path);
        if (!field.isDerived() && !node.isNull()) {
            event.set(field, value(field.type(), node));
        }
    }

    private static Object value(Type type, YamlNode node) {
        return switch (type) {
            case TEXT -> node instanceof YamlScalar scalar ? scalar.text() : node.asText();
            case NUMBER -> node.asNumber(Long.MIN_VALUE, Long.MAX_VALUE);
            case DECIMAL -> node.asDecimal();
            case FLAG -> node.asFlag();
            case TIME -> time(node);
            case ADDRESS, ADDRESS_OR_ANY -> address(node);
            case TEXTS -> list(Type.TEXT, node);
            case ADDRESSES -> list(Type.ADDRESS, node);
            case ROWS -> rows(node);
        };
    }

    private static List<Object> list(Type type, YamlNode node) {
        List<Object> values = new ArrayList<>();
        List<YamlNode> elements = node.asList();
        for (YamlNode element : elements == null ? List.<YamlNode>of() : elements) {
            Object value = value(type, element);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static List<Object> rows(YamlNode node) {
        List<Object> rows = new ArrayList<>();
        List<YamlNode> elements = node.asList();
        for (YamlNode element : elements == null ? List.<YamlNode>of() : elements) {
            Map<String, Object> row = new LinkedHashMap<>();
            YamlMap map = element.asMap();
            for (YamlMap.Entry entry : map == null ? List.<YamlMap.Entry>of() : map.entries()) {
                row.put(entry.key().text(), plain(entry.value()));
            }
            rows.add(row);
        }
        return rows;
    }

    private static Object plain(YamlNode node) {
        if (!(node instanceof YamlScalar scalar)) {
            return node.asText();
        }
        boolean fraction = scalar.text().indexOf('.') >= 0;
        return scalar.isFlag()
                ? scalar.asFlag()
                : !scalar.isNumber() ? scalar.text() : fraction ? scalar.asDecimal() : value(Type.NUMBER, scalar);
    }

    private static Address address(YamlNode node) {
        String text = node.asText();
        Address address = text == null ? null : Address.parse(text);
        if (text != null && address == null) {
            node.fault("'" + text + "' is no address");
        }
        return address;
    }

    private static Long time(YamlNode node) {
        if (!(node instanceof YamlScalar scalar)) {
            return 0L;
        }
        try {
            Instant instant = OffsetDateTime.parse(scalar.text(), TIME).toInstant();
            return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
        } catch (DateTimeException noTime) {
            node.fault("'" + scalar.text() + "' is no time such as 2026-11-24T10:00:00.000000+0000");
            return 0L;
        }
    }

    private static Conversation conversation(YamlMap line, Map<String, YamlNode> values) {
        YamlNode midstream = values.get(Common.MIDSTREAM.path());
        return new Conversation(
                number(values.get(Common.FLOW_ID.path()), Long.MAX_VALUE, 1),
                endpoint(values.get(Common.SRC_IP.path()), CLIENT),
                (int) number(values.get(Common.SRC_PORT.path()), 65_535, CLIENT_PORT),
                endpoint(values.get(Common.DEST_IP.path()), SERVER),
                (int) number(values.get(Common.DEST_PORT.path()), 65_535, 0),
                protocol(values.get(Common.PROTO.path())),
                (int) number(line.get("icmp_type"), 255, 0),
                (int) number(line.get("icmp_code"), 255, 0),
                midstream != null && Boolean.TRUE.equals(midstream.asFlag()));
    }

    private static long number(YamlNode node, long most, long otherwise) {
        Long number = node == null ? null : node.asNumber(0, most);
        return number == null ? otherwise : number;
    }

    private static Address endpoint(YamlNode node, String otherwise) {
        Address address = node == null ? null : address(node);
        return address == null ? Address.parse(otherwise) : address;
    }

    private static int protocol(YamlNode node) {
        int protocol = node instanceof YamlScalar scalar ? Conversation.protocolOf(scalar.text()) : Packet.TCP;
        if (protocol < 0) {
            node.fault("no transport protocol is called '" + ((YamlScalar) node).text() + "'");
        }
        return protocol;
    }
}
