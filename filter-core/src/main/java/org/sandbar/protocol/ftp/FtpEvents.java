package org.sandbar.protocol.ftp;

import java.util.List;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
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
            "ftp.dynamic_port", Type.NUMBER, "the port that PORT, EPRT, LPRT or the reply 227, 228, 229 announced");

    public static final Field ENDPOINT_IP = FTP.own(
            "ftp.endpoint.ip",
            Type.ADDRESS,
            "the announced address; of 229, which names none, the control connection's server");
    public static final Field ENDPOINT_PORT = FTP.own("ftp.endpoint.port", Type.NUMBER, "the announced port");
    public static final Field ENDPOINT_PRIVATE = FTP.own(
            "ftp.endpoint.private", Type.FLAG, "the announced address is private, of the link, or of the host itself");
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
    public static final Field LOGGED_IN = FTP.own(
            "ftp.logged_in",
            Type.FLAG,
            "the server had accepted a login when the command came; absent where that was not seen");
    public static final Field USER = FTP.own("ftp.user", Type.TEXT, "name of the user, once the server accepted it");
    public static final Field ANONYMOUS =
            FTP.own("ftp.anonymous", Type.FLAG, "the user is one of those who need no account");

    /** A transfer command as soon as it is given: its data connection may be over before its replies are. */
    static final EventKind TRANSFER = EventKind.unwritten("ftp_transfer");

    static final Field TRANSFER_COMMAND = TRANSFER.own("ftp.command", Type.TEXT, "the command's word in capitals");
    static final Field TRANSFER_FILE = TRANSFER.own("ftp.command_data", Type.TEXT, "its argument");

    public static final Signal LOGIN = new Signal("ftp-login", "a login to an FTP server was completed");
    public static final Signal SERVER_GREETING =
            new Signal("ftp-server-greeting", "the server spoke first, as an FTP server does");
    public static final Signal CLIENT_COMMANDS = new Signal(
            "ftp-client-commands", "the client sent two commands that FTP programs send on their own account");
    public static final Signal PORT_WITHOUT_LOGIN =
            new Signal("ftp-port-without-login", "the client announced a data connection without having logged in");

    static final List<Signal> SIGNALS = List.of(LOGIN, SERVER_GREETING, CLIENT_COMMANDS, PORT_WITHOUT_LOGIN);

    static final String ACTIVE = "active";
    static final String PASSIVE = "passive";

    private FtpEvents() {}
}
