package org.sandbar.protocol.ftp;

import org.sandbar.flow.Flow;
import org.sandbar.wire.Address;

/**
 * Where a data connection is to go, as a command or a reply announced it: RFC 959 (PORT, 227), RFC 1639 (LPRT, 228), RFC 2428 (EPRT,
 * 229). Read as leniently as the most lenient active filter reads it, with the first departure from the RFC's form noted as {@code
 * flaw}; null means that there is none. A null address is that of the control connection's server. Immutable, any thread.
 */
record Endpoint(Address address, int port, String flaw) {
    /** What was to be an endpoint and cannot be read as one. */
    static final Endpoint UNREADABLE = new Endpoint(null, -1, "unreadable");

    private static final long MAPPED = 0xffff;
    private static final int FIRST_UNPRIVILEGED = 1024;

    /** What follows a command that announces an endpoint, or null for other commands. */
    static Endpoint ofCommand(Verb verb, byte[] buffer, int from, int to) {
        if (verb == null) {
            return null;
        }
        EndpointReader reader = new EndpointReader(buffer, from, to);
        return switch (verb) {
            case PORT -> reader.port();
            case EPRT -> reader.extendedPort();
            case LPRT -> reader.longPort();
            default -> null;
        };
    }

    /** What follows the code of a reply that announces an endpoint, or null for other replies. */
    static Endpoint ofReply(int code, byte[] buffer, int from, int to) {
        return switch (code) {
            case 227 -> new EndpointReader(buffer, from, to).passive();
            case 228 -> new EndpointReader(buffer, from, to).longPassive();
            case 229 -> new EndpointReader(buffer, from, to).extendedPassive();
            default -> null;
        };
    }

    boolean isReadable() {
        return port >= 0;
    }

    boolean isCanonical() {
        return flaw == null;
    }

    /** RFC 2577 section 3: no data connection should go to the ports of services. */
    boolean isPrivileged() {
        return port < FIRST_UNPRIVILEGED;
    }

    /** The same endpoint with a flaw of its line noted, unless it has one already. */
    Endpoint with(String another) {
        return flaw == null ? new Endpoint(address, port, another) : this;
    }

    Address addressIn(Flow flow) {
        return address == null ? flow.server() : address;
    }

    /** Whether it names a host that is not the one that announced it. All zeros name the announcer. */
    boolean isThirdParty(Address announcer) {
        return address != null && !address.isUnspecified() && !plain(address).equals(plain(announcer));
    }

    private static Address plain(Address address) {
        boolean mapped = address.version() == 6 && address.high() == 0 && address.low() >>> 32 == MAPPED;
        return mapped ? Address.v4(address.low()) : address;
    }
}
