package org.sandbar.protocol.ftp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;

/** Control channels as they are seen, for the tests that cut, lose and mutate them. */
final class FtpDialogues {
    private FtpDialogues() {}

    static Map<String, Dialogue> all() {
        Map<String, Dialogue> all = new LinkedHashMap<>();
        all.put("active", active());
        all.put("passive", passive());
        all.put("pipelined", pipelined());
        all.put("multi-line", multiLine());
        all.put("tls", tls());
        all.put("plugin", plugin());
        all.put("unsolicited", unsolicited());
        all.put("telnet", telnet());
        all.put("long", longLines());
        all.put("gap", gap());
        all.put(
                "unterminated",
                new Dialogue().server("220 hi\r\n").client("USER a\r\nQUIT").server("331 x\r\n221"));
        return all;
    }

    static Dialogue login() {
        return new Dialogue()
                .server("220 (vsFTPd 3.0.3)\r\n")
                .client("USER anonymous\r\n")
                .server("331 Please specify the password.\r\n")
                .client("PASS me@example.com\r\n")
                .server("230 Login successful.\r\n");
    }

    static Dialogue active() {
        return login().client("SYST\r\n")
                .server("215 UNIX Type: L8\r\n")
                .client("TYPE I\r\n")
                .server("200 Switching to Binary mode.\r\n")
                .client("PORT 192,168,1,5,19,136\r\n")
                .server("200 PORT command successful.\r\n")
                .client("RETR a.txt\r\n")
                .server("150 Opening BINARY mode data connection.\r\n")
                .server("226 Transfer complete.\r\n")
                .client("QUIT\r\n")
                .server("221 Goodbye.\r\n");
    }

    static Dialogue passive() {
        return login().client("PASV\r\n")
                .server("227 Entering Passive Mode (198,51,100,21,4,51).\r\n")
                .client("LIST\r\n")
                .server("150 Here comes the directory listing.\r\n226 Directory send OK.\r\n")
                .client("EPSV\r\n")
                .server("229 Entering Extended Passive Mode (|||48758|)\r\n")
                .client("STOR b\r\n")
                .server("125 go\r\n");
    }

    static Dialogue pipelined() {
        return new Dialogue()
                .client("USER a\r\nPASS b\r\nPWD\r\n")
                .server("220 hi\r\n331 go on\r\n230 in\r\n257 \"/\"\r\n")
                .client("CWD x\nCWD y\nRETR z\n")
                .server("250 x\r\n550 y\r\n150 z\r\n")
                .client("ABOR\r\n")
                .server("426 stopped\r\n226 aborted\r\n226 late\r\n");
    }

    static Dialogue multiLine() {
        return new Dialogue()
                .server("220-Welcome\r\n220-to\r\n226 files\r\n 220 padded\r\n\r\n220 it\r\n")
                .client("FEAT\r\n")
                .server("211-Features:\r\n EPRT\r\n UTF8\r\n")
                .server("230 is no end\r\n211 End\r\n")
                .client("STAT\r\n")
                .server("211-one\r\n211-two\r\n211\r\n");
    }

    static Dialogue tls() {
        return new Dialogue()
                .server("220 hi\r\n")
                .client("AUTH TLS\r\n")
                .server("234 go\r\n")
                .client("\u0016\u0003\u0001\u0000\u0009ABC\nUSERx")
                .client("\u0017\u0003\u0003\u0000\u0002\r\n\u0015\u0003\u0003\u0000\u0001z")
                .server("\u0016\u0003\u0003\u0001\u0000" + "220 x\r\nab".repeat(28) + "1234")
                .client("PASV\r\n")
                .server("227 (198,51,100,21,4,51)\r\n");
    }

    static Dialogue plugin() {
        return new Dialogue()
                .between("192.168.1.5", 40_000, "198.51.100.21", 4502)
                .client("PORT 192,168,1,5,0,22\r\n")
                .server("\u0007\u0001\u0002binary\u0000\u0001\n")
                .client("\u0001\u0002PORT 192,168,1,5,0,23\r\n");
    }

    static Dialogue unsolicited() {
        return login().server("227 Entering Passive Mode (10,0,0,9,0,22)\r\n")
                .client("NLST 227\r\n")
                .server("227 Entering Passive Mode (198,51,100,21,4,51)\r\n")
                .client("PORT 10,0,0,9,0,25\r\n")
                .server("227 (198,51,100,21,4,51)\r\n200 ok\r\n421 bye\r\n");
    }

    static Dialogue telnet() {
        return login().client("PO\u00ff\u00f1RT 192,168,1,5,19,136\r\n")
                .server("200 ok\r\n")
                .client("\u00ff\u00f4\u00ff\u00f2ABOR\r\n")
                .server("\u00ff\u00fb\u0001226 ok\r\n")
                .client("\u00ff\u00fa\u0018abc\u00ff\u00f0 \u0000CWD \u00ff\u00ff\r\n\r\n")
                .server("250 ok\r\n");
    }

    static Dialogue longLines() {
        return login().client("RETR " + "A".repeat(5_000) + "\r\nPWD\r\n")
                .server("550 " + "no".repeat(3_000) + "\r\n257 \"/\"\r\n");
    }

    static Dialogue gap() {
        return login().client("PASV\r\n")
                .lost(Direction.TO_CLIENT, 20)
                .server("0,21,4,51)\r\n")
                .client("LIST\r\n")
                .server("150 go\r\n226 done\r\n")
                .lost(Direction.TO_SERVER, 6)
                .server("227 Entering Passive Mode (198,51,100,21,4,52)\r\n")
                .client("x\r\nNLST\r\n")
                .server("150 go\r\n226 done\r\n");
    }
}
