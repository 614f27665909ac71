package org.sandbar.bench.mix;

import java.util.SplittableRandom;

/** A browser's connection: several requests one after another, some of them POST; bodies by length and in chunks. */
final class HttpScript implements Script {
    private static final String[] AGENTS = {
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        "curl/8.14.1"
    };
    private static final String[] TYPES = {"text/html", "text/css", "text/plain", "application/octet-stream"};
    private static final int LARGEST_CHUNK = 8_192;

    private final String host;
    private final String agent;
    private final SplittableRandom random;
    private final Counts.Tally tally;
    private int left;

    HttpScript(int server, SplittableRandom random, Counts.Tally tally) {
        host = Hosts.name(server);
        agent = AGENTS[random.nextInt(AGENTS.length)];
        left = 1 + random.nextInt(8);
        this.random = random;
        this.tally = tally;
    }

    @Override
    public boolean proceed(TcpTalk talk) {
        if (left-- == 0) {
            return false;
        }
        tally.add(Quantity.HTTP_REQUESTS);
        tally.add(Quantity.HTTP_RESPONSES);
        talk.say(true, request()).say(false, response());
        return true;
    }

    private Message request() {
        boolean post = random.nextInt(10) == 0;
        int body = post ? 1 + random.nextInt(2_000) : 0;
        StringBuilder head = new StringBuilder(640)
                .append(post ? "POST" : "GET")
                .append(" /catalogue/")
                .append(random.nextInt(1_000))
                .append("/page?item=")
                .append(random.nextInt(1 << 30))
                .append("&view=")
                .append(Long.toHexString(random.nextLong()))
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\nUser-Agent: ")
                .append(agent)
                .append("\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Language: en,de;q=0.7")
                .append("\r\nAccept-Encoding: gzip, deflate\r\nReferer: http://")
                .append(host)
                .append("/catalogue/\r\nCookie: session=")
                .append(Long.toHexString(random.nextLong()))
                .append(Long.toHexString(random.nextLong()))
                .append("; theme=light\r\n");
        if (post) {
            head.append("Content-Type: application/octet-stream\r\nContent-Length: ")
                    .append(body)
                    .append("\r\n");
        }
        Message request = Message.of(head.append("\r\n").toString());
        return post ? request.noise(random, body) : request;
    }

    private Message response() {
        int body = bodyLength(random);
        boolean chunked = random.nextInt(4) == 0;
        StringBuilder head = new StringBuilder(320)
                .append("HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Mon, 23 Nov 2026 10:00:00 GMT\r\nContent-Type: ")
                .append(TYPES[random.nextInt(TYPES.length)])
                .append("\r\nCache-Control: max-age=3600\r\nETag: \"")
                .append(Long.toHexString(random.nextLong()))
                .append("\"\r\n");
        if (!chunked) {
            head.append("Content-Length: ").append(body).append("\r\n\r\n");
            return Message.of(head.toString()).noise(random, body);
        }
        Message response =
                Message.of(head.append("Transfer-Encoding: chunked\r\n\r\n").toString());
        for (int rest = body; rest > 0; ) {
            int chunk = Math.min(rest, 1 + random.nextInt(LARGEST_CHUNK));
            response.text(Integer.toHexString(chunk) + "\r\n")
                    .noise(random, chunk)
                    .text("\r\n");
            rest -= chunk;
        }
        return response.text("0\r\n\r\n");
    }

    /** Each power of two from 64 bytes to 64 KiB as likely as the next: most objects are small, most bytes are in large ones. */
    static int bodyLength(SplittableRandom random) {
        int power = 64 << random.nextInt(10);
        return power + random.nextInt(power);
    }
}
