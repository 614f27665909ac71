package org.sandbar.protocol.tls;

/**
 * What a server chose (RFC 8446 section 4.1.3, RFC 5246 section 7.4.1.3), as far as it is in the clear: with TLS 1.3, the protocol above
 * is not. Immutable, any thread.
 *
 * @param legacyVersion as it stands where TLS 1.2 has it
 * @param version the one that holds
 * @param alpn the protocol above, or null
 */
record ServerHello(int legacyVersion, int version, int cipher, String alpn) {
    private static final int RANDOM_BYTES = 32;

    static ServerHello read(VectorReader hello, int mostTextBytes) {
        int legacyVersion = hello.u16();
        hello.skip(RANDOM_BYTES);
        hello.vector8();
        int cipher = hello.u16();
        hello.u8();
        int version = legacyVersion;
        String alpn = null;
        VectorReader extensions = hello.left() == 0 ? hello : hello.vector16();
        while (extensions.left() >= 4) {
            int type = extensions.u16();
            VectorReader extension = extensions.vector16();
            if (type == Extension.SUPPORTED_VERSIONS && extension.left() >= 2) {
                version = extension.u16();
            } else if (type == Extension.ALPN && extension.left() > 2) {
                alpn = extension.vector16().vector8().text(mostTextBytes);
            }
        }
        return new ServerHello(legacyVersion, version, cipher, alpn);
    }
}
