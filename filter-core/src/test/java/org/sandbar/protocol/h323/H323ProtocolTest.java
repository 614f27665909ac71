package org.sandbar.protocol.h323;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Probe;

class H323ProtocolTest {
    private static final String SETUP = "030000660802000105";
    private static final String PROCEEDING = "030000340802800102";

    private static Probe asked(Direction direction, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new H323Protocol().probe(1720, direction, bytes, 0, bytes.length);
    }

    @Test
    void theAnswerDecides() {
        assertEquals(Probe.NEED_MORE, asked(Direction.TO_SERVER, SETUP));
        assertEquals(Probe.MATCH, asked(Direction.TO_CLIENT, PROCEEDING));
        assertEquals(Probe.NO_MATCH, asked(Direction.TO_CLIENT, SETUP));
        assertEquals(Probe.NO_MATCH, asked(Direction.TO_SERVER, PROCEEDING));
        assertEquals(
                Probe.NO_MATCH,
                asked(Direction.TO_SERVER, "030000350802000162"),
                "a call does not begin with FACILITY");
    }

    @Test
    void cutAnywhereItWaits() {
        for (int length = 2; length < SETUP.length(); length += 2) {
            assertEquals(Probe.NEED_MORE, asked(Direction.TO_SERVER, SETUP.substring(0, length)));
            assertEquals(Probe.NEED_MORE, asked(Direction.TO_CLIENT, PROCEEDING.substring(0, length)));
        }
    }

    /** Remote desktops and others speak in the same packets. */
    @Test
    void othersAreNot() {
        assertEquals(Probe.NO_MATCH, asked(Direction.TO_SERVER, "0300002b26e00000000000"));
        assertEquals(Probe.NO_MATCH, asked(Direction.TO_CLIENT, "030000130ed00000123400"));
        assertEquals(Probe.NO_MATCH, asked(Direction.TO_SERVER, "160301"));
    }
}
