package org.sandbar.protocol.ftp;

import java.util.List;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;
import org.sandbar.event.Signal;

/**
 * What is told of an FTP control channel: one event a command with its replies, one for each reply that no command asked for, and the
 * evidence of who is talking.
 */
public final class FtpEvents {
    public static final EventKind FTP = new EventKind("ftp");

    public static final Field COMMAND =
            FTP.eve("ftp.command", Type.TEXT, "the command's word in capitals; absent for a reply that answers none");
    public static final Field COMMAND_DATA =
            FTP.eve("ftp.command_data", Type.TEXT, "its argument; never that of PASS and ACCT, which are secrets");
    public static final Field COMMAND_TRUNCATED = FTP.eve(
            "ftp.command_truncated", Type.FLAG, "true where the command's line is longer than what is looked at");
    public static final Field REPLY =
            FTP.eve("ftp.reply", Type.TEXTS, "the lines of its replies, each without the code");
    public static final Field COMPLETION_CODE =
            FTP.eve("ftp.completion_code", Type.TEXTS, "the code of each reply: preliminary ones, then the final one");
    public static final Field REPLY_RECEIVED =
            FTP.eve("ftp.reply_received", Type.TEXT, "yes or no: whether any reply to it was seen");
    public static final Field REPLY_TRUNCATED =
            FTP.eve("ftp.reply_truncated", Type.FLAG, "true where lines of the reply were cut or left out");
    public static final Field MODE = FTP.eve(
            "ftp.mode",
            Type.TEXT,
            "active or passive: how the data connection comes about, of commands that use or announce one");
    public static final Field DYNAMIC_PORT = FTP.eve(
            "ftp.dynamic_port",
            Type.NUMBER,
            Unit.PORT,
            "the port that PORT, EPRT, LPRT or the reply 227, 228, 229 announced");

    public static final Field ENDPOINT_IP = FTP.own(
            "ftp.endpoint.ip",
            Type.ADDRESS,
            "the announced address; of 229, which names none, the control connection's server");
    public static final Field ENDPOINT_PORT =
            FTP.own("ftp.endpoint.port", Type.NUMBER, Unit.PORT, "the announced port");
    public static final Field ENDPOINT_PRIVATE = FTP.own(
            "ftp.endpoint.private", Type.FLAG, "the announced address is private, of the link, or of the host itself");
    public static final Field ENDPOINT_LOOPBACK =
            FTP.own("ftp.endpoint.loopback", Type.FLAG, "true where it is a host's own loopback address");
    public static final Field ENDPOINT_MULTICAST =
            FTP.own("ftp.endpoint.multicast", Type.FLAG, "true where it is a multicast group, or broadcast");
    public static final Field ENDPOINT_NEIGHBOUR = FTP.own(
            "ftp.endpoint.neighbour",
            Type.FLAG,
            "true where it is another host of the announcer's /24 (IPv6: /64), such as the next server of a cluster");
    public static final Field ENDPOINT_SERVICE =
            FTP.own("ftp.endpoint.service", Type.TEXT, "name of the service that is at home on the announced port");
    public static final Field THIRD_PARTY = FTP.own(
            "ftp.third_party",
            Type.FLAG,
            "the announced address is not the announcer's own on the control connection; all zeros count as its own");
    public static final Field PRIVILEGED = FTP.own("ftp.privileged", Type.FLAG, "the announced port is below 1024");
    public static final Field SOLICITED = FTP.own(
            "ftp.solicited",
            Type.FLAG,
            "the reply that announces an endpoint answers a command that asked for one; absent where that command may"
                    + " have been missed");
    public static final Field ACCEPTED =
            FTP.own("ftp.accepted", Type.FLAG, "the command's final reply is a 2xx; absent without a final reply");
    public static final Field CANONICAL = FTP.own(
            "ftp.canonical", Type.FLAG, "the announcement has the form of RFC 959, 1639 or 2428, to the letter");
    public static final Field CANONICAL_REASON =
            FTP.own("ftp.canonical_reason", Type.TEXT, "the first thing in it that has not, such as number-too-large");
    public static final Field READINGS = FTP.own(
            "ftp.readings",
            Type.ROWS,
            "where the form is not canonical: what each filter would take the announcement for, the line being one"
                    + " packet; without ip and port it reads none");
    public static final Field FXP_ALLOWED = FTP.own(
            "ftp.fxp_allowed",
            Type.FLAG,
            "true where the configuration (fxp.NAME) says that server and announced host transfer among each other");
    public static final Field AFTER_EPSV_ALL = FTP.own(
            "ftp.after_epsv_all",
            Type.FLAG,
            "true for a command other than EPSV that sets up a data connection, after an accepted EPSV ALL forbade it");
    public static final Field INJECTED = FTP.own(
            "ftp.injected",
            Type.TEXT,
            "an announcement that stands where a filter of packets or lines would believe it, at the start of a segment"
                    + " or a line, while the stream has it within other text; the endpoint is the one in it");
    public static final Field SYNTAX = FTP.own(
            "ftp.syntax",
            Type.TEXTS,
            "what in the command's line departs from RFC 959: lower-case, leading-blank, wide-blank, tab,"
                    + " trailing-blank, nul, bare-carriage-return, bare-line-feed, unterminated, telnet, telnet-in-word,"
                    + " telnet-in-endpoint, urgent");
    public static final Field EXCESS = FTP.own(
            "ftp.excess_bytes",
            Type.NUMBER,
            Unit.BYTES,
            "bytes of command and reply lines beyond the bound, which were not looked at");
    public static final Field TLS = FTP.own(
            "ftp.tls",
            Type.TEXT,
            "explicit: AUTH was accepted, and from here on the channel is opaque; implicit: it is opaque from its start;"
                    + " cleared: it was opaque, and is in the clear again");
    public static final Field LOGGED_IN = FTP.own(
            "ftp.logged_in",
            Type.FLAG,
            "the server had accepted a login when the command came; absent where that was not seen");
    public static final Field USER = FTP.own("ftp.user", Type.TEXT, "name of the user, once the server accepted it");
    public static final Field ANONYMOUS =
            FTP.own("ftp.anonymous", Type.FLAG, "the user is one of those who need no account");

    public static final Field CROWDED_OUT = FTP.own(
            "ftp.crowded_out",
            Type.FLAG,
            "true where remembering this announcement made an older one forgotten (expected-connections)");

    /** An endpoint as soon as the client's command names it: its data connection may come before the reply does. */
    static final EventKind ANNOUNCED = EventKind.unwritten("ftp_announced");

    static final Field ANNOUNCED_BY = ANNOUNCED.own("ftp.command", Type.TEXT, "the command's word in capitals");
    static final Field ANNOUNCED_IP = ANNOUNCED.own("ftp.endpoint.ip", Type.ADDRESS, "the announced address");
    static final Field ANNOUNCED_PORT =
            ANNOUNCED.own("ftp.endpoint.port", Type.NUMBER, Unit.PORT, "the announced port");

    /** A transfer command as soon as it is given: its data connection may be over before its replies are. */
    static final EventKind TRANSFER = EventKind.unwritten("ftp_transfer");

    static final Field TRANSFER_COMMAND = TRANSFER.own("ftp.command", Type.TEXT, "the command's word in capitals");
    static final Field TRANSFER_FILE = TRANSFER.own("ftp.command_data", Type.TEXT, "its argument");
    static final Field TRANSFER_EARLY =
            TRANSFER.own("ftp.early", Type.FLAG, "the server has not yet answered the PASV before it");

    public static final Signal LOGIN = new Signal("ftp-login", "a login to an FTP server was completed");
    public static final Signal SERVER_GREETING =
            new Signal("ftp-server-greeting", "the server spoke first, as an FTP server does");
    public static final Signal CLIENT_COMMANDS = new Signal(
            "ftp-client-commands", "the client sent two commands that FTP programs send on their own account");
    public static final Signal PORT_WITHOUT_LOGIN =
            new Signal("ftp-port-without-login", "the client announced a data connection without having logged in");

    static {
        FTP.announces(ENDPOINT_PORT);
    }

    static final List<Signal> SIGNALS = List.of(LOGIN, SERVER_GREETING, CLIENT_COMMANDS, PORT_WITHOUT_LOGIN);

    static final String ACTIVE = "active";
    static final String PASSIVE = "passive";
    static final String EXPLICIT = "explicit";
    static final String IMPLICIT = "implicit";
    static final String CLEARED = "cleared";

    private FtpEvents() {}
}
