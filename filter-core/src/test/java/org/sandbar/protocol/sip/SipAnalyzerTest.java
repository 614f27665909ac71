package org.sandbar.protocol.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Announcements;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Probe;
import org.sandbar.wire.Packet;

class SipAnalyzerTest {
    private static final SipProtocol OVER_TCP = new SipProtocol(Packet.TCP);
    private static final SipProtocol OVER_UDP = new SipProtocol(Packet.UDP);

    private static List<Event> play(Dialogue dialogue) {
        return dialogue.play(OVER_TCP).events;
    }

    /** What is announced, without what is told in between. */
    private static List<String> announced(Dialogue dialogue) {
        List<String> announced = new ArrayList<>();
        for (Event event : dialogue.play(OVER_TCP).all) {
            if (event.kind() == Announcements.ANNOUNCED) {
                announced.add(event.get(Announcements.TRANSPORT) + " " + event.get(Announcements.IP) + " "
                        + event.get(Announcements.PORT) + " " + event.get(Announcements.ACCEPTED));
            }
        }
        return announced;
    }

    @Test
    void aRegistration() {
        List<Event> events = play(SipDialogues.registration());
        assertEquals(2, events.size());
        Event refused = events.get(0);
        assertEquals("401", refused.text(SipEvents.CODE));
        assertEquals(false, refused.get(SipEvents.REGISTERED));
        Event event = events.get(1);
        assertEquals("REGISTER", event.text(SipEvents.METHOD));
        assertEquals("sip:e.example", event.text(SipEvents.URI));
        assertEquals("200", event.text(SipEvents.CODE));
        assertEquals("OK", event.text(SipEvents.REASON));
        assertEquals(List.of("100"), event.get(SipEvents.PROVISIONAL));
        assertEquals("192.168.1.5", event.get(SipEvents.CONTACT_IP).toString());
        assertEquals(5_000L, event.get(SipEvents.CONTACT_PORT));
        assertEquals("tcp", event.get(SipEvents.CONTACT_TRANSPORT));
        assertEquals(60L, event.get(SipEvents.EXPIRES));
        assertTrue(event.is(SipEvents.REGISTERED));
        assertFalse(event.is(SipEvents.THIRD_PARTY));
        assertFalse(String.join("", SipDialogues.registration().play(OVER_TCP).lines())
                .contains("secret"));
        assertEquals(
                List.of(
                        "6 192.168.1.5 5000 null",
                        "6 192.168.1.5 5000 false",
                        "6 192.168.1.5 5000 null",
                        "6 192.168.1.5 5000 true"),
                announced(SipDialogues.registration()));
    }

    @Test
    void aCall() {
        List<Event> events = play(SipDialogues.call());
        assertEquals(2, events.size());
        Event event = events.get(0);
        assertEquals(List.of("100", "183"), event.get(SipEvents.PROVISIONAL));
        assertEquals(
                "[{sender=client, media=audio, ip=192.168.1.5, port=6000, rtcp_port=6001},"
                        + " {sender=client, media=video, ip=192.168.1.5, port=6010, rtcp_port=7011},"
                        + " {sender=server, media=audio, ip=203.0.113.9, port=7000, rtcp_port=7001}]",
                event.get(SipEvents.ENDPOINTS).toString());
        assertEquals(6_000L, event.get(SipEvents.ENDPOINT_PORT));
        assertTrue(event.is(SipEvents.THIRD_PARTY));
        assertEquals("BYE", events.get(1).text(SipEvents.METHOD));
        assertEquals(
                List.of(
                        "17 192.168.1.5 6000 null",
                        "17 192.168.1.5 6001 null",
                        "17 192.168.1.5 6010 null",
                        "17 192.168.1.5 7011 null",
                        "17 203.0.113.9 7000 null",
                        "17 203.0.113.9 7001 null",
                        "17 192.168.1.5 6000 true",
                        "17 192.168.1.5 6001 true",
                        "17 192.168.1.5 6010 true",
                        "17 192.168.1.5 7011 true",
                        "17 203.0.113.9 7000 true",
                        "17 203.0.113.9 7001 true"),
                announced(SipDialogues.call()));
    }

    @Test
    void anOfferInTheResponseIsTakenByTheAck() {
        Dialogue dialogue = SipDialogues.dialogue()
                .client(SipDialogues.request("INVITE", 1, "", ""))
                .server(SipDialogues.response("200 OK", "1 INVITE", "", SipDialogues.ANSWER))
                .client(SipDialogues.request(
                        "ACK", 1, "", "v=0\r\nc=IN IP4 192.168.1.5\r\nm=audio 9000 RTP/AVP 0\r\n"));
        assertEquals(
                List.of(
                        "17 203.0.113.9 7000 null",
                        "17 203.0.113.9 7001 null",
                        "17 203.0.113.9 7000 true",
                        "17 203.0.113.9 7001 true",
                        "17 192.168.1.5 9000 true",
                        "17 192.168.1.5 9001 true"),
                announced(dialogue));
    }

    @Test
    void whatIsSentAgain() {
        String request = SipDialogues.request("OPTIONS", 1, "", "");
        String response = SipDialogues.response("200 OK", "1 OPTIONS", "", "");
        List<Event> events = SipDialogues.dialogue()
                .client(request)
                .client(request)
                .server(response)
                .client(request)
                .server(response)
                .play(OVER_UDP)
                .events;
        assertEquals(1, events.size());
        assertEquals(2L, events.get(0).get(SipEvents.ATTEMPTS));
    }

    @Test
    void whatIsReleasedIsNotAnnounced() {
        String contact = "Contact: <sip:a@192.168.1.5:5000>;expires=0\r\n";
        Dialogue dialogue = SipDialogues.dialogue()
                .client(SipDialogues.request("REGISTER", 1, contact, ""))
                .server(SipDialogues.response("200 OK", "1 REGISTER", "", ""));
        assertEquals(List.of(), announced(dialogue));
        assertEquals(false, play(dialogue).get(0).get(SipEvents.REGISTERED));
    }

    @Test
    void bounds() {
        Limits limits = Limits.USUAL.with(Bound.SIP_MESSAGE_BYTES, 512).with(Bound.SIP_PENDING, 1);
        String large = SipDialogues.request("MESSAGE", 1, "", "y".repeat(5_000));
        String next = SipDialogues.request("OPTIONS", 2, "", "");
        List<Event> events = play(SipDialogues.dialogue().limits(limits).client(large + next));
        assertEquals(2, events.size());
        assertEquals(List.of("message-too-long"), events.get(0).get(SipEvents.FAULTS));
        assertNull(events.get(0).get(SipEvents.CODE));
        assertEquals("OPTIONS", events.get(1).text(SipEvents.METHOD));
        Dialogue endless =
                SipDialogues.dialogue().limits(limits).client("OPTIONS sip:a SIP/2.0\r\n" + "A: b\r\n".repeat(100));
        assertEquals(List.of("message-too-long"), play(endless).get(0).get(SipEvents.FAULTS));
    }

    @Test
    void aDatagramThatIsCut() {
        String cut = SipDialogues.request("MESSAGE", 1, "", "0123456789");
        Event event = SipDialogues.dialogue()
                .client(cut.substring(0, cut.length() - 1))
                .play(OVER_UDP)
                .events
                .get(0);
        assertEquals(List.of("body-cut"), event.get(SipEvents.FAULTS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<sip:a@192.168.1.5:5000;transport=UDP>;expires=5 | 192.168.1.5 | 5000 | udp | 5",
                "sip:192.168.1.5;expires=5;q=1 | 192.168.1.5 | 5060 | tcp | 5",
                "sips:a:b@192.168.1.5 | 192.168.1.5 | 5061 | tcp | -1",
                "\"sip:x, <y>\" < SIP:a@[2001:db8::1]:6000 > ; Expires=9 | 2001:db8::1 | 6000 | tcp | 9",
                "<sip:a@host.example:70000;transport=sctp> | null | -1 | null | -1",
                "<tel:123>, <sip:b@192.168.1.6:22> | 192.168.1.6 | 22 | tcp | -1",
                "<sip:a@192.168.1.5:5000?x=@y>;expires=x | 192.168.1.5 | 5000 | tcp | -1"
            })
    void contacts(String text, String address, int port, String transport, int expires) {
        Contact contact = Contact.all(text, Packet.TCP).get(0);
        assertEquals(address, String.valueOf(contact.address()));
        assertEquals(port, contact.port());
        assertEquals(transport, String.valueOf(contact.transportName()));
        assertEquals(expires, contact.expires());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REGISTER sip:e SIP/2.0~ | MATCH",
                "OPTIONS sip:e SIP/2.0 | NEED_MORE",
                "SIP/2.0 200 OK~ | MATCH",
                "SIP/2. | NEED_MORE",
                "~~INVITE sips:a@b;x SIP/2.0~ | MATCH",
                "~ | NEED_MORE",
                "REGIS | NEED_MORE",
                "GET / HTTP/1.1~ | NO_MATCH",
                "GET http://a/ HTTP/1.1~ | NO_MATCH",
                "OPTIONS rtsp://a/ RTSP/1.0~ | NO_MATCH",
                "RTSP/1.0 200 OK~ | NO_MATCH",
                "SIP/2.0 xyz~ | NO_MATCH",
                "SIP/2.0 900 x~ | NO_MATCH",
                "REGISTER sip:e SIP/3.0~ | NO_MATCH",
                "USER alice~ | NO_MATCH",
                "REGISTER sip:e~ | NO_MATCH"
            })
    void recognised(String text, Probe expected) {
        byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(expected, OVER_TCP.probe(5060, Direction.TO_SERVER, bytes, 0, bytes.length));
        Probe whole = expected == Probe.NEED_MORE && !text.equals("~") ? Probe.NO_MATCH : expected;
        assertEquals(whole, OVER_UDP.probe(5060, Direction.TO_SERVER, bytes, 0, bytes.length));
    }
}
