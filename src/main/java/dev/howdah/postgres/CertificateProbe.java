package dev.howdah.postgres;

import dev.howdah.postgres.ServerFacts.ServedCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** Shakes hands to see which certificate a server serves; pgjdbc does not tell, and SQL does not either. */
final class CertificateProbe {
    /** SSLRequest: its length and the code that no protocol version has (manual, "Message Formats"). */
    private static final byte[] SSL_REQUEST =
            ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();

    private CertificateProbe() {}

    static ServedCertificate served(ServerAddress address, String authorities, Duration timeout) {
        try (Socket plain = new Socket()) {
            int millis = (int) timeout.toMillis();
            plain.setSoTimeout(millis);
            plain.connect(new InetSocketAddress(address.host(), address.port()), millis);
            plain.getOutputStream().write(SSL_REQUEST);
            if (plain.getInputStream().read() != 'S') {
                throw new ServerUnavailableException("The server at " + address + " does not offer TLS", null, null);
            }
            return shakeHands(plain, address, authorities);
        } catch (IOException | GeneralSecurityException failure) {
            throw new ServerUnavailableException(
                    "No TLS handshake with " + address + ": " + failure.getMessage(), null, failure);
        }
    }

    private static ServedCertificate shakeHands(Socket plain, ServerAddress address, String authorities)
            throws IOException, GeneralSecurityException {
        try (SSLSocket secured = (SSLSocket)
                AuthorityTrust.socketFactory(authorities).createSocket(plain, address.host(), address.port(), true)) {
            secured.startHandshake();
            X509Certificate certificate = (X509Certificate) secured.getSession().getPeerCertificates()[0];
            return new ServedCertificate(
                    certificate.getSerialNumber(), certificate.getNotAfter().toInstant());
        }
    }
}
