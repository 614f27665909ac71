package org.sandbar.protocol.ftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.protocol.Site;
import org.sandbar.wire.Address;
import org.sandbar.wire.Network;
import org.sandbar.wire.Packet;

/** Who came to what was announced, by the events of stage 1. Two hosts, a client and two servers, and somebody else. */
class FtpDataConnectionsTest {
    private static final String CLIENT = "192.168.1.5";
    private static final String SERVER = "198.51.100.21";
    private static final String OTHER_SERVER = "203.0.113.9";
    private static final String STRANGER = "203.0.113.66";
    private static final int FIRST_PORT = 40_000;

    private final List<Event> told = new ArrayList<>();
    private FtpDataConnections connections = new FtpDataConnections(Limits.USUAL, Site.UNKNOWN);
    private long ordinal;
    private long timeNs;

    private Conversation flow(String client, int clientPort, String server, int serverPort) {
        Packet packet = new Packet();
        packet.ordinal = ++ordinal;
        packet.timeNs = timeNs;
        packet.ipVersion = 4;
        packet.protocol = Packet.TCP;
        packet.sourceLow = Address.parse(client).low();
        packet.destinationLow = Address.parse(server).low();
        packet.sourcePort = clientPort;
        packet.destinationPort = serverPort;
        packet.tcpFlags = Packet.SYN;
        Conversation flow =
                new FlowTable<>(Flow::new, Limits.USUAL).begin(packet).conversation();
        see(event(FlowEvents.FLOW, flow).set(FlowEvents.PHASE, FlowEvents.BEGIN));
        return flow;
    }

    private Event event(org.sandbar.event.EventKind kind, Conversation flow) {
        return Event.at(kind, flow, ++ordinal, timeNs);
    }

    private Event see(Event event) {
        connections.see(event, told);
        told.removeIf(other -> !other.kind().isWritten());
        return event;
    }

    private Conversation control(String server) {
        return flow(CLIENT, FIRST_PORT + (int) ordinal, server, 21);
    }

    private Event port(Conversation control, String address, int port) {
        see(event(FtpEvents.ANNOUNCED, control)
                .set(FtpEvents.ANNOUNCED_BY, "PORT")
                .set(FtpEvents.ANNOUNCED_IP, Address.parse(address))
                .set(FtpEvents.ANNOUNCED_PORT, port));
        return see(event(FtpEvents.FTP, control)
                .set(FtpEvents.COMMAND, "PORT")
                .set(FtpEvents.MODE, FtpEvents.ACTIVE)
                .set(FtpEvents.ENDPOINT_IP, Address.parse(address))
                .set(FtpEvents.ENDPOINT_PORT, port)
                .set(FtpEvents.THIRD_PARTY, !address.equals(CLIENT) && !address.equals("0.0.0.0"))
                .set(FtpEvents.COMPLETION_CODE, List.of("200"))
                .set(FtpEvents.ACCEPTED, true));
    }

    private Event passive(Conversation control, String address, int port) {
        return see(event(FtpEvents.FTP, control)
                .set(FtpEvents.COMMAND, "PASV")
                .set(FtpEvents.MODE, FtpEvents.PASSIVE)
                .set(FtpEvents.ENDPOINT_IP, Address.parse(address))
                .set(FtpEvents.ENDPOINT_PORT, port)
                .set(FtpEvents.THIRD_PARTY, !address.equals(SERVER))
                .set(FtpEvents.COMPLETION_CODE, List.of("227"))
                .set(FtpEvents.ACCEPTED, true));
    }

    private void transfer(Conversation control, String command, String file) {
        see(event(FtpEvents.TRANSFER, control)
                .set(FtpEvents.TRANSFER_COMMAND, command)
                .set(FtpEvents.TRANSFER_FILE, file));
    }

    private void answered(Conversation control, String command, String file, String code) {
        see(event(FtpEvents.FTP, control)
                .set(FtpEvents.COMMAND, command)
                .set(FtpEvents.COMMAND_DATA, file)
                .set(FtpEvents.COMPLETION_CODE, List.of(code))
                .set(FtpEvents.ACCEPTED, code.startsWith("2")));
    }

    private Event end(Conversation flow, long toServer, long toClient) {
        return see(event(FlowEvents.FLOW, flow)
                .set(FlowEvents.PHASE, FlowEvents.ENDED)
                .set(FlowEvents.TCP_FLAGS, "1b")
                .set(FlowEvents.TCP_FLAGS_TO_SERVER, "1b")
                .set(FlowEvents.TCP_FLAGS_TO_CLIENT, "1b")
                .set(FlowEvents.PAYLOAD_TO_SERVER, toServer)
                .set(FlowEvents.PAYLOAD_TO_CLIENT, toClient));
    }

    /** Each data connection that was told: how it came about, its command, file and bytes, and what of the flags is set. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Event event : told) {
            StringBuilder line = new StringBuilder();
            for (Field field : List.of(
                    FtpDataEvents.ANNOUNCED_BY,
                    FtpDataEvents.MODE,
                    FtpDataEvents.COMMAND,
                    FtpDataEvents.FILENAME,
                    FtpDataEvents.BYTES)) {
                line.append(event.get(field)).append(' ');
            }
            line.append(event.is(FtpDataEvents.CONNECTED) ? "came" : "missed");
            line.append(Boolean.FALSE.equals(event.get(FtpDataEvents.EXPECTED)) ? " unexpected" : "");
            line.append(Boolean.FALSE.equals(event.get(FtpDataEvents.FOLLOWED)) ? " elsewhere" : "");
            line.append(event.is(FtpDataEvents.FXP) ? " fxp" : "");
            line.append(event.is(FtpDataEvents.INFERRED) ? " inferred" : "");
            line.append(event.is(FtpDataEvents.DEFAULT_PORT) ? " from-20" : "");
            lines.add(line.toString());
        }
        return lines;
    }

    @Test
    void activeFromPort20AndNot() {
        Conversation control = control(SERVER);
        port(control, CLIENT, 5_000);
        transfer(control, "RETR", "a");
        Conversation data = flow(SERVER, 20, CLIENT, 5_000);
        assertEquals("ftp-data", end(data, 2_600, 0).text(Common.APP_PROTO));
        port(control, "0.0.0.0", 5_001);
        transfer(control, "STOR", "b");
        end(flow(SERVER, 33_000, CLIENT, 5_001), 0, 77);
        assertEquals(List.of("PORT active RETR a 2600 came from-20", "PORT active STOR b 77 came"), lines());
        assertEquals(control.flowId(), told.get(0).get(FtpDataEvents.CONTROL));
        assertEquals(true, told.get(0).get(FtpDataEvents.COMPLETE));
        assertEquals(true, told.get(0).get(FtpDataEvents.ACCEPTED));
    }

    @Test
    void theServerConnectsBeforeItsReplyIsSeen() {
        Conversation control = control(SERVER);
        see(event(FtpEvents.ANNOUNCED, control)
                .set(FtpEvents.ANNOUNCED_BY, "EPRT")
                .set(FtpEvents.ANNOUNCED_IP, Address.parse(CLIENT))
                .set(FtpEvents.ANNOUNCED_PORT, 5_000));
        transfer(control, "LIST", null);
        end(flow(SERVER, 20, CLIENT, 5_000), 68, 0);
        assertEquals(List.of("EPRT active LIST null 68 came from-20"), lines());
    }

    @Test
    void aServerBehindTranslationNamesItsInnerAddress() {
        Conversation control = control(SERVER);
        passive(control, "10.0.0.21", 50_000);
        transfer(control, "RETR", "a");
        end(flow(CLIENT, 41_000, SERVER, 50_000), 0, 2_600);
        passive(control, "10.0.0.21", 50_001);
        transfer(control, "RETR", "b");
        end(flow(CLIENT, 41_001, "10.0.0.21", 50_001), 0, 2_600);
        end(control, 1, 1);
        assertEquals(List.of("227 passive RETR a 2600 came elsewhere", "227 passive RETR b 2600 came"), lines());
    }

    @Test
    void severalAtATime() {
        Conversation control = control(SERVER);
        passive(control, SERVER, 50_000);
        transfer(control, "RETR", "a");
        Conversation first = flow(CLIENT, 41_000, SERVER, 50_000);
        passive(control, SERVER, 50_001);
        transfer(control, "STOR", "b");
        Conversation second = flow(CLIENT, 41_001, SERVER, 50_001);
        end(second, 9, 0);
        end(first, 0, 8);
        assertEquals(List.of("227 passive STOR b 9 came", "227 passive RETR a 8 came"), lines());
    }

    @Test
    void inAPipelineTheCommandComesBeforeTheEndpoint() {
        Conversation control = control(SERVER);
        for (String file : List.of("a", "b")) {
            see(event(FtpEvents.TRANSFER, control)
                    .set(FtpEvents.TRANSFER_COMMAND, "RETR")
                    .set(FtpEvents.TRANSFER_FILE, file)
                    .set(FtpEvents.TRANSFER_EARLY, true));
        }
        passive(control, SERVER, 50_000);
        end(flow(CLIENT, 41_000, SERVER, 50_000), 0, 8);
        passive(control, SERVER, 50_001);
        end(flow(CLIENT, 41_001, SERVER, 50_001), 0, 9);
        assertEquals(List.of("227 passive RETR a 8 came", "227 passive RETR b 9 came"), lines());
    }

    @Test
    void aStrangerIsNotWhoWasExpectedAndDoesNotTakeTheOthersPlace() {
        Conversation control = control(SERVER);
        passive(control, SERVER, 50_000);
        transfer(control, "RETR", "secret");
        Conversation stranger = flow(STRANGER, 6_666, SERVER, 50_000);
        Conversation data = flow(CLIENT, 41_000, SERVER, 50_000);
        end(stranger, 0, 2_600);
        end(data, 0, 0);
        assertEquals(
                List.of("227 passive RETR secret 2600 came unexpected", "227 passive RETR secret 0 came"), lines());
        told.clear();
        end(flow(STRANGER, 6_667, SERVER, 50_000), 0, 0);
        assertEquals(List.of(), lines());
    }

    @Test
    void betweenTwoServers() {
        Conversation from = control(SERVER);
        Conversation to = control(OTHER_SERVER);
        passive(from, SERVER, 50_000);
        Event port = port(to, SERVER, 50_000);
        assertNull(port.get(FtpEvents.FXP_ALLOWED));
        transfer(from, "RETR", "a");
        transfer(to, "STOR", "b");
        end(flow(OTHER_SERVER, 20, SERVER, 50_000), 0, 2_600);
        end(from, 1, 1);
        end(to, 1, 1);
        assertEquals(List.of("PORT active STOR b 2600 came fxp from-20", "227 passive RETR a 2600 came fxp"), lines());
    }

    @Test
    void serversThatTransferAmongEachOtherOnPurpose() {
        Network servers = Network.parse("203.0.113.0/24");
        connections = new FtpDataConnections(Limits.USUAL, new Site(List.of(List.of(servers, Network.parse(SERVER)))));
        Conversation control = control(OTHER_SERVER);
        assertEquals(true, port(control, SERVER, 50_000).get(FtpEvents.FXP_ALLOWED));
        assertNull(port(control, "198.51.100.22", 50_001).get(FtpEvents.FXP_ALLOWED));
        assertNull(port(control, CLIENT, 50_002).get(FtpEvents.FXP_ALLOWED));
    }

    @Test
    void theOneThatNeverCame() {
        Conversation control = control(SERVER);
        port(control, CLIENT, 5_000);
        transfer(control, "RETR", "a");
        answered(control, "RETR", "a", "425");
        port(control, CLIENT, 5_001);
        transfer(control, "RETR", "missing");
        answered(control, "RETR", "missing", "550");
        port(control, CLIENT, 5_002);
        end(control, 1, 1);
        assertEquals(List.of("PORT active RETR a null missed"), lines());
        assertEquals(control, told.get(0).flow());
    }

    @Test
    void theOneThatWasRefused() {
        Conversation control = control(SERVER);
        port(control, CLIENT, 5_000);
        transfer(control, "RETR", "a");
        Conversation data = flow(SERVER, 20, CLIENT, 5_000);
        see(event(FlowEvents.FLOW, data)
                .set(FlowEvents.PHASE, FlowEvents.ENDED)
                .set(FlowEvents.TCP_FLAGS, "16")
                .set(FlowEvents.TCP_FLAGS_TO_SERVER, "02")
                .set(FlowEvents.TCP_FLAGS_TO_CLIENT, "14"));
        answered(control, "RETR", "a", "425");
        end(control, 1, 1);
        assertEquals(List.of("PORT active RETR a 0 missed from-20"), lines());
        assertEquals(data, told.get(0).flow());
    }

    @Test
    void itIsWaitedForSoLong() {
        Conversation control = control(SERVER);
        passive(control, "10.0.0.21", 50_000);
        transfer(control, "RETR", "a");
        timeNs = 300_000_000_000L;
        control(SERVER);
        assertEquals(List.of(), lines());
        timeNs++;
        end(flow(CLIENT, 41_000, SERVER, 50_000), 0, 1);
        assertEquals(List.of("227 passive RETR a null missed"), lines());
    }

    @Test
    void withoutAnAnnouncementTheServerConnectsToThePortOfTheControlConnection() {
        Conversation control = control(SERVER);
        transfer(control, "RETR", "a");
        end(flow(SERVER, 20, CLIENT, control.clientPort()), 5, 0);
        transfer(control, "RETR", "b");
        end(control, 1, 1);
        assertEquals(List.of("default active RETR a 5 came from-20"), lines());
    }

    @Test
    void aPortHoldsUntilThereIsAnother() {
        Conversation control = control(SERVER);
        port(control, CLIENT, 5_000);
        transfer(control, "RETR", "a");
        end(flow(SERVER, 20, CLIENT, 5_000), 5, 0);
        transfer(control, "RETR", "b");
        end(flow(SERVER, 20, CLIENT, 5_000), 6, 0);
        assertEquals(List.of("PORT active RETR a 5 came from-20", "PORT active RETR b 6 came from-20"), lines());
    }

    @Test
    void besideAnEncryptedControlConnection() {
        Conversation control = control(SERVER);
        see(event(FtpEvents.FTP, control).set(FtpEvents.COMMAND, "AUTH").set(FtpEvents.TLS, FtpEvents.EXPLICIT));
        end(flow(CLIENT, 41_000, SERVER, 50_000), 500, 3_000);
        end(flow(SERVER, 20, CLIENT, 50_001), 40, 2);
        end(flow(CLIENT, 41_002, SERVER, 443), 500, 3_000);
        end(flow(CLIENT, 41_003, OTHER_SERVER, 50_000), 500, 3_000);
        Conversation web = flow(CLIENT, 41_004, SERVER, 8_080);
        see(event(FlowEvents.FLOW, web).set(FlowEvents.PHASE, FlowEvents.ENDED).set(Common.APP_PROTO, "http"));
        end(control, 1, 1);
        end(flow(CLIENT, 41_005, SERVER, 50_002), 500, 3_000);
        assertEquals(
                List.of("null passive null null 3000 came inferred", "null active null null 40 came inferred from-20"),
                lines());
    }

    @Test
    void aFloodStaysWithinItsBoundAndSaysSo() {
        Limits limits = Limits.USUAL.with(Bound.EXPECTED_CONNECTIONS, 16);
        connections = new FtpDataConnections(limits, Site.UNKNOWN);
        Conversation control = control(SERVER);
        int crowdedOut = 0;
        for (int port = 5_000; port < 5_100; port++) {
            crowdedOut += port(control, CLIENT, port).is(FtpEvents.CROWDED_OUT) ? 1 : 0;
        }
        assertEquals(100 - 16, crowdedOut);
        end(flow(SERVER, 20, CLIENT, 5_083), 1, 0);
        assertTrue(told.isEmpty());
        end(flow(SERVER, 20, CLIENT, 5_084), 1, 0);
        assertEquals(1, told.size());
    }

    @Test
    void manyWhoAnnounceTheSameEndpointAreBounded() {
        for (int i = 0; i < 100; i++) {
            port(control(SERVER), OTHER_SERVER, 5_000);
        }
        for (int i = 0; i < 10; i++) {
            end(flow(SERVER, 20, OTHER_SERVER, 5_000), 1, 0);
        }
        assertEquals(4, told.size());
    }
}
