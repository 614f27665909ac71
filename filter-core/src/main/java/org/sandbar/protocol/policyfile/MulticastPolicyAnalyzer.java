package org.sandbar.protocol.policyfile;

import java.util.EnumSet;
import java.util.Set;
import org.sandbar.bytes.Bytes;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.bytes.Text;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.wire.Address;

/**
 * Reads the datagrams of a flow to or from a multicast policy server; see {@link MulticastPolicyProtocol}. Tells an event where one says
 * something else than the one before it, for both sides repeat theirs. The flow's thread alone.
 */
final class MulticastPolicyAnalyzer implements Analyzer {
    private record Said(int type, Address group, int port, String origin) {}

    private final Output output;
    private Said before;

    MulticastPolicyAnalyzer(Output output) {
        this.output = output;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        if (!MulticastPolicyProtocol.isMessage(buffer, offset, length)) {
            return length;
        }
        int from = offset + MulticastPolicyProtocol.HEADER;
        int to = from + Bytes.u16Little(buffer, offset + 11);
        int longest = output.limits().of(Bound.EVENT_TEXT_BYTES);
        Said said = new Said(
                buffer[offset + 4],
                Bytes.u8(buffer, offset + 13) == 4
                        ? Address.v4(Bytes.u32(buffer, to))
                        : Address.v6(Bytes.i64(buffer, to), Bytes.i64(buffer, to + 8)),
                Bytes.u16Little(buffer, offset + 9),
                Text.of(buffer, from, to, longest));
        if (!said.equals(before)) {
            before = said;
            tell(direction, said);
        }
        return length;
    }

    private void tell(Direction direction, Said said) {
        boolean announces = said.type == MulticastPolicyProtocol.ANNOUNCEMENT;
        if (announces && direction == Direction.TO_SERVER) {
            output.evidence(PolicyFileEvents.MULTICAST_REQUESTED, said.origin);
        }
        Set<Finding> findings =
                said.port < Ports.FIRST_UNPRIVILEGED ? EnumSet.of(Finding.LOW_PORTS) : EnumSet.noneOf(Finding.class);
        Event event = output.event(PolicyFileEvents.POLICY_FILE)
                .set(PolicyFileEvents.KIND, "multicast")
                .set(PolicyFileEvents.REQUEST, announces ? "announcement" : "authorization")
                .set(PolicyFileEvents.COMPLETE, true)
                .set(PolicyFileEvents.GROUP, said.group)
                .set(PolicyFileEvents.GROUP_PORT, said.port)
                .set(PolicyFileEvents.ORIGIN, said.origin)
                .set(PolicyFileEvents.FINDINGS, Finding.keys(findings));
        output.tell(event);
    }

    @Override
    public void onGap(Direction direction, long missing) {}

    @Override
    public void onEnd(Direction direction) {}
}
