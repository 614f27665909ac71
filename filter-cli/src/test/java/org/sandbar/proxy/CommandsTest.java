package org.sandbar.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.protocol.ftp.ActiveCommand;
import org.sandbar.wire.Address;

/** What the server is told in place of what the client says, however that is cut into pieces. */
class CommandsTest {
    private static final int BUFFER_BYTES = 256;
    private static final Address CLIENT = Address.parse("192.168.1.5");
    private static final Address CLIENT6 = Address.parse("fd00::5");
    private static final Address ROUTER = Address.parse("198.51.100.1");
    private static final Address ROUTER6 = Address.parse("2001:db8:2::1");
    private static final int ROUTER_PORT = 50_000;

    private static ActiveCommand substitute(ActiveCommand command) {
        return command.address().equals(CLIENT)
                ? command.with(ROUTER, ROUTER_PORT)
                : command.address().equals(CLIENT6) ? command.with(ROUTER6, ROUTER_PORT) : null;
    }

    /** What comes out, fed in these pieces, each as often as it takes until nothing moves any more. */
    private static String passed(String said, int... cuts) {
        byte[] bytes = said.getBytes(StandardCharsets.ISO_8859_1);
        Commands commands = new Commands(CommandsTest::substitute);
        ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
        ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        int at = 0;
        for (int piece = 0; piece <= cuts.length; piece++) {
            int end = piece < cuts.length ? cuts[piece] : bytes.length;
            while (at < end) {
                int length = Math.min(end - at, in.remaining());
                in.put(bytes, at, length);
                at += length;
                drain(commands, in, out, passed, false);
            }
        }
        drain(commands, in, out, passed, true);
        assertEquals(0, in.position());
        return passed.toString(StandardCharsets.ISO_8859_1);
    }

    private static void drain(
            Commands commands, ByteBuffer in, ByteBuffer out, ByteArrayOutputStream passed, boolean last) {
        do {
            passed.write(out.array(), 0, out.position());
            out.clear();
            commands.pass(in, out, last);
        } while (out.position() > 0);
    }

    /** The same in one piece, cut in two at every byte, and one byte at a time. */
    private static void passes(String expected, String said) {
        assertEquals(expected, passed(said));
        for (int cut = 1; cut < said.length(); cut++) {
            assertEquals(expected, passed(said, cut), "cut at " + cut);
        }
        int[] everywhere = new int[said.length()];
        Arrays.setAll(everywhere, i -> i);
        assertEquals(expected, passed(said, everywhere));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PORT 192,168,1,5,19,136;PORT 198,51,100,1,195,80",
                "port 192,168,1,5,19,136;PORT 198,51,100,1,195,80",
                "PORT 192,168,1,5,0,22;PORT 198,51,100,1,195,80",
                "EPRT |1|192.168.1.5|5000|;EPRT |1|198.51.100.1|50000|",
                "EPRT |2|fd00::5|5000|;EPRT |2|2001:db8:2::1|50000|",
                "EPRT !2!FD00:0:0:0:0:0:0:5!5000!;EPRT |2|2001:db8:2::1|50000|"
            })
    void whereTheClientListens(String said, String told) {
        passes(told + "\r\n", said + "\r\n");
        passes(
                "TYPE I\r\n" + told + "\r\nRETR x\r\n" + told + "\r\n",
                "TYPE I\r\n" + said + "\r\nRETR x\r\n" + said + "\r\n");
    }

    /** Another's address, and what is not in the RFC's form, is the server's to judge. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORT 192,168,1,6,19,136\r\n",
                "PORT 0,0,0,0,19,136\r\n",
                "EPRT |1|192.168.1.6|5000|\r\n",
                "PORT 192,168,1,261,19,136\r\n",
                "PORT 192,168,1,5,19,136 \r\n",
                "PORT  192,168,1,5,19,136\r\n",
                "PORT 192,168,1,5,19,136\n",
                "PORT 192,168,1,5,19,136",
                "PORT 192,168,1,5,19\u00ff\u00f1,136\r\n",
                "\u00ff\u00f4\u00ff\u00f2PORT 192,168,1,5,19,136\r\n",
                "PORT 192,168,1,5\r\n",
                "SITE PORT 192,168,1,5,19,136\r\n",
                "PORTX 192,168,1,5,19,136\r\n",
                "LPRT 4,4,192,168,1,5,2,19,136\r\n",
                "\u00ff\u00f4\u00ff\u00f2ABOR\r\n",
                "\r\n\r\n",
                "PASV\r\nEPSV\r\nUSER \u00e4\r\n"
            })
    void unchanged(String said) {
        passes(said, said);
    }

    @Test
    void aLineThatIsTooLongGoesOnAndHidesNothingBehindIt() {
        String tooLong = "STOR " + "x".repeat(3 * BUFFER_BYTES) + "\r\n";
        passes(tooLong + "PORT 198,51,100,1,195,80\r\n", tooLong + "PORT 192,168,1,5,19,136\r\n");
        String within = "x".repeat(BUFFER_BYTES) + "PORT 192,168,1,5,19,136\r\n";
        passes(within, within);
        String padded = "PORT 192,168,1,5,19,136" + " ".repeat(BUFFER_BYTES) + "\r\n";
        passes(padded, padded);
    }

    @Test
    void whatIsEncryptedGoesOnAsItIs() {
        String said = "AUTH TLS\r\n\u0016\u0003\u0001\u0000\u0020\nPORT 192,168,1,5,19,136\r\n" + "\n\r\0".repeat(200);
        passes(said, said);
    }

    @Test
    void anIncompleteLineWaits() {
        Commands commands = new Commands(CommandsTest::substitute);
        ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
        ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);
        in.put("NOOP\r\nPORT 192,168,".getBytes(StandardCharsets.ISO_8859_1));
        commands.pass(in, out, false);
        assertEquals(6, out.position());
        assertEquals(13, in.position());
    }

    @Test
    void aFullBufferHoldsBackWhatComes() {
        Commands commands = new Commands(CommandsTest::substitute);
        ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
        ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);
        out.position(BUFFER_BYTES - ActiveCommand.MOST_BYTES + 1);
        in.put("NOOP\r\n".getBytes(StandardCharsets.ISO_8859_1));
        commands.pass(in, out, false);
        assertEquals(6, in.position());
        out.clear();
        commands.pass(in, out, false);
        assertEquals(6, out.position());
        assertTrue(in.hasRemaining());
    }
}
