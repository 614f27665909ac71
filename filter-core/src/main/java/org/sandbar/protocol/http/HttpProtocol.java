package org.sandbar.protocol.http;

import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Correlation;
import org.sandbar.protocol.Names;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.protocol.Site;
import org.sandbar.wire.Packet;

/**
 * HTTP/1.x over TCP, recognised on any port by a request line from the client or a status line from the server (RFC 9112 sections 3
 * and 4). HTTP/2, SIP and RTSP, whose lines look alike, are told from it by their version. Stateless, any thread.
 */
public final class HttpProtocol implements Protocol {
    private static final List<Integer> USUAL_PORTS =
            List.of(80, 8080, 8000, 3128, 8008, 8081, 8088, 8888, 5985, 2869, 631);

    @Override
    public String name() {
        return "http";
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return USUAL_PORTS;
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(HttpEvents.HTTP);
    }

    @Override
    public List<Signal> signals() {
        return Agents.SIGNALS;
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        Probe request = StartLine.probeRequest(buffer, offset, offset + length);
        Probe status = StartLine.probeStatus(buffer, offset, offset + length);
        boolean fromClient = direction == Direction.TO_SERVER;
        if (request == Probe.MATCH) {
            return fromClient ? Probe.MATCH : Probe.MATCH_REVERSED;
        }
        if (status == Probe.MATCH) {
            return fromClient ? Probe.MATCH_REVERSED : Probe.MATCH;
        }
        return request == Probe.NEED_MORE || status == Probe.NEED_MORE ? Probe.NEED_MORE : Probe.NO_MATCH;
    }

    @Override
    public Correlation correlation(Limits limits, Site site) {
        HostNames names = new HostNames(limits);
        Pages pages = new Pages(limits);
        return (event, told) -> {
            if (event.kind() == Names.ANSWERED) {
                names.learn(event);
            } else if (event.kind() == HttpEvents.HTTP && event.text(HttpEvents.HOSTNAME) != null) {
                names.judge(event);
                pages.see(event, told);
            }
        };
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new HttpAnalyzer(output);
    }
}
