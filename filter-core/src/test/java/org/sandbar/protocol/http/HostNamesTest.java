package org.sandbar.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.protocol.Correlation;
import org.sandbar.protocol.Names;
import org.sandbar.protocol.Site;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/** Host against what DNS said to the same client. */
class HostNamesTest {
    private static final String CLIENT = "192.168.1.5";
    private static final String SERVER = "198.51.100.80";
    private static final String OTHER = "203.0.113.9";
    private static final String INSIDE = "192.168.1.1";

    private Correlation names = new HttpProtocol().correlation(Limits.USUAL, Site.UNKNOWN);
    private double seconds;
    private long ordinal;

    private Conversation flow(String client, String server) {
        Packet packet = new Packet();
        packet.ordinal = ++ordinal;
        packet.ipVersion = 4;
        packet.protocol = Packet.TCP;
        packet.sourceLow = Address.parse(client).low();
        packet.destinationLow = Address.parse(server).low();
        packet.tcpFlags = Packet.SYN;
        return new FlowTable<>(Flow::new, Limits.USUAL).begin(packet).conversation();
    }

    private Event event(EventKind kind, Conversation flow) {
        return Event.at(kind, flow, ++ordinal, (long) (seconds * 1e9));
    }

    private void answer(String client, String name, long ttl, String... addresses) {
        names.see(
                event(Names.ANSWERED, flow(client, "198.51.100.53"))
                        .set(Names.NAME, name)
                        .set(
                                Names.ADDRESSES,
                                Stream.of(addresses).map(Address::parse).toList())
                        .set(Names.TTL, ttl),
                new ArrayList<>());
    }

    /** What is found of a request from the client to a server. */
    private String request(String host, String server) {
        return request(host, flow(CLIENT, server));
    }

    private String request(String host, Conversation flow) {
        Event request = event(HttpEvents.HTTP, flow).set(HttpEvents.HOSTNAME, host);
        names.see(request, new ArrayList<>());
        return (request.is(HttpEvents.HOST_MISMATCH) ? "mismatch" : "")
                + (request.is(HttpEvents.HOST_REBOUND) ? "rebound" : "")
                + (request.is(HttpEvents.HOST_SINGLE_LABEL) ? "single" : "");
    }

    @Test
    void aNameGoesWhereDnsSaid() {
        answer(CLIENT, "www.example.org", 60, SERVER, OTHER);
        assertEquals("", request("www.example.org", SERVER));
        assertEquals("", request("WWW.Example.ORG.", OTHER));
        assertEquals("mismatch", request("www.example.org", "198.51.100.81"));
        assertEquals("", request("unknown.example.org", SERVER));
        assertEquals("single", request("intranet", SERVER));
    }

    @Test
    void whatAnotherClientWasToldIsNotUsed() {
        answer("192.168.1.6", "www.example.org", 60, OTHER);
        assertEquals("", request("www.example.org", SERVER));
    }

    @Test
    void anAnswerHoldsForItsTimeAndALittle() {
        answer(CLIENT, "www.example.org", 10, OTHER);
        seconds = 70;
        assertEquals("mismatch", request("www.example.org", SERVER));
        seconds = 70.1;
        assertEquals("", request("www.example.org", SERVER));
        // What was ever answered may still be in use.
        answer(CLIENT, "www.example.org", 10, SERVER);
        assertEquals("", request("www.example.org", OTHER));
        seconds = 86_400 + 70.2;
        assertEquals("", request("www.example.org", "198.51.100.81"));
    }

    @Test
    void whoMeansAProxyIsNotBlamed() {
        answer(CLIENT, "www.example.org", 60, OTHER);
        Event request = event(HttpEvents.HTTP, flow(CLIENT, SERVER))
                .set(HttpEvents.HOSTNAME, "www.example.org")
                .set(HttpEvents.EXPLICIT_PROXY, true);
        names.see(request, new ArrayList<>());
        assertEquals(false, request.is(HttpEvents.HOST_MISMATCH));
    }

    @Test
    void aNameIsBoundAnew() {
        answer(CLIENT, "rebind.example.org", 1, SERVER);
        assertEquals("", request("rebind.example.org", SERVER));
        seconds = 5;
        answer(CLIENT, "rebind.example.org", 1, INSIDE);
        assertEquals("rebound", request("rebind.example.org", INSIDE));
        assertEquals("", request("rebind.example.org", SERVER));
        answer(CLIENT, "both.example.org", 1, SERVER, INSIDE);
        assertEquals("rebound", request("both.example.org", INSIDE));
    }

    @Test
    void insideNamesAndLateOnesAreNotBoundAnew() {
        answer(CLIENT, "printer.example.org", 60, INSIDE);
        assertEquals("", request("printer.example.org", INSIDE));
        // A laptop that leaves the house.
        answer(CLIENT, "printer.example.org", 60, SERVER);
        assertEquals("", request("printer.example.org", INSIDE));
        answer(CLIENT, "late.example.org", 60, SERVER);
        seconds = 3_601;
        answer(CLIENT, "late.example.org", 60, INSIDE);
        assertEquals("", request("late.example.org", INSIDE));
    }

    @Test
    void namesAreBounded() {
        names = new HttpProtocol().correlation(Limits.USUAL.with(Bound.DNS_NAMES, 16), Site.UNKNOWN);
        for (int i = 0; i < 17; i++) {
            answer(CLIENT, "n" + i + ".example.org", 60, OTHER);
        }
        assertEquals("", request("n0.example.org", SERVER));
        assertEquals("mismatch", request("n1.example.org", SERVER));
    }

    @Test
    void aConnectionOlderThanTheAnswersIsNotBlamed() {
        Conversation before = flow(CLIENT, SERVER);
        answer(CLIENT, "www.example.org", 60, OTHER);
        assertEquals("", request("www.example.org", before));
        assertEquals("mismatch", request("www.example.org", SERVER));
        // One that began when its address was still known.
        answer(CLIENT, "pool.example.org", 60, SERVER);
        Conversation begun = flow(CLIENT, SERVER);
        for (int i = 0; i < Names.MOST_ADDRESSES; i++) {
            assertEquals("", request("pool.example.org", begun));
            answer(CLIENT, "pool.example.org", 60, "203.0.113." + (100 + i));
        }
        assertEquals("", request("pool.example.org", begun));
        assertEquals("mismatch", request("pool.example.org", SERVER));
        assertEquals("", request("pool.example.org", "203.0.113.100"));
    }

    @Test
    void rebindingWearsOff() {
        answer(CLIENT, "rebind.example.org", 1, SERVER);
        seconds = 10;
        answer(CLIENT, "rebind.example.org", 1, INSIDE);
        seconds = 3_600;
        assertEquals("rebound", request("rebind.example.org", INSIDE));
        answer(CLIENT, "rebind.example.org", 1, INSIDE);
        seconds = 3_601;
        assertEquals("", request("rebind.example.org", INSIDE));
    }

    @Test
    void timeMayGoBack() {
        seconds = 10_000;
        answer(CLIENT, "www.example.org", 60, OTHER);
        answer(CLIENT, "rebind.example.org", 1, SERVER);
        seconds = 1;
        assertEquals("mismatch", request("www.example.org", SERVER));
        answer(CLIENT, "rebind.example.org", 1, INSIDE);
        assertEquals("rebound", request("rebind.example.org", INSIDE));
        answer(CLIENT, "www.example.org", 60, OTHER);
        seconds = 121.1;
        assertEquals("", request("www.example.org", SERVER));
    }
}
