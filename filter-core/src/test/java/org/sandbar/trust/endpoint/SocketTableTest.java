package org.sandbar.trust.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sandbar.trust.endpoint.SocketTable.Ends;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/** Lines as a little-endian kernel writes them. */
class SocketTableTest {
    private static final String REST = " 01 00000000:00000000 00:00000000 00000000  1000        0 ";

    @TempDir
    Path net;

    @BeforeEach
    void isLittleEndian() {
        assumeTrue(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the lines are those of a little-endian machine");
    }

    private void list(String file, String... sockets) throws IOException {
        StringBuilder text = new StringBuilder("  sl  local_address rem_address   st ...\n");
        for (String socket : sockets) {
            int inode = socket.lastIndexOf(' ');
            text.append("   0: ").append(socket, 0, inode).append(REST);
            text.append(socket.substring(inode + 1)).append(" 1 0000000000000000 20 4 30 10 -1\n");
        }
        Files.writeString(net.resolve(file), text);
    }

    private long inode(int protocol, String local, int localPort, String remote, int remotePort, boolean answers) {
        Ends ends = new Ends(protocol, Address.parse(local), localPort, Address.parse(remote), remotePort);
        return new SocketTable(net).inode(ends, answers);
    }

    @Test
    void aConnectionIsFoundByBothEnds() throws IOException {
        list("tcp", "0501A8C0:9C40 506433C6:0015 77", "0501A8C0:9C40 516433C6:0015 78");
        list("tcp6", "B80D0120000000000000000001000000:9C40 B80D0120000000000000000002000000:0050 79");
        assertEquals(77, inode(Packet.TCP, "192.168.1.5", 40_000, "198.51.100.80", 21, false));
        assertEquals(78, inode(Packet.TCP, "192.168.1.5", 40_000, "198.51.100.81", 21, false));
        assertEquals(79, inode(Packet.TCP, "2001:db8::1", 40_000, "2001:db8::2", 80, false));
        assertEquals(0, inode(Packet.TCP, "192.168.1.5", 40_001, "198.51.100.80", 21, false));
        assertEquals(0, inode(Packet.UDP, "192.168.1.5", 40_000, "198.51.100.80", 21, false));
    }

    @Test
    void ipv4WithinIpv6IsIpv4() throws IOException {
        list("tcp6", "0000000000000000FFFF00000501A8C0:9C40 0000000000000000FFFF0000506433C6:0015 77");
        assertEquals(77, inode(Packet.TCP, "192.168.1.5", 40_000, "198.51.100.80", 21, false));
    }

    @Test
    void whoAnswersMayBeOpenForAll() throws IOException {
        list("udp", "00000000:14E9 00000000:0000 80", "0501A8C0:14EA 00000000:0000 81");
        list("udp6", "00000000000000000000000000000000:14EB 00000000000000000000000000000000:0000 82");
        assertEquals(80, inode(Packet.UDP, "192.168.1.5", 5353, "198.51.100.80", 53, true));
        assertEquals(81, inode(Packet.UDP, "192.168.1.5", 5354, "198.51.100.80", 53, true));
        assertEquals(82, inode(Packet.UDP, "192.168.1.5", 5355, "198.51.100.80", 53, true));
        assertEquals(0, inode(Packet.UDP, "192.168.1.5", 5353, "198.51.100.80", 53, false));
    }

    @Test
    void ofSeveralThatCouldBeMeantNoneIs() throws IOException {
        list("udp", "00000000:14E9 00000000:0000 80", "00000000:14E9 00000000:0000 81");
        assertEquals(0, inode(Packet.UDP, "192.168.1.5", 5353, "198.51.100.80", 53, true));
    }
}
