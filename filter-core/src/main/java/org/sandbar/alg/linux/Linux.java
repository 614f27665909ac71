package org.sandbar.alg.linux;

import java.util.List;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.linux.h323.LinuxH323;
import org.sandbar.wire.Packet;

/** The kernel's gateways: one line for each. */
public final class Linux {
    static final String NAME = "linux";

    public static final List<Gateway> GATEWAYS = List.of(
            new LinuxFtp(),
            new LinuxSip(Packet.TCP),
            new LinuxSip(Packet.UDP),
            LinuxH323.Q931,
            LinuxH323.H245,
            LinuxH323.RAS,
            new LinuxIrc(),
            new LinuxTftp(),
            new LinuxSane(),
            new LinuxAmanda(),
            new LinuxPptp());

    private Linux() {}
}
