package dev.howdah.installation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A platform outside of the broker's process, which repeats nothing. It keeps its connections open, or has a new one for each request. */
final class Caller {
    static final String SERVICE = "7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11";
    static final String FREE = "3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21";
    static final String IDS = "service_id=" + SERVICE + "&plan_id=" + FREE;
    static final String BODY = """
            {"service_id": "%s", "plan_id": "%s", "organization_guid": "o", "space_guid": "s"}""".formatted(SERVICE, FREE);

    private final URI url;
    private final SSLContext trust;
    private final @Nullable HttpClient kept;
    private final String authorization;

    Caller(URI url, SSLContext trust, String user, String password) {
        this(
                url,
                trust,
                client(trust),
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
    }

    private Caller(URI url, SSLContext trust, @Nullable HttpClient kept, String authorization) {
        this.url = url;
        this.trust = trust;
        this.kept = kept;
        this.authorization = authorization;
    }

    /** The same platform with a connection for each request. */
    Caller withoutKeptConnections() {
        return new Caller(url, trust, (HttpClient) null, authorization);
    }

    private static HttpClient client(SSLContext trust) {
        return HttpClient.newBuilder()
                .sslContext(trust)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    record Answer(int status, String body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String state() {
            return json().path("state").asString("");
        }
    }

    static String instance(String id) {
        return "/v2/service_instances/" + id;
    }

    static String binding(String id, String binding) {
        return instance(id) + "/service_bindings/" + binding;
    }

    Answer get(String path) throws IOException {
        return send("GET", path, null);
    }

    Answer send(String method, String path, @Nullable String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(90))
                .header("Authorization", authorization)
                .header("X-Broker-API-Version", "2.17")
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return kept == null ? sendOnce(request, body) : send(kept, request);
    }

    /** Without a client of its own for each, which would cost the machine more than the broker does. */
    private Answer sendOnce(HttpRequest request, @Nullable String body) throws IOException {
        HttpsURLConnection connection =
                (HttpsURLConnection) request.uri().toURL().openConnection();
        connection.setSSLSocketFactory(trust.getSocketFactory());
        connection.setHostnameVerifier((host, session) -> true); // Trust has looked at the name
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(90_000);
        connection.setRequestMethod(request.method());
        request.headers().map().forEach((name, values) -> connection.setRequestProperty(name, values.getFirst()));
        connection.setRequestProperty("Connection", "close");
        if (body != null) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(UTF_8));
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, in == null ? "" : new String(in.readAllBytes(), UTF_8));
        }
    }

    private static Answer send(HttpClient http, HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    Answer provision(String id) throws IOException {
        return send("PUT", instance(id) + "?accepts_incomplete=true", BODY);
    }

    Answer bind(String id, String binding) throws IOException {
        return send("PUT", binding(id, binding), BODY);
    }

    Answer unbind(String id, String binding) throws IOException {
        return send("DELETE", binding(id, binding) + "?" + IDS, null);
    }

    Answer deprovision(String id) throws IOException {
        return send("DELETE", instance(id) + "?accepts_incomplete=true&" + IDS, null);
    }

    Answer poll(String id) throws IOException {
        return get(instance(id) + "/last_operation");
    }
}
