package dev.howdah.osb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;

class DrainableHttpIT {
    private static final int PATIENCE_MILLIS = 20_000;

    @Test
    void aConnectionOnWhichNobodyAsksIsClosedAndNotCut() throws Exception {
        DrainableHttp http = new DrainableHttp();
        Tomcat tomcat = tomcat(http);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.getLocalPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            assertThat(answer(socket)).startsWith("HTTP/1.1 404").doesNotContain("Connection: close");

            http.closeIdle();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static Tomcat tomcat(DrainableHttp http) throws Exception {
        http.setAddress(InetAddress.getLoopbackAddress());
        Connector connector = new Connector(http);
        connector.setPort(0);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.getEngine();
        tomcat.setConnector(connector);
        tomcat.start();
        return tomcat;
    }

    /** The head of an answer without a body. */
    private static String answer(Socket socket) throws Exception {
        socket.getOutputStream().write("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }
}
