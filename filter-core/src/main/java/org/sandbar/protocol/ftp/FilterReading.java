package org.sandbar.protocol.ftp;

import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Address;

/**
 * What an active filter takes the announcement in a line for, given the line as one packet, by the rules of its own source; without an
 * endpoint it reads none there. Each filter's own policy of what it then opens, and for which addresses and ports, is not asked here.
 * Immutable, any thread.
 */
public record FilterReading(String filter, Address address, int port) {
    /** The filters, by the names that {@code pinhole} events have for them. */
    static final List<String> FILTERS = List.of("linux", "libalias", "ftp-proxy");

    private static final byte[] PORT = Ascii.bytes("port");
    private static final byte[] EPRT = Ascii.bytes("eprt");

    public boolean isEndpoint() {
        return port >= 0;
    }

    /** What a filter reads in a line of that direction, which begins with its command or code and has its line end. */
    public static FilterReading of(String filter, byte[] line, Direction direction, Address announcer) {
        Endpoint read =
                switch (filter) {
                    case "linux" -> new LinuxReader(line, announcer).read(direction);
                    case "libalias" ->
                        announcer.version() == 4 ? new LibaliasReader(line, announcer).read(direction) : null;
                    default -> new FtpProxyReader(line, announcer).read(direction);
                };
        return read == null
                ? new FilterReading(filter, null, -1)
                : new FilterReading(filter, read.address(), read.port());
    }

    /** Whether the line begins with PORT, in either case: each filter asks so. */
    static boolean isPort(byte[] line) {
        return Ascii.startsWithIgnoreCase(line, 0, line.length, PORT);
    }

    static boolean isExtendedPort(byte[] line) {
        return Ascii.startsWithIgnoreCase(line, 0, line.length, EPRT);
    }

    /** Whether the line begins with this code and a blank. */
    static boolean isReply(byte[] line, int code) {
        return line.length > 3 && Exchanges.code(line, 0, line.length) == code && line[3] == ' ';
    }
}
