package org.sandbar.protocol.irc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sandbar.bytes.Limits;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Segment;
import org.sandbar.protocol.Dialogue.Told;

class IrcAnalyzerTest {
    private static final IrcProtocol IRC = new IrcProtocol();
    private static final int MUTATIONS = 20_000;
    /** 3232235781 is the client, 192.168.1.5. */
    private static final String OFFER = "\u0001DCC SEND f.txt 3232235781 5000 99\u0001";

    private static final String REGISTRATION =
            "irc irc.registered=true irc.nick=al irc.user=al irc.server=irc.example.net";
    private static final String OFFERED = " irc.dcc=SEND irc.file=f.txt irc.size=99 irc.endpoint.ip=192.168.1.5"
            + " irc.endpoint.port=5000 irc.endpoint.private=true";

    private static Dialogue dialogue() {
        return new Dialogue().between("192.168.1.5", 40_000, "198.51.100.80", 6_667);
    }

    private static Dialogue registered() {
        return dialogue()
                .client("CAP LS 302\r\nNICK al\r\nUSER al 0 * :Al\r\n")
                .server(":irc.example.net NOTICE * :*** Looking up\r\n:irc.example.net 001 al :Welcome\r\n");
    }

    static Map<String, Dialogue> dialogues() {
        Map<String, Dialogue> all = new LinkedHashMap<>();
        all.put("offer", registered().client("PRIVMSG bob :" + OFFER + "\r\n").server("ERROR :bye\r\n"));
        all.put("pong", registered().server("PING :" + OFFER + "\r\n").client("PONG :" + OFFER + "\r\n"));
        all.put(
                "unregistered",
                dialogue().client("PRIVMSG bob :" + OFFER + "\n").server(":x 451 * :No\r\n"));
        all.put("incoming", registered().server("@time=1 :bob!b@h PRIVMSG al :" + OFFER + "\r\n"));
        all.put("talk", registered().client("JOIN #c\r\nPRIVMSG #c :hello\r\n").server(":al!al@h JOIN #c\r\n"));
        all.put(
                "long",
                registered().client("PRIVMSG #c :" + "x".repeat(20_000) + OFFER + "\r\nPONG :" + OFFER + "\r\n"));
        return all;
    }

    static Iterable<String> names() {
        return dialogues().keySet();
    }

    private static List<String> lines(String name) {
        return dialogues().get(name).play(IRC).lines();
    }

    @Test
    void registrationAndOffer() {
        assertEquals(
                List.of(
                        REGISTRATION,
                        "irc irc.command=PRIVMSG irc.sender=client irc.target=bob irc.registered=true irc.nick=al"
                                + OFFERED + " irc.third_party=false irc.privileged=false"),
                lines("offer"));
        assertEquals(List.of("irc-client"), dialogues().get("offer").play(IRC).evidence);
    }

    /** Neither to whom it belongs nor whether it is the sender's own is known of what the server passes on. */
    @Test
    void echoAndIncoming() {
        assertEquals(
                List.of(
                        REGISTRATION,
                        "irc irc.command=PING irc.sender=server irc.registered=true irc.nick=al" + OFFERED
                                + " irc.privileged=false",
                        "irc irc.command=PONG irc.sender=client irc.registered=true irc.nick=al" + OFFERED
                                + " irc.third_party=false irc.privileged=false"),
                lines("pong"));
        assertEquals(
                "irc irc.command=PRIVMSG irc.sender=server irc.target=al irc.registered=true irc.nick=al" + OFFERED
                        + " irc.privileged=false",
                lines("incoming").get(1));
    }

    @Test
    void withoutRegistration() {
        assertEquals(
                List.of("irc irc.command=PRIVMSG irc.sender=client irc.target=bob irc.registered=false" + OFFERED
                        + " irc.third_party=false irc.privileged=false"),
                lines("unregistered"));
        Told refused = dialogue()
                .client("NICK al\r\nUSER al 0 * :Al\r\n")
                .server(":irc.example.net 433 * al :Nickname is already in use\r\n")
                .play(IRC);
        assertEquals(List.of("irc irc.registered=false irc.nick=al irc.user=al"), refused.lines());
        assertEquals(List.of(), refused.evidence);
    }

    @Test
    void ordinaryTalkIsSilent() {
        assertEquals(List.of(REGISTRATION), lines("talk"));
    }

    @Test
    void joinedInMidstream() {
        Dialogue unknown = dialogue().midstream().client("PRIVMSG bob :" + OFFER + "\r\n");
        assertEquals(
                "irc irc.command=PRIVMSG irc.sender=client irc.target=bob" + OFFERED
                        + " irc.third_party=false irc.privileged=false",
                unknown.play(IRC).lines().get(0));
        Dialogue known =
                dialogue().midstream().server(":bob!b@h PRIVMSG al :hi\r\n").client("PRIVMSG bob :" + OFFER + "\r\n");
        assertTrue(known.play(IRC).lines().get(0).contains("irc.registered=true"));
    }

    @ParameterizedTest
    @CsvSource({
        "DCC SEND f 3405803785 5000, SEND, 203.0.113.9, 5000, true, false",
        "DCC CHAT chat 3232235781 22, CHAT, 192.168.1.5, 22, false, true",
        "dcc send \"a b.txt\" 3232235781 5000 7, SEND, 192.168.1.5, 5000, false, false",
        "DCC SEND f 192.168.1.5 5000, SEND, 192.168.1.5, 5000, false, false",
        "DCC SEND f 2001:db8::5 5000, SEND, 2001:db8::5, 5000, , false",
        "DCC SEND f 16843009 0 99 4, SEND, 1.1.1.1, 0, , false",
        "DCC SEND f 4294967296 5000, SEND, , , , ",
        "DCC SEND f 3232235781 65536, SEND, , , , ",
        "DCC SEND f 3232235781 5000a, SEND, , , , ",
        "DCC RESUME f 5000 1024, RESUME, 0.0.19.136, 1024, true, false",
        "DCC SEND, SEND, , , , ",
        "'DCC ', '', , , , "
    })
    void endpoints(String text, String verb, String ip, Long port, Boolean third, Boolean low) {
        Told told =
                registered().client("PRIVMSG bob :\u0001" + text + "\u0001\r\n").play(IRC);
        var event = told.events.get(1);
        assertEquals(verb, event.get(IrcEvents.DCC));
        assertEquals(ip, event.get(IrcEvents.ENDPOINT_IP) == null ? null : "" + event.get(IrcEvents.ENDPOINT_IP));
        assertEquals(port, event.get(IrcEvents.ENDPOINT_PORT));
        assertEquals(third, event.get(IrcEvents.THIRD_PARTY));
        assertEquals(low, event.get(IrcEvents.PRIVILEGED));
    }

    @Test
    void startTls() {
        Told told = dialogue()
                .client("STARTTLS\r\n")
                .server(":x 670 * :go\r\n")
                .client("\u0016\u0003\u0001")
                .play(IRC);
        assertEquals("tls", told.heir);
        assertEquals(null, registered().server(":x 670 * :go\r\n").play(IRC).heir);
    }

    @Test
    void whatIsNoIrcIsGivenUp() {
        Dialogue noise = registered();
        noise.client("\u0001\u0002\n".repeat(20));
        assertTrue(noise.play(IRC).abandoned);
    }

    @ParameterizedTest
    @MethodSource("names")
    void cutAnywhere(String name) {
        Dialogue dialogue = dialogues().get(name);
        List<String> expected = dialogue.play(IRC).lines();
        List<Segment> segments = dialogue.segments();
        for (int index = 0; index < segments.size(); index++) {
            int length = segments.get(index).bytes().length;
            for (int at = 1; at < length; at += at < 400 ? 1 : 97) {
                assertEquals(expected, dialogue.cut(index, at).play(IRC).lines(), "segment " + index + " at " + at);
            }
        }
        for (int size : new int[] {1, 2, 3, 7}) {
            Told pieces = dialogue.inPiecesOf(size).play(IRC);
            assertEquals(expected, pieces.lines());
            assertTrue(pieces.mostUnfinished <= Limits.USUAL.of(Limits.Bound.IRC_LINE_BYTES));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachSegmentLost(String name) {
        Dialogue dialogue = dialogues().get(name);
        for (int index = 0; index < dialogue.segments().size(); index++) {
            Told told = dialogue.losing(index).play(IRC);
            assertTrue(told.events.size() <= dialogue.play(IRC).events.size() + 1);
            assertTrue(told.lines().stream().noneMatch(line -> line.contains("irc.registered=false"))
                    || name.equals("unregistered")
                    || index == 0);
        }
    }

    @Test
    void mutations() {
        Random random = new Random(6_667);
        List<Dialogue> all = List.copyOf(dialogues().values());
        for (int i = 0; i < MUTATIONS; i++) {
            Dialogue mutated = dialogue();
            int lines = 2;
            for (Segment segment : all.get(i % (all.size() - 1)).segments()) {
                byte[] bytes = segment.bytes().clone();
                if (random.nextInt(8) == 0) {
                    mutated.lost(segment.direction(), 1 + random.nextInt(9));
                    continue;
                }
                for (int n = random.nextInt(5); n > 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                String text = new String(bytes, 0, 1 + random.nextInt(bytes.length), StandardCharsets.ISO_8859_1);
                lines += (int) text.chars().filter(letter -> letter == '\n').count();
                boolean toServer = (segment.direction() == Direction.TO_SERVER) != (random.nextInt(9) == 0);
                mutated = toServer ? mutated.client(text) : mutated.server(text);
            }
            assertTrue(mutated.play(IRC).events.size() <= lines);
        }
    }
}
