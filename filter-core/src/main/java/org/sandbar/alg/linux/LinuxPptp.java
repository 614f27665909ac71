package org.sandbar.alg.linux;

import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Bytes;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * {@code nf_conntrack_pptp.c}: follows the control messages of RFC 2637, each at the start of a packet, and lets GRE in from either side
 * once a call was asked for and accepted in a session that was. The client is taken for the one who dials. IPv4 alone, two holes a flow,
 * those of one call; a second call beside it gets none. Stateless, any thread.
 */
public final class LinuxPptp extends LinuxGateway {
    private static final int GRE = 47;
    private static final int TIMEOUT_SECONDS = 300;

    private static final int CONTROL_MESSAGE = 1;
    private static final int MAGIC_COOKIE = 0x1a2b3c4d;
    /** Of length, type, cookie, message type, and two bytes that are reserved. */
    private static final int HEADER_BYTES = 12;

    private static final int START_REQUEST = 1;
    private static final int START_REPLY = 2;
    private static final int STOP_REQUEST = 3;
    private static final int STOP_REPLY = 4;
    private static final int OUTGOING_REQUEST = 7;
    private static final int OUTGOING_REPLY = 8;
    private static final int INCOMING_REQUEST = 9;
    private static final int INCOMING_REPLY = 10;
    private static final int INCOMING_CONNECTED = 11;
    private static final int CLEAR_REQUEST = 12;
    private static final int DISCONNECT_NOTIFY = 13;
    /** {@code pptp_msg_size}, by message type: what must be behind the header. */
    private static final int[] BODY_BYTES = {0, 144, 144, 4, 4, 0, 0, 156, 20, 208, 12, 16, 4, 136, 28, 12};

    /** Of replies: what was asked for is granted. */
    private static final int GRANTED = 1;

    private enum ControlState {
        NONE,
        ERROR,
        STOPPING,
        REQUESTED,
        CONFIRMED
    }

    private enum CallState {
        NONE,
        OUTGOING_REQUESTED,
        OUTGOING,
        INCOMING_REQUESTED,
        INCOMING_REPLIED,
        INCOMING,
        CLEARING
    }

    public LinuxPptp() {
        super(Linux.NAME, "pptp", Packet.TCP, 1_723);
    }

    @Override
    public Inspection inspect(Flow flow, Holes holes) {
        return new Session(flow, holes);
    }

    private final class Session implements Inspection {
        private final Flow flow;
        private final Holes holes;
        private ControlState control = ControlState.NONE;
        private CallState call = CallState.NONE;
        private int clientCall;
        private int serverCall;
        /** Whether GRE's keys are those of a call, which may be set up again and again; another one's are refused. */
        private boolean keyed;

        private int keyedServerCall;
        private int keyedClientCall;

        Session(Flow flow, Holes holes) {
            this.flow = flow;
            this.holes = holes;
        }

        /** {@code conntrack_pptp_help}. */
        @Override
        public void see(Direction direction, Packet packet) {
            byte[] buffer = packet.buffer;
            int from = packet.payloadOffset;
            int length = packet.payloadLength;
            if (packet.ipVersion != 4
                    || length < HEADER_BYTES
                    || Bytes.u16(buffer, from + 2) != CONTROL_MESSAGE
                    || Bytes.i32(buffer, from + 4) != MAGIC_COOKIE) {
                return;
            }
            int message = Bytes.u16(buffer, from + 8);
            int body = from + HEADER_BYTES;
            if (message >= BODY_BYTES.length || length - HEADER_BYTES < BODY_BYTES[message]) {
                return;
            }
            if (direction == Direction.TO_SERVER) {
                ofClient(message, buffer, body);
            } else if (ofServer(message, buffer, body)) {
                open(from, from + length);
            }
        }

        /** {@code pptp_outbound_pkt}. */
        private void ofClient(int message, byte[] buffer, int body) {
            switch (message) {
                case START_REQUEST -> control = control == ControlState.NONE ? ControlState.REQUESTED : control;
                case STOP_REQUEST -> control = ControlState.STOPPING;
                case OUTGOING_REQUEST -> {
                    if (control == ControlState.CONFIRMED) {
                        call = CallState.OUTGOING_REQUESTED;
                        clientCall = Bytes.u16(buffer, body);
                    }
                }
                case INCOMING_REPLY -> {
                    boolean asked = call == CallState.INCOMING_REQUESTED || call == CallState.INCOMING_REPLIED;
                    if (asked && serverCall == Bytes.u16(buffer, body + 2)) {
                        boolean granted = Bytes.u8(buffer, body + 4) == GRANTED;
                        call = granted ? CallState.INCOMING_REPLIED : CallState.NONE;
                        clientCall = granted ? Bytes.u16(buffer, body) : clientCall;
                    }
                }
                case CLEAR_REQUEST -> call = control == ControlState.CONFIRMED ? CallState.CLEARING : call;
                default -> {}
            }
        }

        /** {@code pptp_inbound_pkt}; returns whether GRE is expected. */
        private boolean ofServer(int message, byte[] buffer, int body) {
            switch (message) {
                case START_REPLY -> {
                    if (control.compareTo(ControlState.REQUESTED) >= 0) {
                        boolean granted = Bytes.u8(buffer, body + 2) == GRANTED;
                        control = granted ? ControlState.CONFIRMED : ControlState.ERROR;
                    }
                }
                case STOP_REPLY -> {
                    if (control.compareTo(ControlState.STOPPING) <= 0) {
                        control = Bytes.u8(buffer, body) == GRANTED ? ControlState.NONE : ControlState.ERROR;
                    }
                }
                case OUTGOING_REPLY -> {
                    return outgoingReply(buffer, body);
                }
                case INCOMING_REQUEST -> {
                    if (control == ControlState.CONFIRMED) {
                        call = CallState.INCOMING_REQUESTED;
                        serverCall = Bytes.u16(buffer, body);
                    }
                }
                case INCOMING_CONNECTED -> {
                    boolean replied = call == CallState.INCOMING_REPLIED || call == CallState.INCOMING;
                    if (control == ControlState.CONFIRMED && replied && clientCall == Bytes.u16(buffer, body)) {
                        call = CallState.INCOMING;
                        return true;
                    }
                }
                case DISCONNECT_NOTIFY -> {
                    call = CallState.NONE;
                    keyed = false;
                }
                default -> {}
            }
            return false;
        }

        private boolean outgoingReply(byte[] buffer, int body) {
            boolean asked = call == CallState.OUTGOING_REQUESTED || call == CallState.OUTGOING;
            if (control != ControlState.CONFIRMED || !asked || clientCall != Bytes.u16(buffer, body + 2)) {
                return false;
            }
            boolean granted = Bytes.u8(buffer, body + 4) == GRANTED;
            call = granted ? CallState.OUTGOING : CallState.NONE;
            serverCall = granted ? Bytes.u16(buffer, body) : serverCall;
            return granted;
        }

        /** {@code exp_gre}, {@code nf_ct_gre_keymap_add}: of what differs in the client's number alone, the keys are gone afterwards. */
        private void open(int from, int to) {
            if (keyed && (keyedServerCall != serverCall || keyedClientCall != clientCall)) {
                keyed = keyedServerCall != serverCall;
                return;
            }
            keyed = true;
            keyedServerCall = serverCall;
            keyedClientCall = clientCall;
            Address client = flow.client();
            Address server = flow.server();
            holes.open(LinuxPptp.this, Hole.open(GRE, client, server, 0, TIMEOUT_SECONDS), from, to);
            holes.open(LinuxPptp.this, Hole.open(GRE, server, client, 0, TIMEOUT_SECONDS), from, to);
        }
    }
}
