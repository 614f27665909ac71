package org.sandbar.protocol.ftp;

import org.sandbar.bytes.Ascii;
import org.sandbar.wire.Address;

/**
 * A client's {@code PORT} (RFC 959 section 4.1.2) or {@code EPRT} (RFC 2428 section 2) in exactly the form of its RFC: where the client
 * listens for its server. For who stands between the two and must name another endpoint in its place. Immutable, any thread.
 */
public record ActiveCommand(boolean extended, Address address, int port) {
    /** The longest text of one. */
    public static final int MOST_BYTES = 64;

    /** The command that a line with its line feed is; null where it is another one, or not in the RFC's form. The bytes are the caller's. */
    public static ActiveCommand of(byte[] buffer, int from, int end) {
        LineReader line = new LineReader(end - from);
        line.read(buffer, from, end, 0);
        CommandLine command = line.isComplete() ? CommandLine.of(line) : null;
        if (command == null || command.verb() != Verb.PORT && command.verb() != Verb.EPRT) {
            return null;
        }
        Endpoint endpoint = command.endpoint();
        return endpoint.isCanonical() && !endpoint.address().isUnspecified()
                ? new ActiveCommand(command.verb() == Verb.EPRT, endpoint.address(), endpoint.port())
                : null;
    }

    /** Whether a line can begin with this byte; where it cannot, the channel is encrypted by now, as behind {@code AUTH TLS}, or none. */
    public static boolean mayBegin(int letter) {
        return !LineReader.isNoise(letter);
    }

    /** The same kind of command for another endpoint, which is of the same version of IP. */
    public ActiveCommand with(Address other, int otherPort) {
        return new ActiveCommand(extended, other, otherPort);
    }

    /** As it is sent, with CR and LF. */
    public byte[] line() {
        String numbers = address.toString().replace('.', ',') + ',' + (port >> 8) + ',' + (port & 0xff);
        String text = extended
                ? "EPRT |" + (address.version() == 4 ? 1 : 2) + '|' + address + '|' + port + '|'
                : "PORT " + numbers;
        return Ascii.bytes(text + "\r\n");
    }
}
