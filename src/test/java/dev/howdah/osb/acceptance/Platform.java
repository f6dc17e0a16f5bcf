package dev.howdah.osb.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A platform that sends what a test tells it to, well-formed or not, and holds each answer against the contract. */
public final class Platform {
    static final String BASIC = "Basic " + Base64.getEncoder().encodeToString("howdah:howdah".getBytes(UTF_8));
    private static final HttpClient CLIENT = HttpClient.newBuilder().build();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final BrokerUnderTest broker;
    private final boolean replaying;

    /** One that sends each request once. */
    public Platform(BrokerUnderTest broker) {
        this(broker, false);
    }

    private Platform(BrokerUnderTest broker, boolean replaying) {
        this.broker = broker;
        this.replaying = replaying;
    }

    /** One that sends each request several times, and holds the answers against each other. */
    static Platform replaying(BrokerUnderTest broker) {
        return new Platform(broker, Replays.areWanted());
    }

    public Call call(String method, String path) {
        return new Call(method, path);
    }

    /** One request; by default with the headers that every request should have. */
    public final class Call {
        private final String method;
        private final String path;
        private final List<String> query = new ArrayList<>();
        private final Map<String, List<String>> headers = new LinkedHashMap<>();
        private byte @Nullable [] body;

        private Call(String method, String path) {
            this.method = method;
            this.path = path;
            header("Authorization", BASIC);
            header("X-Broker-API-Version", "2.17");
        }

        /** Replaces the header; null leaves it out. */
        public Call header(String name, @Nullable String value) {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            if (value != null) {
                headers.put(name, List.of(value));
            }
            return this;
        }

        /** As it is to be sent, percent-encoded. */
        public Call query(String text) {
            if (!text.isEmpty()) {
                query.add(text);
            }
            return this;
        }

        public Call json(Object value) {
            return raw(JSON.writeValueAsString(value), "application/json");
        }

        public Call raw(String text, @Nullable String contentType) {
            body = text.getBytes(UTF_8);
            return header("Content-Type", contentType);
        }

        public Answer send() {
            return replaying ? Replays.send(method, path, broker, this::sendOnce) : sendOnce();
        }

        private Answer sendOnce() {
            String target = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(broker.url() + target));
            headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
            request.method(
                    method,
                    body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
            try {
                HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
                Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
                Contract.check(method, path, answer);
                return answer;
            } catch (IOException lost) {
                throw new UncheckedIOException(lost);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }
}
