package org.sandbar.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sandbar.bytes.Ascii;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.http.HttpProtocol;

/** What it costs to read a request and its response, up to the event that is told of them. The body is skipped, as it is in a run. */
@State(Scope.Thread)
public class HttpBenchmark extends AsLaunched {
    private static final int BODY = 512;

    private final Ear ear = new Ear(Traffic.flow(80));
    private final byte[] request = Ascii.bytes("GET /catalogue/17/page?item=4502&view=c0ffee HTTP/1.1\r\n"
            + "Host: host1.example.net\r\n"
            + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
            + "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Language: en,de;q=0.7\r\n"
            + "Accept-Encoding: gzip, deflate\r\nReferer: http://host1.example.net/catalogue/\r\n"
            + "Cookie: session=0123456789abcdef; theme=light\r\n\r\n");
    private final byte[] response = Ascii.bytes("HTTP/1.1 200 OK\r\nServer: nginx\r\n"
            + "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\nContent-Type: text/html\r\nCache-Control: max-age=3600\r\n"
            + "Content-Length: " + BODY + "\r\n\r\n" + " ".repeat(BODY));
    private Analyzer analyzer;

    @Setup
    public void connect() {
        analyzer = new HttpProtocol().analyzer(ear);
    }

    @Benchmark
    public Event requestAndResponse() {
        say(Direction.TO_SERVER, request);
        say(Direction.TO_CLIENT, response);
        return ear.last();
    }

    private void say(Direction direction, byte[] message) {
        long consumed = analyzer.onData(direction, message, 0, message.length);
        if (consumed != message.length) {
            throw new IllegalStateException("consumed " + consumed + " of " + message.length);
        }
    }
}
