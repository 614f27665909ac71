package org.sandbar.protocol.ftp;

import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Correlation;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.protocol.Site;
import org.sandbar.wire.Packet;

/**
 * The FTP control channel, RFC 959: recognised by what {@link FtpProbe} knows, and, where TLS is there from the start, by its port.
 * Stateless, any thread.
 */
public final class FtpProtocol implements Protocol {
    private static final int IMPLICIT_TLS_PORT = 990;

    @Override
    public String name() {
        return "ftp";
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(21, 990, 2121, 2811);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(FtpEvents.FTP, FtpDataEvents.FTP_DATA);
    }

    @Override
    public List<Signal> signals() {
        return FtpEvents.SIGNALS;
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        Probe tls = serverPort == IMPLICIT_TLS_PORT
                ? FtpProbe.clientHello(direction, buffer, offset, offset + length)
                : Probe.NO_MATCH;
        return tls == Probe.NO_MATCH ? FtpProbe.probe(direction, buffer, offset, offset + length) : tls;
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new FtpAnalyzer(output);
    }

    @Override
    public Correlation correlation(Limits limits, Site site) {
        return new FtpDataConnections(limits, site);
    }
}
