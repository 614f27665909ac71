package org.sandbar.protocol.ftp;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/**
 * What is told of a data connection when it ends: which command announced and used it, who came, and how much went over it. Of one
 * that was announced and used by a command, and never came, the same is told of its control connection.
 */
public final class FtpDataEvents {
    public static final EventKind FTP_DATA = new EventKind("ftp_data");

    public static final Field COMMAND =
            FTP_DATA.eve("ftp_data.command", Type.TEXT, "the transfer command that the connection served");
    public static final Field FILENAME =
            FTP_DATA.eve("ftp_data.filename", Type.TEXT, "the file that the command named");
    public static final Field ANNOUNCED_BY = FTP_DATA.own(
            "ftp.announced_by",
            Type.TEXT,
            "the command or the reply's code that announced the connection; default where none did, and it is the"
                    + " control connection's own port (RFC 959 section 3.2)");
    public static final Field CONTROL =
            FTP_DATA.own("ftp.control_flow_id", Type.NUMBER, Unit.IDENTIFIER, "flow_id of its control connection");
    public static final Field MODE =
            FTP_DATA.own("ftp.mode", Type.TEXT, "active: the server was to connect; passive: the client");
    public static final Field ENDPOINT_IP = FTP_DATA.own("ftp.endpoint.ip", Type.ADDRESS, "the announced address");
    public static final Field ENDPOINT_PORT =
            FTP_DATA.own("ftp.endpoint.port", Type.NUMBER, Unit.PORT, "the announced port");
    public static final Field ACCEPTED =
            FTP_DATA.own("ftp.accepted", Type.FLAG, "the server accepted the announcement, or made it itself");
    public static final Field CONNECTED = FTP_DATA.own(
            "ftp.connected",
            Type.FLAG,
            "the connection came and was answered; false where it was refused, and, told of the control connection,"
                    + " where a transfer waited for it until expected-seconds went by or the control connection ended");
    public static final Field EXPECTED = FTP_DATA.own(
            "ftp.expected",
            Type.FLAG,
            "who connected, or tried, is the other end of the control connection, or from the other server of an FXP transfer");
    public static final Field FOLLOWED = FTP_DATA.own(
            "ftp.followed",
            Type.FLAG,
            "it went to the address that was named; false: to the announcer's own instead, as careful clients do");
    public static final Field FXP = FTP_DATA.own(
            "ftp.fxp",
            Type.FLAG,
            "true for a transfer between two servers, each of which was told of the connection by a control connection");
    public static final Field FXP_ALLOWED = FTP_DATA.own(
            "ftp.fxp_allowed",
            Type.FLAG,
            "true where the configuration (fxp.NAME) says that its two ends transfer among each other");
    public static final Field INFERRED = FTP_DATA.own(
            "ftp.inferred",
            Type.FLAG,
            "true where nothing announced it in the clear: it runs between the ends of an encrypted control connection");
    public static final Field DEFAULT_PORT = FTP_DATA.own(
            "ftp.default_port",
            Type.FLAG,
            "of active mode: it came from the port below the control port, 20 for 21 (RFC 959 section 3.2)");
    public static final Field TYPE = FTP_DATA.own(
            "ftp.type", Type.TEXT, "representation type of the transfer, where TYPE was seen: I as it is, A as text");
    public static final Field PROTECTION =
            FTP_DATA.own("ftp.protection", Type.TEXT, "PROT level, where seen: C clear, P private");
    public static final Field BYTES = FTP_DATA.own(
            "ftp.bytes",
            Type.NUMBER,
            Unit.BYTES,
            "bytes that were transferred in the direction of the command, or, where that is not known, in the fuller one");
    public static final Field COMPLETE = FTP_DATA.own(
            "ftp.complete", Type.FLAG, "start and end of the connection were seen, so that the number is exact");

    private FtpDataEvents() {}
}
