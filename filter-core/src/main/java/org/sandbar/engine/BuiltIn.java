package org.sandbar.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.event.EventKind;
import org.sandbar.event.FlowEvents;
import org.sandbar.event.Signal;
import org.sandbar.protocol.Protocol;
import org.sandbar.protocol.dns.DnsProtocol;
import org.sandbar.protocol.dtls.DtlsProtocol;
import org.sandbar.protocol.ftp.FtpProtocol;
import org.sandbar.protocol.h323.H323Protocol;
import org.sandbar.protocol.http.HttpProtocol;
import org.sandbar.protocol.http2.Http2Protocol;
import org.sandbar.protocol.irc.IrcProtocol;
import org.sandbar.protocol.mail.Dialect;
import org.sandbar.protocol.mail.MailProtocol;
import org.sandbar.protocol.policyfile.MulticastPolicyProtocol;
import org.sandbar.protocol.policyfile.PolicyFileProtocol;
import org.sandbar.protocol.sip.SipProtocol;
import org.sandbar.protocol.ssh.SshProtocol;
import org.sandbar.protocol.stun.StunProtocol;
import org.sandbar.protocol.tls.TlsProtocol;
import org.sandbar.protocol.websocket.WebSocketProtocol;
import org.sandbar.verdict.DropEvents;
import org.sandbar.wire.Packet;

/** The protocols that Sandbar knows, in the order in which they are asked where the port says nothing: one line for each. */
public final class BuiltIn {
    public static final List<Protocol> PROTOCOLS = List.of(
            new HttpProtocol(),
            new TlsProtocol(),
            new FtpProtocol(),
            new IrcProtocol(),
            new PolicyFileProtocol(),
            new MulticastPolicyProtocol(),
            new DnsProtocol(Packet.UDP),
            new DnsProtocol(Packet.TCP),
            new Http2Protocol(),
            new WebSocketProtocol(),
            new StunProtocol(Packet.UDP),
            new StunProtocol(Packet.TCP),
            new DtlsProtocol(),
            new SshProtocol(),
            new MailProtocol(Dialect.SMTP),
            new MailProtocol(Dialect.IMAP),
            new MailProtocol(Dialect.POP3),
            new SipProtocol(Packet.UDP),
            new SipProtocol(Packet.TCP),
            new H323Protocol());

    private BuiltIn() {}

    /** All kinds of events that rules can be written for. */
    public static List<EventKind> kinds() {
        Set<EventKind> kinds = new LinkedHashSet<>();
        kinds.add(FlowEvents.FLOW);
        kinds.add(PinholeEvents.PINHOLE);
        kinds.add(DropEvents.DROP);
        for (Protocol protocol : PROTOCOLS) {
            kinds.addAll(protocol.kinds());
        }
        return List.copyOf(kinds);
    }

    /** All evidence that stage 1 can state. */
    public static List<Signal> signals() {
        Set<Signal> signals = new LinkedHashSet<>();
        for (Protocol protocol : PROTOCOLS) {
            signals.addAll(protocol.signals());
        }
        return List.copyOf(signals);
    }
}
