package org.sandbar.alg.linux;

import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.alg.linux.SipText.Header;
import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * {@code nf_conntrack_sip.c}, with its parameters as they are by default: a datagram is a message; of a TCP packet, so many as are whole
 * in it, each as long as its {@code Content-Length} says, be they SIP or not. A REGISTER opens the port of the Contact, which
 * stays shut until a 2xx to it names the same Contact; a session description opens each medium's port pair, rounded down to even. Both
 * for the sender's own address alone, and for the receiver as the one who may come. Stateless, any thread.
 */
public final class LinuxSip extends LinuxGateway {
    /** Over {@link Packet#UDP} or {@link Packet#TCP}. */
    public LinuxSip(int transport) {
        this(Linux.NAME, transport);
    }

    /** Of another filter, which reads as Linux does. */
    public LinuxSip(String filter, int transport) {
        super(filter, "sip", transport, 5_060);
    }

    @Override
    public Inspection inspect(Flow flow, Holes holes) {
        return new Session(this, holes);
    }

    private static final class Session implements Inspection {
        private static final byte[] RESPONSE = Ascii.bytes("sip/2.0 ");
        private static final byte[] END_OF_HEADERS = Ascii.bytes("\r\n\r\n");
        private static final byte[] TRANSPORT = Ascii.bytes("transport=");
        private static final byte[] OVER_TCP = Ascii.bytes("tcp");
        private static final byte[] OVER_UDP = Ascii.bytes("udp");
        private static final byte[] EXPIRES = Ascii.bytes("expires=");
        private static final int SHORTEST = 11;
        private static final int MOST_MEDIA = 3;
        private static final int INVITE = 0;
        private static final int ACK = 2;
        private static final int BYE = 4;
        private static final int REGISTER = 5;
        private static final byte[][] METHODS = {
            Ascii.bytes("invite"),
            Ascii.bytes("update"),
            Ascii.bytes("ack"),
            Ascii.bytes("prack"),
            Ascii.bytes("bye"),
            Ascii.bytes("register")
        };

        private final LinuxSip gateway;
        private final Holes holes;
        private final SipText text = new SipText();
        private final SdpText description = new SdpText(text);
        private final SipExpectations expectations;
        private Packet packet;
        /** A packet got through: of TCP, the SYN did. */
        private boolean isConfirmed;
        /** The first that got through came from the other side: to the kernel it is the client, and the port is not one to look at. */
        private boolean isOther;

        private long inviteSequence;
        private long registerSequence;

        Session(LinuxSip gateway, Holes holes) {
            this.gateway = gateway;
            this.holes = holes;
            expectations = new SipExpectations(gateway, holes);
            isConfirmed = gateway.transport() == Packet.TCP;
        }

        @Override
        public void see(Direction direction, Packet packet) {
            if (isOther || !isConfirmed && direction == Direction.TO_CLIENT) {
                isOther = true;
                return;
            }
            this.packet = packet;
            int from = packet.payloadOffset;
            int to = from + packet.payloadLength;
            boolean passes = packet.payloadLength < SHORTEST
                    || (gateway.transport() == Packet.TCP ? readSegment(from, to) : readMessage(from, to));
            if (!passes) {
                holes.drop(gateway, from, to);
            }
            isConfirmed |= passes;
            if (!isConfirmed) {
                forget();
            }
            this.packet = null;
        }

        /** A connection whose first packet is dropped never was; what it expected goes with it. */
        private void forget() {
            expectations.flush(true);
            expectations.flush(false);
            inviteSequence = 0;
            registerSequence = 0;
        }

        /** {@code sip_help_tcp}; returns whether the packet is let through, as all below do. */
        private boolean readSegment(int from, int to) {
            int at = from;
            while (true) {
                int end = endOfMessage(at, to);
                if (end < 0 || end > to) {
                    return true;
                }
                if (!readMessage(at, end)) {
                    return false;
                }
                at = end;
            }
        }

        /** By the first Content-Length of what is left of the packet and the first empty line behind that; -1 where that is not there. */
        private int endOfMessage(int from, int to) {
            text.over(packet, from, to);
            if (text.header(Header.CONTENT_LENGTH, from) != SipText.FOUND) {
                return -1;
            }
            long length = text.number(text.matchAt);
            if (text.numberEnd == text.matchAt || length > to - from) {
                return -1;
            }
            int at = text.numberEnd;
            while (!Ascii.startsWith(packet.buffer, at, to, END_OF_HEADERS)) {
                if (++at >= to) {
                    return -1;
                }
            }
            return at + END_OF_HEADERS.length + (int) length;
        }

        /** {@code process_sip_msg}. */
        private boolean readMessage(int from, int to) {
            text.over(packet, from, to);
            return text.startsWith(from, RESPONSE) ? readResponse() : readRequest();
        }

        /** {@code process_sip_request}: what is no request is let through, one without a sequence number is not. */
        private boolean readRequest() {
            int method = 0;
            while (method < METHODS.length && !isRequest(METHODS[method])) {
                method++;
            }
            if (method == METHODS.length) {
                return true;
            }
            long sequence = sequence();
            if (sequence < 0) {
                return false;
            }
            switch (method) {
                case REGISTER:
                    return register(sequence);
                case BYE:
                    expectations.flush(true);
                    return true;
                case INVITE:
                    expectations.flush(true);
                    boolean passes = readDescription();
                    inviteSequence = passes ? sequence : inviteSequence;
                    return passes;
                default:
                    return readDescription();
            }
        }

        private boolean isRequest(byte[] method) {
            int behind = text.start + method.length;
            return text.limit >= behind + 2
                    && text.startsWith(text.start, method)
                    && text.at(behind) == ' '
                    && SipText.isLetter(text.at(behind + 1));
        }

        /** The number of CSeq, or -1. */
        private long sequence() {
            if (text.header(Header.CSEQ, text.start) != SipText.FOUND) {
                return -1;
            }
            long sequence = text.number(text.matchAt);
            return text.numberEnd == text.matchAt ? -1 : sequence;
        }

        /** {@code process_sip_response}: the method of CSeq says to what. */
        private boolean readResponse() {
            long code = text.number(text.start + RESPONSE.length);
            long sequence = code == 0 ? -1 : sequence();
            if (sequence < 0) {
                return false;
            }
            int at = text.matchEnd + 1;
            for (int method = 0; method < METHODS.length; method++) {
                boolean answers = method != ACK
                        && method != BYE
                        && text.limit >= at + METHODS[method].length
                        && text.startsWith(at, METHODS[method]);
                if (answers) {
                    return method == REGISTER ? registered(sequence, code) : invited(sequence, code);
                }
            }
            return true;
        }

        /** {@code process_invite_response} and its like. */
        private boolean invited(long sequence, long code) {
            if (code >= 100 && code <= 299) {
                return readDescription();
            }
            if (inviteSequence == sequence) {
                expectations.flush(true);
            }
            return true;
        }

        /** {@code process_register_request}; whether the flow is an expected one, which may not register, is not known here. */
        private boolean register(long sequence) {
            long expires = expires();
            if (!text.uri(Header.CONTACT, text.start)) {
                return true;
            }
            int behind = text.matchEnd;
            boolean own = text.address.is(packet.sourceHigh, packet.sourceLow);
            if (!own || !isTransportRight(behind)) {
                return true;
            }
            expires = contactExpires(behind, expires);
            if (expires < 0) {
                return false;
            }
            boolean passes = expires == 0
                    || expectations.expect(
                            SipExpectations.SIGNALLING,
                            gateway.transport(),
                            receiver(),
                            text.address.address(),
                            text.port,
                            text,
                            packet.timeNs);
            registerSequence = passes ? sequence : registerSequence;
            return passes;
        }

        /** {@code process_register_response}. */
        private boolean registered(long sequence, long code) {
            if (registerSequence != sequence || code >= 100 && code <= 199) {
                return true;
            }
            long expires = expires();
            boolean accepted = code >= 200 && code <= 299;
            for (int at = text.start; accepted && text.uri(Header.CONTACT, at); ) {
                at = text.matchEnd;
                boolean own = text.address.is(packet.destinationHigh, packet.destinationLow);
                if (!own || !isTransportRight(at)) {
                    continue;
                }
                long seconds = contactExpires(at, expires);
                if (seconds < 0) {
                    return false;
                }
                if (seconds == 0) {
                    break;
                }
                if (expectations.activate(gateway.transport(), text, seconds, packet.timeNs)) {
                    return true;
                }
            }
            expectations.flush(false);
            return true;
        }

        private long expires() {
            boolean there = text.header(Header.EXPIRES, text.start) == SipText.FOUND;
            return there ? text.number(text.matchAt) : 0;
        }

        /** Of the Contact, or the header's where it has none; -1 where it cannot be read. */
        private long contactExpires(int behindContact, long ofHeader) {
            int at = text.parameter(behindContact, EXPIRES);
            if (at < 0) {
                return ofHeader;
            }
            long seconds = text.parameterNumber(at);
            return text.numberEnd == at ? -1 : seconds;
        }

        /** {@code ct_sip_parse_transport}. */
        private boolean isTransportRight(int behindContact) {
            int at = text.parameter(behindContact, TRANSPORT);
            return at < 0 || text.startsWith(at, gateway.transport() == Packet.TCP ? OVER_TCP : OVER_UDP);
        }

        private Address receiver() {
            return new Address(packet.ipVersion, packet.destinationHigh, packet.destinationLow);
        }

        /** {@code process_sdp}. */
        private boolean readDescription() {
            int version = description.version();
            if (version < 0) {
                return true;
            }
            boolean ofSession = description.connection(version);
            boolean isOwnOfSession = ofSession && isSenders();
            int media = 0;
            int at = description.media(version);
            for (; at >= 0 && media < MOST_MEDIA; at = description.media(at)) {
                int kind = description.kind;
                long port = kind < 0 ? 0 : text.number(at);
                if (port == 0) {
                    continue;
                }
                boolean ofMedium = port >= 1_024 && port <= 65_535 && description.connection(at);
                if (port < 1_024 || port > 65_535 || !ofMedium && !ofSession) {
                    return false;
                }
                if (ofMedium ? isSenders() : isOwnOfSession) {
                    expectPair(kind, (int) port & ~1);
                }
                media++;
            }
            return true;
        }

        private boolean isSenders() {
            return text.address.is(packet.sourceHigh, packet.sourceLow);
        }

        /** {@code set_expected_rtp_rtcp}; for media, what stands in another class is as good. */
        private void expectPair(int kind, int port) {
            Address sender = new Address(packet.ipVersion, packet.sourceHigh, packet.sourceLow);
            for (int next = port; next <= port + 1; next++) {
                expectations.expect(kind, Packet.UDP, receiver(), sender, next, text, packet.timeNs);
            }
        }
    }
}
