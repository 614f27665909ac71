package org.sandbar.protocol.tls;

/** The extensions that are looked at, by their numbers in IANA's registry. */
final class Extension {
    static final int SERVER_NAME = 0;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int ALPN = 16;
    /** RFC 8449. */
    static final int RECORD_SIZE_LIMIT = 28;
    /** RFC 9345. */
    static final int DELEGATED_CREDENTIALS = 34;

    static final int SUPPORTED_VERSIONS = 43;

    private Extension() {}
}
