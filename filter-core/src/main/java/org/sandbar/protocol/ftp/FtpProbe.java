package org.sandbar.protocol.ftp;

import java.util.EnumSet;
import java.util.Set;
import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Probe;

/**
 * Recognises FTP by its content, on any port, from the start or in mid-stream. Stateless, any thread.
 *
 * <p>Why it does not take others for FTP: a greeting {@code 220} or {@code 120} decides nothing, for SMTP and others greet so, and a
 * browser's request to an FTP server is HTTP; the client's first line decides, or a reply that FTP alone gives. Of the client's
 * commands, those that POP3, SMTP, IRC or NNTP have as well (PASS, LIST, QUIT, RETR with a number, MODE, HELP, …) decide nothing
 * either; any word that FTP has not (EHLO, NICK, GET, CAPA, AUTHINFO) rules it out. {@code USER} does decide: POP3's server has said
 * {@code +OK} before, which rules FTP out, and IRC's USER has four arguments. What remains is a POP3 session whose server was
 * not seen until USER; its first {@code +OK} lines make the analyzer give up. A command must have its argument's shape, so that plain words
 * such as TYPE, HOST or SIZE in other protocols do not match.
 */
final class FtpProbe {
    /** A line that has come so far without an end is judged as it stands. */
    private static final int LONG_LINE = 512;

    private static final int HANDSHAKE = 22;
    private static final int TLS_MAJOR_VERSION = 3;
    private static final int CLIENT_HELLO = 1;

    /**
     * Commands with which a session may begin. Others are seen first in mid-stream only, and count if they are written as a program
     * writes them, for a data connection may carry text that speaks of STOR and RETR, and a shell knows pwd.
     */
    private static final Set<Verb> OPENING =
            EnumSet.of(Verb.USER, Verb.AUTH, Verb.FEAT, Verb.SYST, Verb.HOST, Verb.OPTS, Verb.PASV, Verb.EPSV);

    private static final byte[] SMTP = Ascii.bytes("smtp");
    private static final byte[] FTP = Ascii.bytes("ftp");
    private static final byte[] CONNECTION = Ascii.bytes("connection");
    private static final byte[] TRANSFER = Ascii.bytes("transfer");
    private static final byte[] LOG = Ascii.bytes("log");
    private static final byte[] FEATURES = Ascii.bytes("feature");
    private static final byte[] EXTENSIONS = Ascii.bytes("extension");
    private static final byte[] UNIX = Ascii.bytes("unix");
    private static final byte[] WINDOWS = Ascii.bytes("windows");
    private static final byte[] UTF = Ascii.bytes("utf");
    private static final byte[] MLST = Ascii.bytes("mlst");
    private static final byte[] TLS = Ascii.bytes("tls");
    private static final byte[] SSL = Ascii.bytes("ssl");
    private static final byte[] ALL = Ascii.bytes("all");

    private FtpProbe() {}

    /** The first bytes of a TLS handshake record with a ClientHello (RFC 8446 sections 4 and 5.1). */
    static Probe clientHello(Direction direction, byte[] buffer, int from, int to) {
        if (from == to || buffer[from] != HANDSHAKE || to - from > 1 && buffer[from + 1] != TLS_MAJOR_VERSION) {
            return Probe.NO_MATCH;
        }
        if (to - from < 6) {
            return Probe.NEED_MORE;
        }
        boolean hello = buffer[from + 5] == CLIENT_HELLO;
        return !hello ? Probe.NO_MATCH : direction == Direction.TO_SERVER ? Probe.MATCH : Probe.MATCH_REVERSED;
    }

    static Probe probe(Direction direction, byte[] buffer, int from, int to) {
        if (from == to) {
            return Probe.NEED_MORE;
        }
        boolean replies = Ascii.isDigit(buffer[from]);
        Probe found = replies ? replies(buffer, from, to) : commands(buffer, from, to);
        boolean reversed = replies == (direction == Direction.TO_SERVER);
        return found == Probe.MATCH && reversed ? Probe.MATCH_REVERSED : found;
    }

    private static Probe replies(byte[] buffer, int from, int to) {
        boolean namesFtp = false;
        int replies = 0;
        int open = 0;
        for (int at = from; at < to; ) {
            int end = Ascii.indexOfLineFeed(buffer, at, to);
            if (end < 0) {
                return partialReply(buffer, at, to, open);
            }
            int text = Ascii.trimEnd(buffer, at, end);
            int code = Exchanges.code(buffer, at, text);
            if (open == 0 && code == 0) {
                return Probe.NO_MATCH;
            }
            if (contains(buffer, at, text, SMTP)) {
                return Probe.NO_MATCH;
            }
            if (replies == 0 && (code == 220 || open == 220)) {
                namesFtp |= namesFtp(buffer, at, text);
            }
            boolean continues = text - at > 3 && buffer[at + 3] == '-';
            if (open == 0) {
                if (isOfFtpAlone(code, continues, buffer, at + 3, text)) {
                    return Probe.MATCH;
                }
                replies++;
            }
            open = open != 0 ? (code == open && !continues ? 0 : open) : continues ? code : 0;
            if (namesFtp && replies > 1) {
                return Probe.MATCH;
            }
            at = end + 1;
        }
        return Probe.NEED_MORE;
    }

    private static Probe partialReply(byte[] buffer, int from, int to, int open) {
        if (open != 0) {
            return Probe.NEED_MORE;
        }
        for (int at = from; at < to && at < from + 3; at++) {
            if (!Ascii.isDigit(buffer[at])) {
                return Probe.NO_MATCH;
            }
        }
        return to - from <= 3 || Exchanges.code(buffer, from, to) != 0 ? Probe.NEED_MORE : Probe.NO_MATCH;
    }

    /** Whether a word of the greeting names FTP; the name of a host, such as ftp.example.com, may be any server's. */
    private static boolean namesFtp(byte[] buffer, int from, int to) {
        for (int at = from; at < to; ) {
            int end = at;
            while (end < to && !Ascii.isBlank(buffer[end])) {
                end++;
            }
            if (contains(buffer, at, end, FTP) && Ascii.indexOf(buffer, at, end - 1, '.') < 0) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private static boolean isOfFtpAlone(int code, boolean continues, byte[] buffer, int from, int to) {
        return switch (code) {
            case 125, 150 -> contains(buffer, from, to, CONNECTION);
            case 211 -> continues && (contains(buffer, from, to, FEATURES) || contains(buffer, from, to, EXTENSIONS));
            case 215 -> contains(buffer, from, to, UNIX) || contains(buffer, from, to, WINDOWS);
            case 226 -> contains(buffer, from, to, TRANSFER);
            case 227, 228, 229 -> Endpoint.ofReply(code, buffer, from, to).isReadable();
            case 230 -> contains(buffer, from, to, LOG);
            case 234 -> contains(buffer, from, to, TLS) || contains(buffer, from, to, SSL);
            case 257 -> Ascii.indexOf(buffer, from, to, '"') >= 0;
            case 331, 332, 350 -> true;
            default -> false;
        };
    }

    private static Probe commands(byte[] buffer, int from, int to) {
        for (int at = from; at < to; ) {
            int lineFeed = Ascii.indexOfLineFeed(buffer, at, to);
            boolean whole = lineFeed >= 0 || to - at > LONG_LINE;
            int text = Ascii.trimEnd(buffer, at, lineFeed < 0 ? to : lineFeed);
            boolean proper = lineFeed > at && buffer[lineFeed - 1] == '\r';
            Probe found = command(buffer, skipLead(buffer, at, text), text, whole, proper);
            if (found != Probe.NEED_MORE || lineFeed < 0) {
                return found;
            }
            at = lineFeed + 1;
        }
        return Probe.NEED_MORE;
    }

    /** Blanks, NULs, and the Telnet IP and DM that come before an ABOR; other Telnet commands speak for Telnet. */
    private static int skipLead(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && (Ascii.isBlank(buffer[at]) || buffer[at] == 0)) {
            at++;
        }
        while (at + 1 < to
                && buffer[at] == (byte) 0xff
                && (buffer[at + 1] == (byte) 0xf4 || buffer[at + 1] == (byte) 0xf2)) {
            at += 2;
        }
        return at;
    }

    private static Probe command(byte[] buffer, int from, int to, boolean whole, boolean proper) {
        int end = Verb.end(buffer, from, to);
        if (to - from == 1 && buffer[from] == (byte) 0xff) {
            return Probe.NEED_MORE;
        }
        if (end == to && !whole) {
            return end - from <= 4 ? Probe.NEED_MORE : Probe.NO_MATCH;
        }
        if (from == to) {
            return Probe.NEED_MORE;
        }
        Verb verb = end == to || Ascii.isBlank(buffer[end]) ? Verb.of(buffer, from, end) : null;
        if (verb == null) {
            return Probe.NO_MATCH;
        }
        int data = Ascii.skipBlanks(buffer, end, to);
        Endpoint endpoint = Endpoint.ofCommand(verb, buffer, data, to);
        if (endpoint != null) {
            boolean certain = endpoint.isReadable() && (whole || endpoint.isCanonical());
            return certain ? Probe.MATCH : whole ? Probe.NO_MATCH : Probe.NEED_MORE;
        }
        Probe found = whole ? judge(verb, buffer, data, to) : Probe.NEED_MORE;
        boolean byProgram = proper && buffer[from] <= 'Z';
        return found == Probe.MATCH && !byProgram && !OPENING.contains(verb) ? Probe.NEED_MORE : found;
    }

    private static Probe judge(Verb verb, byte[] buffer, int from, int to) {
        boolean bare = from == to;
        return switch (verb) {
            case USER -> bare || words(buffer, from, to) >= 4 ? Probe.NO_MATCH : Probe.MATCH;
            case PASV, LPSV, SPSV, FEAT, SYST, STOU, PWD, XPWD, CDUP, XCUP, ABOR, REIN, CCC -> onlyIf(bare);
            case EPSV ->
                onlyIf(bare
                        || to - from == 1 && Ascii.isDigit(buffer[from])
                        || Ascii.equalsIgnoreCase(buffer, from, to, ALL));
            case TYPE -> onlyIf(!bare && isOneOf("AEIL", buffer[from]) && (to - from == 1 || buffer[from + 1] == ' '));
            case STRU -> onlyIf(to - from == 1 && isOneOf("FRP", buffer[from]));
            case PROT -> onlyIf(to - from == 1 && isOneOf("CSEP", buffer[from]));
            case MODE -> to - from == 1 && isOneOf("SBCZ", buffer[from]) ? Probe.NEED_MORE : Probe.NO_MATCH;
            case REST, PBSZ, ALLO -> onlyIf(!bare && Ascii.isDigit(buffer[from]));
            case OPTS ->
                onlyIf(Ascii.startsWithIgnoreCase(buffer, from, to, UTF)
                        || Ascii.startsWithIgnoreCase(buffer, from, to, MLST));
            case AUTH ->
                Ascii.startsWithIgnoreCase(buffer, from, to, TLS) || Ascii.equalsIgnoreCase(buffer, from, to, SSL)
                        ? Probe.MATCH
                        : Probe.NEED_MORE;
            case RETR, DELE -> bare ? Probe.NO_MATCH : isNumber(buffer, from, to) ? Probe.NEED_MORE : Probe.MATCH;
            case STOR, APPE, CWD, XCWD, MKD, XMKD, RMD, XRMD, RNFR, RNTO, SIZE, MDTM, MFMT, SITE, CLNT -> onlyIf(!bare);
            case NLST, MLSD, MLST -> Probe.MATCH;
            case HOST -> onlyIf(!bare && words(buffer, from, to) == 1);
            default -> Probe.NEED_MORE;
        };
    }

    private static Probe onlyIf(boolean shapely) {
        return shapely ? Probe.MATCH : Probe.NO_MATCH;
    }

    private static boolean isOneOf(String letters, int letter) {
        return letters.indexOf(letter & 0xdf) >= 0;
    }

    private static boolean isNumber(byte[] buffer, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!Ascii.isDigit(buffer[at])) {
                return false;
            }
        }
        return true;
    }

    private static int words(byte[] buffer, int from, int to) {
        int words = 0;
        for (int at = from; at < to; at++) {
            if (!Ascii.isBlank(buffer[at]) && (at == from || Ascii.isBlank(buffer[at - 1]))) {
                words++;
            }
        }
        return words;
    }

    private static boolean contains(byte[] buffer, int from, int to, byte[] word) {
        for (int at = from; at + word.length <= to; at++) {
            if (Ascii.startsWithIgnoreCase(buffer, at, to, word)) {
                return true;
            }
        }
        return false;
    }
}
