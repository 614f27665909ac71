package org.sandbar.sink;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the one certificate that has a fingerprint, written as in RFC 5425 section 4.2.2: the hash's name, and its bytes with colons
 * between ({@code sha-256:5D:…}). Where a chain is to be checked too, it is. Immutable, any thread.
 */
final class FingerprintTrust extends X509ExtendedTrustManager {
    private static final Map<String, Integer> HASH_BYTES = Map.of("sha-1", 20, "sha-256", 32);

    private final String hash;
    private final String fingerprint;
    private final X509ExtendedTrustManager chain;

    /** @param chain checks the chain, or null for not at all */
    FingerprintTrust(String text, X509ExtendedTrustManager chain) {
        String lower = text.toLowerCase(Locale.ROOT);
        int colon = lower.indexOf(':');
        hash = colon < 0 ? "" : lower.substring(0, colon);
        fingerprint = lower.substring(colon + 1).replace(":", "");
        if (!HASH_BYTES.containsKey(hash) || !fingerprint.matches("[0-9a-f]{" + 2 * HASH_BYTES.get(hash) + "}")) {
            throw new IllegalArgumentException(
                    "a fingerprint is written sha-256:AB:CD:… or sha-1:AB:CD:…, not '" + text + "'");
        }
        this.chain = chain;
    }

    private void check(X509Certificate certificate) throws CertificateException {
        try {
            byte[] digest = MessageDigest.getInstance(hash).digest(certificate.getEncoded());
            if (!HexFormat.of().formatHex(digest).equals(fingerprint)) {
                throw new CertificateException("the receiver's certificate has the fingerprint " + hash + ':'
                        + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
            }
        } catch (NoSuchAlgorithmException impossible) {
            throw new CertificateException(impossible);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String kind, Socket socket)
            throws CertificateException {
        check(certificates[0]);
        if (chain != null) {
            chain.checkServerTrusted(certificates, kind, socket);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String kind, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("only sockets are asked for");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String kind) throws CertificateException {
        throw new CertificateException("only sockets are asked for");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String kind) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String kind, Socket socket)
            throws CertificateException {
        checkClientTrusted(certificates, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String kind, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(certificates, kind);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chain == null ? new X509Certificate[0] : chain.getAcceptedIssuers();
    }
}
