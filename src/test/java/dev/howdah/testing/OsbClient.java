package dev.howdah.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A platform's side of the HTTP API. Every request carries {@link #headers()}; copies with other headers are made with
 * {@link #with} and {@link #without}. Safe for use by several threads.
 *
 * @param baseUrl without {@code /v2} and without a slash at the end
 */
public record OsbClient(URI baseUrl, Map<String, String> headers) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    public OsbClient {
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = sorted;
    }

    /** A platform that speaks version 2.17 and logs in with a password. */
    public static OsbClient of(URI baseUrl, String user, String password) {
        return new OsbClient(
                baseUrl,
                Map.of(
                        "X-Broker-API-Version",
                        "2.17",
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        basic(user, password)));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The same platform with a header set, or set differently. */
    public OsbClient with(String header, String value) {
        var changed = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(headers);
        changed.put(header, value);
        return new OsbClient(baseUrl, changed);
    }

    /** The same platform without a header. */
    public OsbClient without(String header) {
        var changed = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(headers);
        changed.remove(header);
        return new OsbClient(baseUrl, changed);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    /** @param body JSON, or what the test wants to send instead */
    public Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    public Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** @param path with query, beginning with {@code /v2} */
    public Answer send(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(TIMEOUT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Polls {@code last_operation} of an instance or a binding, as often as is decent, until it is over.
     *
     * @param path of the instance or the binding
     * @param accepted the answer to the request; one that is final is given back as it is
     * @return the last answer
     */
    public Answer awaitOperation(String path, Answer accepted, Duration patience) {
        if (accepted.status() != 202) {
            return accepted;
        }
        String operation = accepted.json().path("operation").asString("");
        String poll = path + "/last_operation" + (operation.isEmpty() ? "" : "?operation=" + operation);
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Answer answer = get(poll);
            boolean pending = answer.status() == 200
                    && answer.json().path("state").asString("").equals("in progress");
            if (!pending) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("Still in progress after " + patience + ": " + answer.body());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "OsbClient[" + baseUrl + "]";
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        /** The body as JSON; fails when it is none. */
        public JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        /** A header's first value; empty if there is none. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        @Override
        public String toString() {
            return response.request().method() + " " + response.request().uri() + " -> " + status() + " " + body();
        }
    }
}
