package org.sandbar.protocol.policyfile;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a policy file says. {@code ports} are the TCP ports that it opens to anybody, as the plugin that asked takes it, and {@code
 * openPorts} those that it opens to any domain; both are null where that is not known, because the file was not read to its end or has
 * entities, which are not expanded. Made by the reader, then nobody's to change.
 */
record Policy(
        String dialect,
        boolean complete,
        int bytes,
        List<String> grants,
        Ports ports,
        Ports openPorts,
        String metaPolicy,
        Set<Finding> findings) {
    /** The same, with findings that can be added to. */
    Policy copy() {
        Set<Finding> own = EnumSet.noneOf(Finding.class);
        own.addAll(findings);
        return new Policy(dialect, complete, bytes, grants, ports, openPorts, metaPolicy, own);
    }

    static final String SILVERLIGHT = "silverlight";
    static final String FLASH = "flash";
    /** The request of Flash Player 7. */
    static final String FLASH_7 = "flash-7";
    /** What came is of no dialect. */
    static final String OTHER = "other";
    /** Nothing came. */
    static final String NONE = "none";

    /** Where a policy came from: a server's port, the plugin that asked for it there, null where nobody had, and whether that was HTTP. */
    record Source(int port, String asker, boolean overHttp) {
        private static final int SILVERLIGHT_PORT = 943;
        private static final int MASTER_PORT = 843;

        /** Of a socket. */
        Source(int port, String asker) {
            this(port, asker, false);
        }

        boolean isMaster() {
            return port == MASTER_PORT;
        }

        boolean isPrivileged() {
            return port < Ports.FIRST_UNPRIVILEGED;
        }

        /** Whether the plugin that the request is of does not ask at this port. */
        boolean isUnusual() {
            return !overHttp && asker != null && asker.equals(SILVERLIGHT) != (port == SILVERLIGHT_PORT);
        }

        /** Whether the plugin that asked reads policies of this dialect. Silverlight asks for a socket's at one port alone. */
        boolean accepts(String dialect) {
            boolean silverlight = SILVERLIGHT.equals(asker) && port == SILVERLIGHT_PORT;
            boolean flash = FLASH.equals(asker) || FLASH_7.equals(asker);
            return dialect.equals(SILVERLIGHT) ? !flash : !silverlight;
        }

        boolean isOfAnother(String dialect) {
            return asker != null && asker.equals(SILVERLIGHT) != dialect.equals(SILVERLIGHT);
        }
    }
}
