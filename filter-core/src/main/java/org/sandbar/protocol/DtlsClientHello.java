package org.sandbar.protocol;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Bytes;
import org.sandbar.bytes.Text;

/**
 * What a DTLS ClientHello offers (RFC 6347 section 4.2.1, RFC 9147 section 5.3): the highest version, the application protocols (RFC
 * 7301; {@code webrtc} and {@code c-webrtc} are RFC 8833's), the protection profiles of use_srtp (RFC 5764), the server's name. The
 * texts are copies. Null and empty where nothing was offered; {@code malformed} where it ends within itself, and what is there was read.
 * Immutable, any thread.
 */
public record DtlsClientHello(
        String version, List<String> alpn, List<String> srtpProfiles, String serverName, boolean malformed) {
    private static final int SERVER_NAME = 0;
    private static final int USE_SRTP = 14;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int VERSION_AND_RANDOM = 34;
    private static final int MOST_NAMES = 16;
    private static final int LONGEST_NAME = 255;

    /** The protocol of a data channel or of media that a page opened, or null. */
    public String webRtcProtocol() {
        return alpn.contains("webrtc") ? "webrtc" : alpn.contains("c-webrtc") ? "c-webrtc" : null;
    }

    /** Reads the message's body, behind the header of the handshake. */
    static DtlsClientHello of(byte[] buffer, int from, int to) {
        return new Reader(buffer, from, to).read();
    }

    /** The name of a version as it stands in the message: one's complement of TLS's, so the highest is the smallest number. */
    private static String versionName(int version) {
        return switch (version) {
            case 0xfeff -> "1.0";
            case 0xfefd -> "1.2";
            case 0xfefc -> "1.3";
            default -> String.format("0x%04x", version);
        };
    }

    private static final class Reader {
        private final byte[] buffer;
        private final int to;
        private final int from;
        private final List<String> alpn = new ArrayList<>(2);
        private final List<String> profiles = new ArrayList<>(2);
        private int version;
        private String serverName;
        private boolean malformed;

        Reader(byte[] buffer, int from, int to) {
            this.buffer = buffer;
            this.from = from;
            this.to = to;
        }

        DtlsClientHello read() {
            version = to - from >= 2 ? Bytes.u16(buffer, from) : 0;
            int at = behind(1, behind(1, from + VERSION_AND_RANDOM, to), to);
            at = behind(1, behind(2, at, to), to);
            // RFC 5246 section 7.4.1.2: there may be no extensions at all.
            int end = at == to ? to : behind(2, at, to);
            at += 2;
            while (at < end) {
                int next = behind(2, at + 2, end);
                if (next >= at + 4) {
                    readExtension(Bytes.u16(buffer, at), at + 4, next);
                }
                at = next;
            }
            return new DtlsClientHello(
                    version == 0 ? null : versionName(version),
                    List.copyOf(alpn),
                    List.copyOf(profiles),
                    serverName,
                    malformed);
        }

        /** Where the vector ends that begins here with its length in so many bytes; at the limit where it would go on behind it. */
        private int behind(int lengthBytes, int at, int limit) {
            if (at + lengthBytes > limit) {
                malformed = true;
                return limit;
            }
            int length = lengthBytes == 1 ? Bytes.u8(buffer, at) : Bytes.u16(buffer, at);
            int end = at + lengthBytes + length;
            malformed |= end > limit;
            return Math.min(end, limit);
        }

        private void readExtension(int type, int at, int end) {
            switch (type) {
                case SERVER_NAME -> readServerName(at, end);
                case USE_SRTP -> readProfiles(at, end);
                case ALPN -> readProtocols(at, end);
                case SUPPORTED_VERSIONS -> readVersions(at, end);
                default -> {}
            }
        }

        private void readServerName(int at, int end) {
            int listEnd = behind(2, at, end);
            int nameEnd = behind(2, at + 3, listEnd);
            if (nameEnd >= at + 5 && buffer[at + 2] == 0) {
                serverName = Text.of(buffer, at + 5, nameEnd, LONGEST_NAME);
            }
        }

        private void readProfiles(int at, int end) {
            int listEnd = behind(2, at, end);
            for (int i = at + 2; i + 2 <= listEnd && profiles.size() < MOST_NAMES; i += 2) {
                profiles.add(String.format("0x%04x", Bytes.u16(buffer, i)));
            }
        }

        private void readProtocols(int at, int end) {
            int listEnd = behind(2, at, end);
            int next = at + 2;
            while (next < listEnd && alpn.size() < MOST_NAMES) {
                int nameEnd = behind(1, next, listEnd);
                alpn.add(Text.of(buffer, Math.min(next + 1, nameEnd), nameEnd, LONGEST_NAME));
                next = nameEnd;
            }
        }

        private void readVersions(int at, int end) {
            int listEnd = behind(1, at, end);
            for (int i = at + 1; i + 2 <= listEnd; i += 2) {
                int offered = Bytes.u16(buffer, i);
                // A value that means nothing may be among them (RFC 8701).
                version = offered >>> 8 == 0xfe ? Math.min(version, offered) : version;
            }
        }
    }
}
