package org.sandbar.protocol.http;

import java.util.List;
import org.sandbar.bytes.Words;

/**
 * What a message has that RFC 9112 does not let it have, or that readers are known to take in different ways. Kept as bits of a long
 * while a head is read; told by these names in {@code http.faults}. Any thread.
 */
enum Fault {
    /** RFC 9112 section 3: white space other than one blank between the words of the first line, or before it. */
    START_LINE_SPACE,
    START_LINE_TAB,
    START_LINE_CONTROL,
    /** A method that is one of HTTP's but for its letters' case. */
    METHOD_LOWER_CASE,
    TARGET_SPACE,
    TARGET_NON_ASCII,
    /** HTTP/0.9: no version at all. */
    VERSION_MISSING,
    /** Neither HTTP/1.0 nor HTTP/1.1, to the letter. */
    VERSION_ODD,
    BARE_LINE_FEED,
    /** Section 2.2: a CR that no LF follows. */
    BARE_CARRIAGE_RETURN,
    HEADER_NUL,
    HEADER_CONTROL,
    HEADER_NON_ASCII,
    /** Section 5.1: a server must refuse it, for some readers take it for a part of the name. */
    HEADER_SPACE_BEFORE_COLON,
    /** Section 5.2: a line that goes on behind its end. */
    HEADER_FOLDED,
    /** Section 2.2: white space between start line and first header. */
    HEADER_SPACE_FIRST,
    HEADER_NAME_INVALID,
    HEADER_WITHOUT_COLON,
    HEADER_TOO_LONG,
    HEADERS_TOO_MANY,
    HOST_LINE_REPEATED,
    HOST_LIST,
    HOST_EMPTY,
    /** Neither a name nor a literal with perhaps a port (RFC 3986 section 3.2). */
    HOST_INVALID,
    /** White space before its colon, or a fold. */
    HOST_HIDDEN,
    CONTENT_LENGTH_REPEATED,
    CONTENT_LENGTH_LIST,
    CONTENT_LENGTH_DIFFERS,
    CONTENT_LENGTH_EMPTY,
    CONTENT_LENGTH_SIGNED,
    CONTENT_LENGTH_HEXADECIMAL,
    CONTENT_LENGTH_TOO_LARGE,
    CONTENT_LENGTH_NOT_A_NUMBER,
    CONTENT_LENGTH_LEADING_ZERO,
    /** A Content-Length or Transfer-Encoding with white space before its colon, or a fold. */
    LENGTH_HIDDEN,
    /** Section 6.1: Content-Length beside Transfer-Encoding. */
    LENGTH_AND_CODING,
    CODING_REPEATED,
    /** The last coding is not chunked. */
    CODING_NOT_CHUNKED_LAST,
    CODING_UNKNOWN,
    /** The word chunked within something else: {@code xchunked}, {@code "chunked"}, a control character before it. */
    CODING_OBFUSCATED,
    /** Section 6.1: HTTP/1.0 has no transfer codings. */
    CODING_IN_1_0,
    CHUNK_SIZE_INVALID,
    CHUNK_SIZE_LEADING_ZERO,
    CHUNK_EXTENSION,
    TRAILER;

    private static final Fault[] ALL = values();

    long bit() {
        return 1L << ordinal();
    }

    /** Their names, or null where there are none. */
    static List<String> texts(long faults) {
        return Words.of(ALL, faults);
    }
}
