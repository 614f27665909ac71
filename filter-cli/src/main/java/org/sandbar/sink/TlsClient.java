package org.sandbar.sink;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Secures connections as RFC 5425 asks of a sender: the receiver's certificate has a chain to a known authority and the receiver's name,
 * or it is the one with the given fingerprint; an own certificate is shown where there is one. Everything is PEM. One thread.
 */
final class TlsClient {
    private static final char[] NO_PASSWORD = {};
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA");

    private final SSLContext context;
    private final String name;
    private final int port;
    private final boolean namesChecked;

    private TlsClient(SSLContext context, String name, int port, boolean namesChecked) {
        this.context = context;
        this.name = name;
        this.port = port;
        this.namesChecked = namesChecked;
    }

    /**
     * Reads what it goes by. Each but the name may be null.
     *
     * @param name what the receiver's certificate must be for
     * @param authorities the certificates that are trusted; those that Java trusts where it is null
     * @param certificate the own one, with those between it and its authority behind it; {@code key} is its key, in PKCS #8
     * @param fingerprint of the receiver's certificate, as RFC 5425 writes it; then neither its name counts, nor its chain where there are
     *     no authorities
     * @throws IOException where a file is not readable, or is not what it should be; the message says which and how it should be
     */
    static TlsClient of(String name, int port, Path authorities, Path certificate, Path key, String fingerprint)
            throws IOException {
        try {
            KeyManager[] own = certificate == null ? null : own(certificate, key);
            X509ExtendedTrustManager chain = fingerprint != null && authorities == null ? null : trusting(authorities);
            TrustManager trust = fingerprint == null ? chain : new FingerprintTrust(fingerprint, chain);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, new TrustManager[] {trust}, null);
            return new TlsClient(context, name, port, fingerprint == null);
        } catch (GeneralSecurityException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }

    /** Makes a connection a secure one; closing that closes it. */
    Socket secure(Socket connected) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(connected, name, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        if (namesChecked) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static X509ExtendedTrustManager trusting(Path authorities) throws IOException, GeneralSecurityException {
        KeyStore known = null;
        if (authorities != null) {
            known = empty();
            for (Certificate authority : certificates(authorities)) {
                known.setCertificateEntry("authority-" + known.size(), authority);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(known);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private static KeyManager[] own(Path certificate, Path key) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry(
                "own", privateKey(key), NO_PASSWORD, certificates(certificate).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new IOException(file + " holds no certificate in PEM");
            }
            return all;
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException(file + " holds no key that begins with BEGIN PRIVATE KEY; make one of it with"
                    + " openssl pkcs8 -topk8 -nocrypt -in " + file);
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        GeneralSecurityException last = null;
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (GeneralSecurityException another) {
                last = another;
            }
        }
        throw last;
    }
}
