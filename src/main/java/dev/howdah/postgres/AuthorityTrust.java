package dev.howdah.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.ssl.WrappedFactory;

/**
 * TLS that trusts the authorities of one PEM text and no others, without a file on disk. Public, with this constructor,
 * because pgjdbc creates it by name and passes {@code sslfactoryarg}.
 */
public final class AuthorityTrust extends WrappedFactory {
    /** @throws GeneralSecurityException if the text is not one or more certificates */
    public AuthorityTrust(String pem) throws GeneralSecurityException {
        factory = socketFactory(pem);
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        Socket secured = super.createSocket(plain, host, port, autoClose);
        Handshake.begins(secured);
        return secured;
    }

    /** All servers have certificates of one authority, and to read it takes longer than to shake hands. */
    private record Trusted(String pem, SSLSocketFactory factory) {}

    private static volatile @Nullable Trusted trusted;

    /** @throws GeneralSecurityException if the text is not one or more certificates */
    static SSLSocketFactory socketFactory(String pem) throws GeneralSecurityException {
        Trusted last = trusted;
        Trusted current = last != null && last.pem().equals(pem) ? last : new Trusted(pem, newSocketFactory(pem));
        trusted = current;
        return current.factory();
    }

    private static SSLSocketFactory newSocketFactory(String pem) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities(pem));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        // PostgreSQL resumes no session, and by default twenty thousand would be kept for it, with their certificates.
        context.getClientSessionContext().setSessionCacheSize(1);
        return context.getSocketFactory();
    }

    private static KeyStore authorities(String pem) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
            return store;
        } catch (IOException impossible) {
            throw new GeneralSecurityException("An empty key store could not be made", impossible);
        }
    }
}
