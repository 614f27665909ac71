package org.sandbar.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sandbar.bytes.Ascii;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.ftp.FtpProtocol;

/** What it costs to read an FTP command with its reply, up to the event that is told of it. */
@State(Scope.Thread)
public class FtpBenchmark extends AsLaunched {
    private final Ear ear = new Ear(Traffic.flow(21));
    private final byte[][] commands = {
        Ascii.bytes("TYPE I\r\n"), Ascii.bytes("PORT 10,1,0,1,195,80\r\n"), Ascii.bytes("RETR archive1.zip\r\n")
    };
    private final byte[][] replies = {
        Ascii.bytes("200 Type set to I.\r\n"),
        Ascii.bytes("200 PORT command successful.\r\n"),
        Ascii.bytes("226 Transfer complete.\r\n")
    };
    private Analyzer analyzer;
    private int next;

    @Setup
    public void logIn() {
        analyzer = new FtpProtocol().analyzer(ear);
        say(Direction.TO_CLIENT, Ascii.bytes("220 FTP server ready.\r\n"));
        say(Direction.TO_SERVER, Ascii.bytes("USER anonymous\r\n"));
        say(Direction.TO_CLIENT, Ascii.bytes("331 Send your address as password.\r\n"));
        say(Direction.TO_SERVER, Ascii.bytes("PASS me@example.org\r\n"));
        say(Direction.TO_CLIENT, Ascii.bytes("230 Logged in.\r\n"));
    }

    @Benchmark
    public Event command() {
        next = (next + 1) % commands.length;
        say(Direction.TO_SERVER, commands[next]);
        say(Direction.TO_CLIENT, replies[next]);
        return ear.last();
    }

    private void say(Direction direction, byte[] line) {
        analyzer.onData(direction, line, 0, line.length);
    }
}
