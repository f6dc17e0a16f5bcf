package dev.howdah.workload;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.postgresql.ssl.WrappedFactory;

/** Trusts every server and remembers the certificate of the last one. */
public final class RecordingTrust extends WrappedFactory {

    private static volatile String serial = "";

    public RecordingTrust(Properties ignored) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Recorder()}, null);
        factory = context.getSocketFactory();
    }

    static void reset() {
        serial = "";
    }

    static String serial() {
        return serial;
    }

    private static final class Recorder implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            serial = chain[0].getSerialNumber().toString();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
