package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P3;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests that are nearly right, and some that are far from it. */
class FuzzIT extends Acceptance {
    private static final int REQUESTS = 10_000;
    private static final int AT_ONCE = 16;
    private static final long SEED = 20_170_217;

    private static final List<String> METHODS = List.of("GET", "PUT", "PATCH", "DELETE", "POST", "HEAD", "FOO", "put");
    private static final List<String> SEGMENTS = List.of(
            "v2",
            "catalog",
            "service_instances",
            "service_bindings",
            "last_operation",
            "x",
            "%00",
            "%2F",
            "..",
            ";a=b",
            "%ff",
            "%zz",
            "%25",
            "",
            "a%20b",
            "%E2%82%AC",
            "<script>",
            "actuator",
            "error",
            "%0d%0aX: y");
    private static final List<String> QUERIES = List.of(
            "accepts_incomplete=true",
            "accepts_incomplete=foo",
            "service_id=" + S,
            "plan_id=" + P1,
            "operation=%zz",
            "operation=%00",
            "service_id=",
            "a=b=c",
            "%",
            "&&",
            "operation=" + "x".repeat(2000),
            "plan_id[]=1");
    private static final List<String> HEADERS = List.of(
            "Authorization: Basic !!!",
            "Authorization: Basic",
            "X-Broker-API-Version: 2.17",
            "X-Broker-API-Version: ٢.١٧",
            "X-Broker-API-Version: 99999999999999999999.1",
            "X-Broker-API-Originating-Identity: kubernetes e30=",
            "X-Broker-API-Originating-Identity: \u0001",
            "X-Broker-API-Request-Identity: r€",
            "Content-Type: text/xml",
            "Content-Type: ;;;",
            "Accept: text/html",
            "Accept: ,,/",
            "Transfer-Encoding: nonsense",
            "If-None-Match: \"",
            "If-Modified-Since: yesterday",
            "Range: bytes=5-1",
            "Expect: 100-nothing",
            "Origin: null",
            "no colon");
    private static final String BODY = """
            {"service_id":"%s","plan_id":"%s","organization_guid":"o","space_guid":"s","parameters":{"storage":"1Gi"},\
            "context":{"platform":"kubernetes"},"maintenance_info":{"version":"1.0.0"},"bind_resource":{"app_guid":"a"}}\
            """.formatted(S, P3);
    private static final List<String> SCRAPS = List.of(
            "{", "}", "\"", "null", "[]", "1e999", "-1", "\u0000", "\uFFFF", "\\u0000", ",", ":", "true", "{\"a\":");

    private record Request(String line, List<String> headers, String body) {}

    @Test
    @OsbCase({19, 39, 46, 65})
    void noRequestBringsTheBrokerDownOrChangesAnythingUnlessItSucceeds() throws Exception {
        int before = broker.size();
        Semaphore slots = new Semaphore(AT_ONCE);
        List<Future<Answer>> answers = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, REQUESTS)
                    .forEach(number -> answers.add(threads.submit(() -> {
                        slots.acquire();
                        try {
                            return send(request(new Random(SEED + number)), number);
                        } finally {
                            slots.release();
                        }
                    })));
        }

        int made = 0;
        for (Future<Answer> answer : answers) {
            made += answer.get().status() == 201 || answer.get().status() == 202 ? 1 : 0;
        }
        assertThat(broker.size()).isLessThanOrEqualTo(before + made);
    }

    private Answer send(Request request, int number) {
        try {
            Answer answer = RawHttp.send(broker, request.line(), request.headers(), request.body());
            assertThat(answer.status())
                    .as("request %d: %s -> %s", number, request, answer.text())
                    .isLessThan(500);
            if (!request.line().startsWith("HEAD") && answer.status() >= 400) {
                Contract.check("GET", "/", answer);
            }
            return answer;
        } catch (IOException lost) {
            throw new UncheckedIOException("request %d: %s".formatted(number, request), lost);
        }
    }

    private static Request request(Random random) {
        List<String> headers = new ArrayList<>(List.of(
                "Authorization: " + Platform.BASIC, "X-Broker-API-Version: 2.17", "Content-Type: application/json"));
        for (int i = random.nextInt(3); i > 0; i--) {
            String header = any(random, HEADERS);
            headers.removeIf(present -> random.nextBoolean() && present.split(":")[0].equals(header.split(":")[0]));
            headers.add(header);
        }
        String method = random.nextInt(4) == 0 ? any(random, METHODS) : any(random, METHODS.subList(0, 4));
        return new Request("%s %s%s HTTP/1.1".formatted(method, path(random), query(random)), headers, body(random));
    }

    private static String path(Random random) {
        if (random.nextInt(3) > 0) {
            String path = "/v2/service_instances/" + id(random);
            path += random.nextBoolean() ? "/service_bindings/" + id(random) : "";
            return path + (random.nextInt(3) == 0 ? "/last_operation" : "");
        }
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            path.append('/').append(any(random, SEGMENTS).replace(" ", "%20"));
        }
        return path.toString();
    }

    private static String id(Random random) {
        return random.nextInt(4) == 0 ? any(random, SEGMENTS).replace(" ", "%20") : "fuzz-" + random.nextInt(50);
    }

    private static String query(Random random) {
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            query.append(query.isEmpty() ? '?' : '&').append(any(random, QUERIES));
        }
        return query.toString();
    }

    private static String body(Random random) {
        StringBuilder body = new StringBuilder(BODY);
        for (int i = random.nextInt(4); i > 0 && !body.isEmpty(); i--) {
            int at = random.nextInt(body.length());
            switch (random.nextInt(3)) {
                case 0 -> body.deleteCharAt(at);
                case 1 -> body.insert(at, any(random, SCRAPS));
                default -> body.setLength(Math.max(1, at));
            }
        }
        return body.toString();
    }

    private static String any(Random random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
