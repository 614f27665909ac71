package org.sandbar.protocol.policyfile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sandbar.bytes.Ascii;
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
 * A plugin asks for a socket policy: the client's first bytes are exactly the request, on whatever port. Or a policy comes unasked, as
 * some servers send it to whoever connects: the server's first bytes are XML with a policy's root element.
 */
public final class PolicyFileProtocol implements Protocol {
    static final byte[] REQUEST = Ascii.bytes("<policy-file-request/>");
    /** Of Flash Player 7. */
    static final byte[] OLD_REQUEST = Ascii.bytes("<cross-domain-request/>");

    static final String NAME = "policyfile";

    private static final List<String> ROOTS = List.of("<access-policy", "<cross-domain-policy");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(843, 943);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(PolicyFileEvents.POLICY_FILE);
    }

    @Override
    public List<Signal> signals() {
        return List.of(PolicyFileEvents.REQUESTED);
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        boolean fromClient = direction == Direction.TO_SERVER;
        int to = offset + length;
        if (Ascii.startsWith(buffer, offset, to, REQUEST) || Ascii.startsWith(buffer, offset, to, OLD_REQUEST)) {
            return fromClient ? Probe.MATCH : Probe.MATCH_REVERSED;
        }
        if (isBeginOfRequest(buffer, offset, to)) {
            return Probe.NEED_MORE;
        }
        Probe policy = probePolicy(buffer, offset, length);
        return fromClient && policy == Probe.MATCH ? Probe.MATCH_REVERSED : policy;
    }

    /** Whether the bytes are a part of a request that more might complete. */
    static boolean isBeginOfRequest(byte[] buffer, int from, int to) {
        return Ascii.isPrefixOf(REQUEST, buffer, from, to) || Ascii.isPrefixOf(OLD_REQUEST, buffer, from, to);
    }

    private static Probe probePolicy(byte[] buffer, int offset, int length) {
        if (length == 0 || buffer[offset] != '<') {
            return Probe.NO_MATCH;
        }
        String text = new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
        Prolog prolog = Prolog.of(text);
        if (prolog.root() < 0) {
            return prolog.root() == Prolog.CUT ? Probe.NEED_MORE : Probe.NO_MATCH;
        }
        String root = text.substring(prolog.root());
        for (String wanted : ROOTS) {
            if (root.startsWith(wanted)) {
                return Probe.MATCH;
            }
            if (wanted.startsWith(root)) {
                return Probe.NEED_MORE;
            }
        }
        return Probe.NO_MATCH;
    }

    @Override
    public Correlation correlation(Limits limits, Site site) {
        return new GrantedPorts(limits);
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new PolicyFileAnalyzer(output);
    }

    @Override
    public Analyzer body(Output output, String asker) {
        return new PolicyFileAnalyzer(output, asker);
    }
}
