package org.sandbar.alg.libalias;

import java.util.Arrays;
import java.util.List;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.protocol.ftp.FilterReading;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * {@code alias_ftp.c}: a packet of at most 128 bytes is read where the one before it, whoever sent it, ended with CR LF; the first one of
 * a session always. The address must be the sender's own, and the port none of the reserved. Each message adds a hole to those that
 * stand; no packet is dropped. Which of the two hosts is behind the NAT a capture does not say: commands are read as they are where
 * it is the client, replies as they are where it is the server; what a command makes ready for a server's own connection from port 20 is
 * not told. IPv4 alone. Stateless, any thread.
 */
public final class LibaliasFtp implements Gateway {
    private static final byte[][] COMMANDS = {Ascii.bytes("port "), Ascii.bytes("eprt ")};
    private static final byte[][] REPLIES = {Ascii.bytes("227 "), Ascii.bytes("229 ")};
    private static final int MAX_MESSAGE_SIZE = 128;
    private static final int IPPORT_RESERVED = 1_024;
    private static final int TCP_EXPIRE_INITIAL_SECONDS = 300;
    private static final Inspection NOTHING = (direction, packet) -> {};

    @Override
    public String filter() {
        return "libalias";
    }

    @Override
    public String protocol() {
        return "ftp";
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(21);
    }

    @Override
    public Inspection inspect(Flow flow, Holes holes) {
        return flow.ipVersion() == 4 ? new Session(this, flow, holes) : NOTHING;
    }

    private static final class Session implements Inspection {
        private final Gateway gateway;
        private final Flow flow;
        private final Holes holes;
        /** {@code WAIT_CRLF}: one flag for both directions. */
        private boolean waitsForLineEnd;

        Session(Gateway gateway, Flow flow, Holes holes) {
            this.gateway = gateway;
            this.flow = flow;
            this.holes = holes;
        }

        /** {@code AliasHandleFtpOut}, and of {@code AliasHandleFtpIn} the flag. */
        @Override
        public void see(Direction direction, Packet packet) {
            if (packet.payloadLength < packet.payloadWireLength) {
                // How it ends was not captured.
                return;
            }
            boolean opened = packet.payloadLength <= MAX_MESSAGE_SIZE
                    && !waitsForLineEnd
                    && isMessage(direction, packet)
                    && newMessage(direction, packet);
            int end = packet.payloadOffset + packet.payloadLength;
            // A message that opens something is written anew, with a line end whatever it had. Before a single byte the
            // header's last counts.
            waitsForLineEnd = !opened && !(packet.buffer[end - 2] == '\r' && packet.buffer[end - 1] == '\n');
        }

        private static boolean isMessage(Direction direction, Packet packet) {
            int end = packet.payloadOffset + packet.payloadLength;
            byte[][] words = direction == Direction.TO_SERVER ? COMMANDS : REPLIES;
            return Ascii.startsWithIgnoreCase(packet.buffer, packet.payloadOffset, end, words[0])
                    || Ascii.startsWithIgnoreCase(packet.buffer, packet.payloadOffset, end, words[1]);
        }

        /** {@code NewFtpMessage}: whether the message is taken. */
        private boolean newMessage(Direction direction, Packet packet) {
            boolean command = direction == Direction.TO_SERVER;
            Address sender = command ? flow.client() : flow.server();
            Address receiver = command ? flow.server() : flow.client();
            int from = packet.payloadOffset;
            int to = from + packet.payloadLength;
            FilterReading reading =
                    FilterReading.of(gateway.filter(), Arrays.copyOfRange(packet.buffer, from, to), direction, sender);
            if (!reading.isEndpoint() || !reading.address().equals(sender) || reading.port() < IPPORT_RESERVED) {
                return false;
            }
            Hole hole = Hole.open(Packet.TCP, receiver, sender, reading.port(), TCP_EXPIRE_INITIAL_SECONDS);
            holes.open(gateway, hole, from, to);
            return true;
        }
    }
}
