package org.sandbar.trust.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * The sockets of this network namespace with their inodes, as {@code /proc/net/tcp}, {@code tcp6}, {@code udp} and {@code udp6} list
 * them. One thread; a file that is not there, or a line that is cut, holds no socket.
 */
final class SocketTable {
    /** Both ends of a socket. Where nobody is at the other one, its address is all zeros and its port 0. */
    record Ends(int protocol, Address local, int localPort, Address remote, int remotePort) {
        /** A socket for whoever comes to this address and port. */
        static Ends open(int protocol, Address local, int localPort) {
            return new Ends(protocol, local, localPort, any(local.version()), 0);
        }
    }

    /** No socket, one that no process holds, or more than one that could be meant. */
    static final long NONE = 0;

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;
    private static final int HEX = 16;
    /** Of a word in these files. */
    private static final int DIGITS = 8;

    private final Path net;
    /** By file, read when it is needed first: the kernel walks through a large table for each. */
    private final Map<String, Map<Ends, Long>> files = new HashMap<>();

    SocketTable(Path net) {
        this.net = net;
    }

    private Map<Ends, Long> read(int protocol, String file) {
        Map<Ends, Long> inodes = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(net.resolve(file), StandardCharsets.US_ASCII)) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(protocol, line.strip().split(" +"), inodes);
            }
        } catch (IOException | NumberFormatException absent) {
            // A kernel without that version of IP.
        }
        return inodes;
    }

    private static void add(int protocol, String[] words, Map<Ends, Long> inodes) {
        if (words.length > INODE) {
            Address local = address(words[LOCAL]);
            Address remote = address(words[REMOTE]);
            Ends ends = new Ends(
                    protocol,
                    local,
                    port(words[LOCAL]),
                    remote.isUnspecified() ? any(local.version()) : remote,
                    port(words[REMOTE]));
            long inode = Long.parseLong(words[INODE]);
            inodes.merge(ends, inode, (one, other) -> one.equals(other) ? one : NONE);
        }
    }

    /** Words of 32 bits in the machine's order. IPv4 within IPv6 is IPv4 on the wire. */
    private static Address address(String text) {
        if (text.indexOf(':') == DIGITS) {
            return Address.v4(word(text, 0));
        }
        long high = word(text, 0) << 32 | word(text, 1);
        long low = word(text, 2) << 32 | word(text, 3);
        return high == 0 && low >>> 32 == 0xffff ? Address.v4(low) : Address.v6(high, low);
    }

    private static long word(String text, int index) {
        int word = Integer.parseUnsignedInt(text, index * DIGITS, (index + 1) * DIGITS, HEX);
        return Integer.toUnsignedLong(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(word) : word);
    }

    private static int port(String text) {
        return Integer.parseInt(text, text.indexOf(':') + 1, text.length(), HEX);
    }

    private static Address any(int version) {
        return version == 4 ? Address.v4(0) : Address.v6(0, 0);
    }

    /**
     * The inode of the socket with these ends, or {@link #NONE}.
     *
     * @param answers whether the socket may also be one that is open for whoever comes, as a server's is, and one of UDP
     */
    long inode(Ends ends, boolean answers) {
        String file = ends.protocol == Packet.TCP ? "tcp" : "udp";
        // A program may use IPv6's sockets for IPv4.
        for (String version : ends.local.version() == 4 ? List.of("", "6") : List.of("6")) {
            Map<Ends, Long> inodes = files.computeIfAbsent(file + version, name -> read(ends.protocol, name));
            List<Ends> meant = !answers
                    ? List.of(ends)
                    : List.of(
                            ends,
                            Ends.open(ends.protocol, ends.local, ends.localPort),
                            Ends.open(ends.protocol, any(ends.local.version()), ends.localPort),
                            Ends.open(ends.protocol, any(6), ends.localPort));
            for (Ends one : meant) {
                Long inode = inodes.get(one);
                if (inode != null && (inode != NONE || one != ends)) {
                    return inode;
                }
            }
        }
        return NONE;
    }
}
