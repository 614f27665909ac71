package org.sandbar.protocol.ftp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import org.sandbar.bytes.Ascii;

/**
 * The commands of RFC 959 and its extensions that are taken for commands whatever the server says. Found by their letters as one
 * number, without making a string. Any thread.
 */
enum Verb {
    ABOR,
    ACCT,
    ADAT,
    ALLO,
    APPE,
    AUTH,
    AVBL,
    CCC,
    CDUP,
    CLNT,
    CONF,
    CPSV,
    CSID,
    CWD,
    DELE,
    DSIZ,
    ENC,
    EPRT,
    EPSV,
    FEAT,
    HASH,
    HELP,
    HOST,
    LANG,
    LIST,
    LPRT,
    LPSV,
    MDTM,
    MFCT,
    MFF,
    MFMT,
    MIC,
    MKD,
    MLSD,
    MLST,
    MODE,
    NLST,
    NOOP,
    OPTS,
    PASS,
    PASV,
    PBSZ,
    PORT,
    PRET,
    PROT,
    PWD,
    QUIT,
    RANG,
    REIN,
    REST,
    RETR,
    RMD,
    RNFR,
    RNTO,
    SITE,
    SIZE,
    SMNT,
    SPSV,
    STAT,
    STOR,
    STOU,
    STRU,
    SYST,
    THMB,
    TYPE,
    USER,
    XCRC,
    XCUP,
    XCWD,
    XMD5,
    XMKD,
    XPWD,
    XRMD,
    XSHA;

    /** Commands with which the client announces where it listens. */
    static final Set<Verb> ACTIVE = EnumSet.of(PORT, EPRT, LPRT);

    /** Commands with which the client asks the server to listen. */
    static final Set<Verb> PASSIVE = EnumSet.of(PASV, EPSV, LPSV, SPSV, CPSV);

    /** Commands that use a data connection. */
    static final Set<Verb> TRANSFERS = EnumSet.of(RETR, STOR, STOU, APPE, LIST, NLST, MLSD);

    /** Commands whose argument nobody should read. */
    static final Set<Verb> SECRET = EnumSet.of(PASS, ACCT);

    /** What a client for people sends on its own account before its user has asked for anything. */
    static final Set<Verb> HABITS =
            EnumSet.of(FEAT, SYST, OPTS, TYPE, CWD, PWD, XPWD, CLNT, PBSZ, PROT, MLSD, SIZE, MDTM);

    private static final Verb[] BY_LETTERS = values();
    private static final int[] LETTERS;

    static {
        Arrays.sort(BY_LETTERS, Comparator.comparingInt(Verb::letters));
        LETTERS = Arrays.stream(BY_LETTERS).mapToInt(Verb::letters).toArray();
    }

    private int letters() {
        return letters(Ascii.bytes(name()), 0, name().length());
    }

    private static int letters(byte[] buffer, int from, int to) {
        int letters = 0;
        for (int at = from; at < to; at++) {
            letters = letters << 8 | Ascii.lower(buffer[at]);
        }
        return letters;
    }

    /** The command of these letters, in either case, or null. */
    static Verb of(byte[] buffer, int from, int to) {
        if (to - from < 3 || to - from > 4) {
            return null;
        }
        int found = Arrays.binarySearch(LETTERS, letters(buffer, from, to));
        return found >= 0 ? BY_LETTERS[found] : null;
    }

    /** Where the word at {@code from} ends, which is {@code from} where there is no word of letters and digits. */
    static int end(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && (Ascii.isLetter(buffer[at]) || at > from && Ascii.isDigit(buffer[at]))) {
            at++;
        }
        return at;
    }
}
