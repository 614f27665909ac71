package org.sandbar.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/** Which two flows are the legs of one that is passed on. */
class RedirectsTest {
    private static final String CLIENT = "192.168.1.5";
    private static final String HOST = "198.51.100.45";
    private static final String BEHIND = "203.0.113.9";
    private static final String HELLO = "GET /a HTTP/1.1\r\n";

    private final Redirects redirects = new Redirects(Limits.USUAL);
    private long ordinal;

    private Conversation flow(String client, String server, int port) {
        Packet packet = new Packet();
        packet.ordinal = ++ordinal;
        packet.ipVersion = 4;
        packet.protocol = Packet.TCP;
        packet.sourceLow = Address.parse(client).low();
        packet.destinationLow = Address.parse(server).low();
        packet.sourcePort = (int) (30_000 + ordinal);
        packet.destinationPort = port;
        packet.tcpFlags = Packet.SYN;
        return new FlowTable<>(Flow::new, Limits.USUAL).begin(packet).conversation();
    }

    private Conversation door(double seconds) {
        redirects.begin(Address.parse(HOST), (long) (seconds * 1e9));
        return flow(CLIENT, HOST, 4502);
    }

    private Redirects.Legs says(Conversation flow, String speaker, String bytes, double seconds) {
        Event event = Event.at(FlowEvents.OPENING, flow, ++ordinal, (long) (seconds * 1e9))
                .set(FlowEvents.OPENING_BYTES, bytes)
                .set(FlowEvents.OPENING_SPEAKER, speaker);
        return redirects.see(event, flow.serverPort() == 4502);
    }

    @Test
    void theClientSpeaksFirst() {
        Conversation first = door(0);
        Conversation second = flow(HOST, BEHIND, 80);
        assertNull(says(first, "client", HELLO, 0));
        // The redirector may pass on less at a time, or more.
        assertEquals(new Redirects.Legs(first, second), says(second, "client", HELLO.substring(0, 9), 0.9));
    }

    @Test
    void theServerSpeaksFirst() {
        Conversation first = door(0);
        Conversation second = flow(HOST, BEHIND, 25);
        assertNull(says(second, "server", "220 mail ready", 0));
        assertEquals(new Redirects.Legs(first, second), says(first, "server", "220 mail ready\r\n", 0.1));
    }

    @Test
    void whatIsNoRedirection() {
        says(door(0), "client", HELLO, 0);
        assertNull(says(flow(HOST, BEHIND, 80), "client", "GET /b HTTP/1.1", 0.1), "other bytes");
        assertNull(says(flow(HOST, BEHIND, 80), "server", HELLO, 0.1), "another speaker");
        assertNull(says(flow(CLIENT, BEHIND, 80), "client", HELLO, 0.1), "not from that host");
        assertNull(says(flow(HOST, BEHIND, 80), "client", HELLO, 1.1), "too late");
    }

    @Test
    void onlyAHostWithAPluginPortIsWatched() {
        assertNull(says(flow(HOST, BEHIND, 25), "server", "220 mail ready", 0));
        assertNull(says(door(0.1), "server", "220 mail ready", 0.2));
    }
}
