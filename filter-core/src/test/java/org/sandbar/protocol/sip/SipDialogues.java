package org.sandbar.protocol.sip;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sandbar.protocol.Dialogue;

/** Conversations of SIP for tests, between 192.168.1.5 and 198.51.100.21. */
final class SipDialogues {
    static final String OFFER =
            "v=0\r\no=- 1 1 IN IP4 192.168.1.5\r\ns=-\r\nc=IN IP4 192.168.1.5\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0 8\r\nm=video 6010/2 RTP/SAVP 31\r\na=rtcp:7011\r\n";
    static final String ANSWER =
            "v=0\r\no=- 2 2 IN IP4 198.51.100.21\r\ns=-\r\nt=0 0\r\nm=audio 7000 RTP/AVP 0\r\nc=IN IP4 203.0.113.9\r\nm=video 0 RTP/SAVP 31\r\n";

    private SipDialogues() {}

    static Map<String, Dialogue> all() {
        Map<String, Dialogue> all = new LinkedHashMap<>();
        all.put("registration", registration());
        all.put("call", call());
        all.put(
                "released",
                dialogue()
                        .client(request("REGISTER", 3, "Contact: *\r\nExpires: 0\r\n", ""))
                        .server(response("200 OK", "3 REGISTER", "", "")));
        all.put(
                "pipelined",
                dialogue()
                        .client("\r\n\r\n" + request("OPTIONS", 1, "", "") + request("OPTIONS", 2, "", "x".repeat(20))
                                + "\r\n")
                        .server(response("200 OK", "2 OPTIONS", "", "")
                                + response("404 Not Found", "1 OPTIONS", "", "")));
        all.put(
                "called by the server",
                dialogue()
                        .server(request("INVITE", 1, "Contact: <sip:c@198.51.100.21>\r\n", ANSWER))
                        .client(response("486 Busy Here", "1 INVITE", "", "")));
        all.put("unanswered", dialogue().client(request("MESSAGE", 1, "", "hello")));
        all.put("unasked", dialogue().server(response("200 OK", "1 INVITE", "", ANSWER)));
        all.put("no message behind it", dialogue().client(request("OPTIONS", 1, "", "") + "GET / HTTP/1.1\r\n\r\n"));
        all.put(
                "no length",
                dialogue()
                        .client("OPTIONS sip:b SIP/2.0\r\ni:a\r\nCSeq: 1 OPTIONS\r\n\r\n")
                        .server("SIP/2.0 200 OK\r\ni:a\r\nCSeq: 1 OPTIONS\r\nl: x\r\n\r\n"));
        return all;
    }

    static Dialogue dialogue() {
        return new Dialogue().between("192.168.1.5", 40_000, "198.51.100.21", 5_060);
    }

    static Dialogue registration() {
        String contact = "Contact: \"a, b\" <sip:a@192.168.1.5:5000;transport=tcp>;q=1\r\nExpires: 3600\r\n";
        String bound = "m: <sip:a@10.9.9.9>;expires=7,\r\n <sip:a@192.168.1.5:5000;transport=tcp>;expires=60\r\n";
        return dialogue()
                .client(request("REGISTER", 1, contact, ""))
                .server(response("401 Unauthorized", "1 REGISTER", "WWW-Authenticate: Digest realm=\"x\"\r\n", ""))
                .client(request("REGISTER", 2, contact + "Authorization: Digest response=\"secret\"\r\n", ""))
                .server(response("100 Trying", "2 REGISTER", "", ""))
                .server(response("200 OK", "2 REGISTER", bound, ""));
    }

    static Dialogue call() {
        return dialogue()
                .client(request("INVITE", 1, "Contact: <sip:a@192.168.1.5>\r\n", OFFER))
                .server(response("100 Trying", "1 INVITE", "", ""))
                .server(response("183 Session Progress", "1 INVITE", "", ANSWER))
                .server(response("200 OK", "1 INVITE", "Contact: sip:b@198.51.100.21\r\n", ANSWER))
                .client(request("ACK", 1, "", ""))
                .client(request("BYE", 2, "", ""))
                .server(response("200 OK", "2 BYE", "", ""));
    }

    static String request(String method, int sequence, String headers, String body) {
        String first = method + " sip:e.example SIP/2.0\r\nVia: SIP/2.0/TCP 192.168.1.5;branch=z9hG4bK1\r\n";
        return message(
                first + "From: <sip:a@e.example>;tag=1\r\nTo: <sip:b@e.example>\r\nCSeq: " + sequence + " " + method,
                headers,
                body);
    }

    static String response(String status, String sequence, String headers, String body) {
        return message("SIP/2.0 " + status + "\r\nServer: test\r\nCSeq: " + sequence, headers, body);
    }

    private static String message(String head, String headers, String body) {
        String type = body.startsWith("v=") ? "Content-Type: application/sdp\r\n" : "";
        return head + "\r\nCall-ID: abc\r\n" + headers + type + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
