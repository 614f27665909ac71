package org.sandbar.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/** Which requests come from a page that their client loaded. */
class PagesTest {
    private static final String CLIENT = "192.168.1.5";

    private final Pages pages = new Pages(Limits.USUAL);
    private double seconds;
    private long ordinal;

    private Event request(String client, String host, Long port) {
        Packet packet = new Packet();
        packet.ordinal = ++ordinal;
        packet.ipVersion = 4;
        packet.protocol = Packet.TCP;
        packet.sourceLow = Address.parse(client).low();
        packet.tcpFlags = Packet.SYN;
        Conversation flow =
                new FlowTable<>(Flow::new, Limits.USUAL).begin(packet).conversation();
        return Event.at(HttpEvents.HTTP, flow, ++ordinal, (long) (seconds * 1e9))
                .set(HttpEvents.HOSTNAME, host)
                .set(HttpEvents.PORT, port)
                .set(HttpEvents.STATUS, 200L)
                .set(HttpEvents.CONTENT_TYPE, "text/html")
                .set(HttpEvents.USER_AGENT, "Mozilla/5.0 (X11)");
    }

    private List<Event> see(Event request) {
        List<Event> told = new ArrayList<>();
        pages.see(request, told);
        return told;
    }

    private int asks(String client, String origin) {
        return see(request(client, "api.example", null).set(HttpEvents.ORIGIN, origin))
                .size();
    }

    @Test
    void anOriginWhosePageWasLoaded() {
        assertEquals(0, asks(CLIENT, "http://www.example"));
        see(request(CLIENT, "WWW.example", null));
        see(request(CLIENT, "other.example", 8080L));
        Event asking = request(CLIENT, "api.example", null).set(HttpEvents.ORIGIN, "http://www.EXAMPLE");
        Event told = see(asking).get(0);
        assertEquals("page-of-origin", told.text(FlowEvents.SIGNAL));
        assertEquals("http://www.EXAMPLE", told.text(FlowEvents.DETAIL));
        assertEquals(asking.ordinal(), told.ordinal());
        assertEquals(1, asks(CLIENT, "http://other.example:8080"));
        assertEquals(0, asks(CLIENT, "http://other.example"));
        assertEquals(0, asks(CLIENT, "https://www.example"));
        assertEquals(0, asks("192.168.1.6", "http://www.example"));
        seconds = Bound.PAGE_SECONDS.usual() + 1;
        assertEquals(0, asks(CLIENT, "http://www.example"));
    }

    @Test
    void whatIsNoPage() {
        see(request(CLIENT, "a.example", null).set(HttpEvents.CONTENT_TYPE, "application/json"));
        see(request(CLIENT, "a.example", null).set(HttpEvents.STATUS, 404L));
        see(request(CLIENT, "a.example", null).set(HttpEvents.USER_AGENT, "curl/8"));
        assertEquals(0, asks(CLIENT, "http://a.example"));
        see(request(CLIENT, "a.example", null).set(HttpEvents.STATUS, 304L).set(HttpEvents.CONTENT_TYPE, null));
        assertEquals(1, asks(CLIENT, "http://a.example"));
    }
}
