package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sandbar.bytes.Ascii;

/** The header fields that are looked at. A name is found by its length, first letter and spelling, without making a string. Any thread. */
enum Header {
    OTHER(""),
    HOST("host"),
    ACCEPT("accept"),
    ACCEPT_LANGUAGE("accept-language"),
    ORIGIN("origin"),
    REFERER("referer"),
    UPGRADE("upgrade"),
    LOCATION("location"),
    USER_AGENT("user-agent"),
    SEC_WEBSOCKET_KEY("sec-websocket-key"),
    SEC_WEBSOCKET_ACCEPT("sec-websocket-accept"),
    CONTENT_TYPE("content-type"),
    CONTENT_LENGTH("content-length"),
    CONTENT_ENCODING("content-encoding"),
    SEC_FETCH_SITE("sec-fetch-site"),
    SEC_FETCH_MODE("sec-fetch-mode"),
    SEC_FETCH_DEST("sec-fetch-dest"),
    SEC_FETCH_USER("sec-fetch-user"),
    X_FLASH_VERSION("x-flash-version"),
    X_REQUESTED_WITH("x-requested-with"),
    TRANSFER_ENCODING("transfer-encoding"),
    UPGRADE_INSECURE_REQUESTS("upgrade-insecure-requests"),
    ACCESS_CONTROL_REQUEST_METHOD("access-control-request-method");

    private static final Header[][] BY_LENGTH = byLength();

    private final byte[] word;

    Header(String name) {
        word = Ascii.bytes(name.toLowerCase(Locale.ROOT));
    }

    private static Header[][] byLength() {
        int longest = ACCESS_CONTROL_REQUEST_METHOD.word.length;
        Header[][] table = new Header[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            List<Header> names = new ArrayList<>();
            for (Header header : values()) {
                if (header.word.length == length && header != OTHER) {
                    names.add(header);
                }
            }
            table[length] = names.toArray(new Header[0]);
        }
        return table;
    }

    static Header of(byte[] line, int from, int to) {
        int length = to - from;
        if (length <= 0 || length >= BY_LENGTH.length) {
            return OTHER;
        }
        int first = line[from] | 0x20;
        for (Header header : BY_LENGTH[length]) {
            if (header.word[0] == first && Ascii.equalsIgnoreCase(line, from, to, header.word)) {
                return header;
            }
        }
        return OTHER;
    }
}
