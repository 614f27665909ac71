package org.sandbar.alg.linux.h323;

import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.bytes.Bytes;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * What the kernel opens for an address in a message ({@code expect_*}, {@code process_gcf}, {@code process_acf}, {@code process_lcf}):
 * always to the receiver of the message alone. Where a call is forwarded to, and what a gatekeeper names, may be any host's address;
 * everything else must be the sender's own.
 *
 * <p>The kernel does not follow a forwarded call if it would route packets for the receiver and for the host that is named to the same
 * next hop of the same interface ({@code callforward_filter}). Of routes nothing is known here, but that they are the same for the same
 * host; for others the worst is told. Two hosts of a network that the filter is part of are each their own next hop, so that it does open
 * there; two hosts behind the same router it would not open. One thread.
 */
final class Openings {
    private static final int TIMEOUT_SECONDS = 240;

    private final Gateway gateway;
    private final Flow flow;
    private final Holes holes;
    private byte[] buffer;
    private int from;
    private int to;
    private boolean toServer;

    Openings(Gateway gateway, Flow flow, Holes holes) {
        this.gateway = gateway;
        this.flow = flow;
        this.holes = holes;
    }

    /** Opens what a message asked for. */
    void open(Findings findings, Direction direction, byte[] buffer, int from, int to) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
        toServer = direction == Direction.TO_SERVER;
        boolean registered = false;
        for (int i = 0; i < findings.count(); i++) {
            int offset = findings.offset(i);
            boolean readable = findings.length(i) == (flow.ipVersion() == 4 ? 4 : 16);
            // An endpoint that registers several addresses has the first of its own opened.
            if (readable && !(registered && findings.role(i) == Role.REGISTERED_ADDRESS)) {
                int port = Bytes.u16(buffer, offset + findings.length(i));
                registered |= open(findings.role(i), offset, port);
            }
        }
    }

    /** Returns whether something was opened. */
    private boolean open(Role role, int offset, int port) {
        boolean own = is(sender(), offset) && port != 0;
        boolean opens =
                switch (role) {
                    case ALTERNATIVE_ADDRESS -> port != 0 && !is(receiver(), offset);
                    case GATEKEEPER_ADDRESS ->
                        gateway != LinuxH323.NAMED_RAS
                                && !(is(sender(), offset)
                                        && port == (toServer ? flow.clientPort() : flow.serverPort()));
                    case ADMITTED_ADDRESS -> !is(receiver(), offset);
                    case FOUND_ADDRESS -> true;
                    case NONE -> false;
                    default -> own;
                };
        if (opens && role == Role.MEDIA_ADDRESS) {
            open(role, sender(), port & ~1);
            open(role, sender(), port | 1);
        } else if (opens) {
            open(role, own ? sender() : at(offset), port);
        }
        return opens;
    }

    private void open(Role role, Address address, int port) {
        int transport = role == Role.MEDIA_ADDRESS || role == Role.GATEKEEPER_ADDRESS ? Packet.UDP : Packet.TCP;
        Hole hole = Hole.open(transport, receiver(), address, port, TIMEOUT_SECONDS);
        holes.open(
                gateway,
                switch (role) {
                    case H245_ADDRESS -> hole.inspectedBy(LinuxH323.H245);
                    case ALTERNATIVE_ADDRESS -> hole.inspectedBy(LinuxH323.Q931);
                    case GATEKEEPER_ADDRESS -> hole.inspectedBy(LinuxH323.NAMED_RAS);
                    case REGISTERED_ADDRESS, ADMITTED_ADDRESS, FOUND_ADDRESS ->
                        hole.lasting().inspectedBy(LinuxH323.Q931);
                    case STACK_ADDRESS, AGREED_STACK_ADDRESS -> hole.lasting();
                    default -> hole;
                },
                from,
                to);
    }

    private Address sender() {
        return toServer ? flow.conversation().client() : flow.conversation().server();
    }

    private Address receiver() {
        return toServer ? flow.conversation().server() : flow.conversation().client();
    }

    private boolean is(Address address, int offset) {
        return flow.ipVersion() == 4
                ? address.low() == Bytes.u32(buffer, offset)
                : address.high() == Bytes.i64(buffer, offset) && address.low() == Bytes.i64(buffer, offset + 8);
    }

    private Address at(int offset) {
        return flow.ipVersion() == 4
                ? Address.v4(Bytes.u32(buffer, offset))
                : Address.v6(Bytes.i64(buffer, offset), Bytes.i64(buffer, offset + 8));
    }
}
