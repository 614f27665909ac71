package org.sandbar.protocol.ftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Probe;

class FtpProbeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "USER anonymous\r\n",
                "user anonymous\n",
                "USER John Smith\r\n",
                "AUTH TLS\r\n",
                "AUTH SSL\r\n",
                "FEAT\r\n",
                "SYST\r\n",
                "HOST ftp.example.com\r\n",
                "OPTS UTF8 ON\r\n",
                "PASV\r\n",
                "EPSV\r\n",
                "EPSV ALL\r\n",
                "EPSV 2\r\n",
                "PORT 192,168,1,5,0,22\r\n",
                "PORT 192,168,1,5,0,22",
                "port 192,168,1,5,0,22\n",
                "PORT 192,168,1,261,0,22\r\n",
                "EPRT |1|192.168.1.5|22|\r\n",
                "EPRT |2|2001:db8::5|46525|\r\n",
                "LPRT 4,4,192,0,2,1,2,19,136\r\n",
                "RETR x\r\n",
                "STOR report.pdf\r\n",
                "CWD /pub\r\n",
                "TYPE I\r\n",
                "TYPE A N\r\n",
                "NLST\r\n",
                "SIZE 1MB.zip\r\n",
                "\u00ff\u00f4\u00ff\u00f2ABOR\r\n",
                "\r\nUSER anonymous\r\n",
                "NOOP\r\nPWD\r\n",
                "PASS secret\r\nSYST\r\n",
            })
    void clientOfFtp(String bytes) {
        assertEquals(Probe.MATCH, client(bytes));
        assertEquals(Probe.MATCH_REVERSED, server(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO example.com\r\n",
                "HELO example.com\r\n",
                "MAIL FROM:<a@example.com>\r\n",
                "CAPA\r\n",
                "APOP a 0123\r\n",
                "NICK guest\r\nUSER guest 0 * :Guest\r\n",
                "USER guest 0 * :Guest\r\nNICK guest\r\n",
                "PASS x\r\nNICK guest\r\n",
                "MODE READER\r\n",
                "GROUP comp.lang.java\r\n",
                "LIST\r\nGROUP x\r\n",
                "AUTHINFO USER a\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST / HTTP/1.1\r\n",
                "Host: example.com\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\u00ff\u00fb\u001f\u00ff\u00fb\u0020",
                "\u0016\u0003\u0001\u0002\u0000",
                "\u0000\u0001\u0002",
                "<policy-file-request/>\u0000",
                "PORT abc\r\n",
                "PORT\r\n",
                "PORTX 192,168,1,5,0,22\r\n",
                "TYPE mykey\r\n",
                "HOST a b c\r\n",
                "USER\r\n",
                "hello\r\n",
                "STOR is a word of FTP\nthis is data\n",
                "\u001b[2J",
            })
    void notAClientOfFtp(String bytes) {
        assertEquals(Probe.NO_MATCH, client(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P",
                "PORT",
                "PORT 192,168,1,5,0,",
                "USER anonym",
                "PASS secret\r\n",
                "QUIT\r\n",
                "NOOP\r\n",
                "HELP\r\n",
                "LIST\r\n",
                "STAT\r\n",
                "RETR 1\r\n",
                "DELE 2\r\n",
                "STOR is a word of FTP\n",
                "pwd\r\n",
                "\u00ff",
                "",
            })
    void undecidedByClient(String bytes) {
        assertEquals(Probe.NEED_MORE, client(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "227 Entering Passive Mode (192,0,2,1,4,51)\r\n",
                "229 Entering Extended Passive Mode (|||48758|)\r\n",
                "150 Opening BINARY mode data connection for x\r\n",
                "226 Transfer complete\r\n",
                "220 Hello\r\n331 Password required\r\n",
                "220-Hello\r\n220-250 of you\r\n  any text\r\n220 ready\r\n331 Password required\r\n",
                "220 (vsFTPd 3.0.3)\r\n530 Please login\r\n",
                "211-Features:\r\n UTF8\r\n211 End\r\n",
                "215 UNIX Type: L8\r\n",
                "257 \"/\" is the current directory\r\n",
                "200 Type set\r\n226 Transfer complete\r\n",
            })
    void serverOfFtp(String bytes) {
        assertEquals(Probe.MATCH, server(bytes));
        assertEquals(Probe.MATCH_REVERSED, client(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2",
                "220",
                "220 (vsFTPd 3.0.3)\r\n",
                "220-FileZilla Server\r\n220 hi\r\n",
                "120 wait\r\n",
                "220 mail.example.com ready\r\n250 OK\r\n",
                "220 ftp.example.com ready\r\n250 OK\r\n",
                "200 news.example.com ready\r\n",
                "215 list of newsgroups follows\r\n",
                "211 10 1 10 comp.lang.java\r\n",
                "200 OK\r\n",
                "227 Entering Passive Mode\r\n",
            })
    void undecidedByServer(String bytes) {
        assertEquals(Probe.NEED_MORE, server(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "220 mail.example.com ESMTP Postfix\r\n",
                "+OK POP3 ready\r\n",
                "* OK IMAP4rev1\r\n",
                ":irc.example.com NOTICE AUTH :hi\r\n",
                "HTTP/1.1 200 OK\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\u00ff\u00fd\u0018\u00ff\u00fd\u0020",
                "login: ",
                "220x\r\n",
                "12:30:01 up 3 days\r\n",
            })
    void notAServerOfFtp(String bytes) {
        assertEquals(Probe.NO_MATCH, server(bytes));
    }

    @Test
    void aPortCommandIsNotRuledOutBeforeItsEnd() {
        String line = "PORT 192,168,1,5,0,22\r\n";
        for (int length = 1; length <= line.length(); length++) {
            assertNotEquals(Probe.NO_MATCH, client(line.substring(0, length)));
        }
    }

    @Test
    void anOverlongFirstLineIsJudgedAsItStands() {
        assertEquals(Probe.MATCH, client("USER " + "a".repeat(600)));
        assertEquals(Probe.NO_MATCH, client("a".repeat(600)));
    }

    private static Probe client(String bytes) {
        return probe(Direction.TO_SERVER, bytes);
    }

    private static Probe server(String bytes) {
        return probe(Direction.TO_CLIENT, bytes);
    }

    private static Probe probe(Direction direction, String text) {
        byte[] bytes = ("\n" + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return new FtpProtocol().probe(21, direction, bytes, 1, bytes.length - 2);
    }
}
