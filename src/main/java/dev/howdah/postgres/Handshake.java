package dev.howdah.postgres;

import dev.howdah.postgres.ServerFacts.ServedCertificate;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Sees which certificate a server shows to somebody who logs in; pgjdbc does not tell, and SQL does not either. */
final class Handshake {
    private static final ScopedValue<Handshake> CURRENT = ScopedValue.newInstance();

    private @Nullable SSLSocket socket;

    /** @param login of one connection, on this thread */
    <T> T during(Supplier<T> login) {
        return ScopedValue.where(CURRENT, this).call(login::get);
    }

    /** Told of each connection that goes over to TLS. */
    static void begins(Socket socket) {
        if (CURRENT.isBound() && socket instanceof SSLSocket secured) {
            CURRENT.get().socket = secured;
        }
    }

    /** Null if there was none: the connection is not secured. */
    @Nullable
    ServedCertificate certificate() {
        if (socket == null) {
            return null;
        }
        try {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return new ServedCertificate(
                    certificate.getSerialNumber(), certificate.getNotAfter().toInstant());
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }
}
