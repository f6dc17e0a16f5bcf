package dev.howdah.osb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Base64;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Sends the process some requests of its own and ends it: what a start and a first request need is then loaded, linked and known, and a
 * JVM that was told to write an AOT cache (JEP 514, JEP 515) has something to write. Needs no cluster.
 */
final class Rehearsal implements ApplicationListener<ApplicationReadyEvent> {
    private static final int REQUESTS = 50;

    private final String login;

    /** @param login as in {@code user:password}; empty: there is none */
    Rehearsal(String login) {
        this.login = login;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (login.isEmpty()) {
            return;
        }
        ConfigurableApplicationContext context = ready.getApplicationContext();
        if (context instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            URI api = URI.create("http://127.0.0.1:" + web.getWebServer().getPort());
            try {
                for (int i = 0; i < REQUESTS; i++) {
                    send(api.resolve("/v2/catalog"));
                }
            } catch (IOException failure) {
                throw new IllegalStateException("The rehearsal has failed", failure);
            }
            System.exit(SpringApplication.exit(context));
        }
    }

    private void send(URI url) throws IOException {
        HttpURLConnection request = (HttpURLConnection) url.toURL().openConnection();
        request.setRequestProperty(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
        request.setRequestProperty("X-Broker-API-Version", "2.17");
        if (request.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(url + " answered " + request.getResponseCode());
        }
        try (InputStream body = request.getInputStream()) {
            body.readAllBytes();
        }
    }
}
