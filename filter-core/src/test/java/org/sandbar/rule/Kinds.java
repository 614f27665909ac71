package org.sandbar.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.engine.BuiltIn;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.protocol.ftp.FtpDataEvents;
import org.sandbar.protocol.ftp.FtpEvents;
import org.sandbar.protocol.http.HttpEvents;
import org.sandbar.protocol.policyfile.PolicyFileEvents;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/** What the protocols declare, and a stand-in, and events of them. */
final class Kinds {
    static final EventKind FTP = FtpEvents.FTP;
    static final EventKind FTP_DATA = FtpDataEvents.FTP_DATA;
    static final EventKind HTTP = HttpEvents.HTTP;
    static final EventKind POLICY_FILE = PolicyFileEvents.POLICY_FILE;

    /** One field of every type. */
    static final EventKind THING = new EventKind("thing");

    static final List<EventKind> ALL = new ArrayList<>(BuiltIn.kinds());

    static {
        ALL.add(THING);
        THING.eve("text", Type.TEXT, "");
        THING.eve("other", Type.TEXT, "");
        THING.eve("texts", Type.TEXTS, "");
        THING.eve("number", Type.NUMBER, "");
        THING.eve("decimal", Type.DECIMAL, "");
        THING.eve("flag", Type.FLAG, "");
        THING.eve("address", Type.ADDRESS, "");
        THING.eve("time", Type.TIME, "");
        THING.eve("rows", Type.ROWS, "");
        THING.eve("inner", Type.TEXT, "");
        THING.eve("word", Type.TEXT, "");
    }

    private Kinds() {}

    /** An event of a client 192.168.1.5:40000 and a server 198.51.100.21:4510, with these facts: path, value, path, value, … */
    static Event event(EventKind kind, Object... facts) {
        return event("198.51.100.21", kind, facts);
    }

    static Event event(String server, EventKind kind, Object... facts) {
        return set(Event.at(kind, conversation(server), 1, 1), facts);
    }

    static Event eventAt(int port, EventKind kind, Object... facts) {
        return set(Event.at(kind, conversation("198.51.100.21", port), 1, 1), facts);
    }

    static Conversation conversation(String server) {
        return conversation(server, 4_510);
    }

    private static Conversation conversation(String server, int port) {
        Packet packet = new Packet();
        packet.ordinal = 1;
        packet.ipVersion = 4;
        packet.protocol = Packet.TCP;
        packet.sourceLow = Address.parse("192.168.1.5").low();
        packet.destinationLow = Address.parse(server).low();
        packet.sourcePort = 40_000;
        packet.destinationPort = port;
        packet.tcpFlags = Packet.SYN;
        return new FlowTable<>(Flow::new, Limits.USUAL).begin(packet).conversation();
    }

    static Event set(Event event, Object... facts) {
        for (int i = 0; i < facts.length; i += 2) {
            Field field = event.kind().field((String) facts[i]);
            event.set(field, facts[i + 1] instanceof Integer number ? (Object) number.longValue() : facts[i + 1]);
        }
        return event;
    }

    static RuleSet shipped() {
        return RuleSet.load(List.of(Path.of(System.getProperty("sandbar.root"), "rules")), ALL, Limits.USUAL);
    }
}
