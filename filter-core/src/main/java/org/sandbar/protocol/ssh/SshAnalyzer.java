package org.sandbar.protocol.ssh;

import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Text;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;

/**
 * Reads the version line of either side, {@code SSH-protoversion-softwareversion comments} (RFC 4253 section 4.2), and nothing more.
 * Lines that a server sends before it are passed over. The flow's thread alone.
 */
final class SshAnalyzer implements Analyzer {
    /** RFC 4253 section 4.2, with the line's end. */
    private static final int LONGEST_LINE = 255;

    private record Version(String protocol, String software) {}

    private final Output output;
    private Version client;
    private Version server;

    SshAnalyzer(Output output) {
        this.output = output;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int lineFeed = Ascii.indexOfLineFeed(buffer, at, end);
            if (lineFeed < 0) {
                return end - at > LONGEST_LINE ? SKIP_ALL : at - offset;
            }
            if (Ascii.startsWith(buffer, at, lineFeed, SshProtocol.MARK)) {
                read(direction, buffer, at + SshProtocol.MARK.length, Ascii.trimEnd(buffer, at, lineFeed));
                return SKIP_ALL;
            }
            if (direction == Direction.TO_SERVER) {
                return SKIP_ALL;
            }
            at = lineFeed + 1;
        }
        return length;
    }

    private void read(Direction direction, byte[] buffer, int from, int to) {
        int end = Math.min(to, from + LONGEST_LINE);
        int dash = Ascii.indexOf(buffer, from, end, '-');
        int protocolEnd = dash < 0 ? end : dash;
        Version version =
                new Version(Text.of(buffer, from, protocolEnd), Text.of(buffer, Math.min(end, protocolEnd + 1), end));
        if (direction == Direction.TO_SERVER) {
            client = version;
        } else {
            server = version;
        }
        if (client != null && server != null) {
            output.evidence(SshEvents.CLIENT, client.software);
            output.tell(output.event(SshEvents.SSH)
                    .set(SshEvents.CLIENT_PROTOCOL, client.protocol)
                    .set(SshEvents.CLIENT_SOFTWARE, client.software)
                    .set(SshEvents.SERVER_PROTOCOL, server.protocol)
                    .set(SshEvents.SERVER_SOFTWARE, server.software));
        }
    }

    @Override
    public void onGap(Direction direction, long missing) {}

    @Override
    public void onEnd(Direction direction) {}
}
