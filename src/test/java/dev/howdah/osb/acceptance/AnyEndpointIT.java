package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for each of the ten calls. */
class AnyEndpointIT extends Acceptance {
    private static final String VERSION = "X-Broker-API-Version";
    private static final String REQUEST_IDENTITY = "X-Broker-API-Request-Identity";
    private static final String ORIGINATING_IDENTITY = "X-Broker-API-Originating-Identity";

    /** The calls on things that do not exist, complete in all else. */
    enum Route {
        CATALOG("GET", "/v2/catalog", false),
        PROVISION("PUT", "/v2/service_instances/%s", true),
        FETCH("GET", "/v2/service_instances/%s", false),
        UPDATE("PATCH", "/v2/service_instances/%s", true),
        DEPROVISION("DELETE", "/v2/service_instances/%s", false),
        POLL("GET", "/v2/service_instances/%s/last_operation", false),
        BIND("PUT", "/v2/service_instances/%s/service_bindings/b", true),
        FETCH_BINDING("GET", "/v2/service_instances/%s/service_bindings/b", false),
        UNBIND("DELETE", "/v2/service_instances/%s/service_bindings/b", false),
        POLL_BINDING("GET", "/v2/service_instances/%s/service_bindings/b/last_operation", false);

        private final String method;
        private final String path;
        private final boolean body;

        Route(String method, String path, boolean body) {
            this.method = method;
            this.path = path;
            this.body = body;
        }

        Platform.Call on(Platform platform) {
            Platform.Call call = platform.call(method, path.formatted(newId()));
            call.query("service_id=" + S + "&plan_id=" + P1);
            // Without accepts_incomplete, so that nothing comes into being.
            return body ? call.json(provisionBody(P1)) : call;
        }
    }

    static Stream<Route> routes() {
        return Stream.of(Route.values());
    }

    private int statusOf(Route route) {
        return route.on(platform).send().status();
    }

    @ParameterizedTest
    @MethodSource("routes")
    @OsbCase({1})
    void whoDoesNotSayWhoTheyAreIsRefused(Route route) {
        Answer answer = route.on(platform).header("Authorization", null).send().isError(401, "Unauthorized");

        assertThat(answer.header("WWW-Authenticate")).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("routes")
    @OsbCase({2, 3})
    void aWrongUserOrPasswordIsRefused(Route route) {
        Stream.of(
                        basic("howdah:wrong"),
                        basic("nobody:howdah"),
                        basic("howdah:" + "x".repeat(5000)),
                        "Basic %%%",
                        "Basic",
                        "Bearer abc")
                .forEach(credentials -> route.on(platform)
                        .header("Authorization", credentials)
                        .send()
                        .isError(401, "Unauthorized"));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("routes")
    @OsbCase({4})
    void withoutAnApiVersionTheHeaderIsAskedFor(Route route) {
        route.on(platform)
                .header(VERSION, null)
                .send()
                .isError(400, "BadRequest")
                .says(VERSION);
    }

    @ParameterizedTest
    @MethodSource("routes")
    @OsbCase({5, 6})
    void anApiVersionThatIsNotSupportedIsRefusedNamingOneThatIs(Route route) {
        for (String version : new String[] {"", "2.10", "1.0", "3.0", "abc", "2", "2.17.0", "-2.17"}) {
            route.on(platform)
                    .header(VERSION, version)
                    .send()
                    .isError(412, "PreconditionFailed")
                    .says("2.17");
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    @OsbCase({7, 8})
    void apiVersionsFrom2Point11OnAreAcceptedWhateverTheCaseOfTheHeader(Route route) {
        int usual = statusOf(route);

        for (String version : new String[] {"2.11", "2.13", "2.14", "2.15", "2.16", "2.17", "2.18"}) {
            assertThat(route.on(platform)
                            .header(VERSION.toLowerCase(java.util.Locale.ROOT), version)
                            .send()
                            .status())
                    .isEqualTo(usual);
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    @OsbCase({9, 10, 11})
    void theRequestIdentityComesBackExactlyOnce(Route route) {
        assertThat(route.on(platform).send().header(REQUEST_IDENTITY)).isEmpty();
        assertThat(route.on(platform).header(REQUEST_IDENTITY, "r1").send().header(REQUEST_IDENTITY))
                .containsExactly("r1");
        assertThat(route.on(platform)
                        .header(REQUEST_IDENTITY, "r1")
                        .header("Authorization", null)
                        .send()
                        .header(REQUEST_IDENTITY))
                .containsExactly("r1");
        assertThat(route.on(platform)
                        .header(REQUEST_IDENTITY, "r1")
                        .header(VERSION, "1.0")
                        .send()
                        .header(REQUEST_IDENTITY))
                .containsExactly("r1");
    }

    @Test
    @OsbCase({10})
    void theRequestIdentityComesBackWithEachKindOfAnswer() {
        String id = ready();
        Stream.of(
                        platform.call("PUT", instancePath(id)).json(provisionBody(P1)),
                        platform.call("PUT", instancePath(id)).json(provisionBody(TestCatalog.P3)),
                        platform.call("PUT", instancePath(newId())).json(object()),
                        platform.call("PUT", instancePath(newId())).json(provisionBody(P1)),
                        platform.call("GET", instancePath(newId())),
                        platform.call("DELETE", instancePath(newId())).query(ids(S, P1)),
                        platform.call("GET", "/v2/nowhere"),
                        platform.call("POST", "/v2/catalog"),
                        platform.call("GET", "/v2/service_instances/a%2Fb"),
                        platform.call("GET", "/v2/service_instances/a;b"))
                .map(call -> call.header(REQUEST_IDENTITY, "r1").send())
                .forEach(answer -> assertThat(answer.header(REQUEST_IDENTITY))
                        .as("status %d", answer.status())
                        .containsExactly("r1"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    @OsbCase({12, 13, 15})
    void anOriginatingIdentityMayBeThere(Route route) {
        int usual = statusOf(route);

        for (String value : new String[] {"{\"username\":\"u\"}", "{\"username\":\"Jürgen\",\"uid\":null}", "{}"}) {
            Answer answer = route.on(platform)
                    .header(
                            ORIGINATING_IDENTITY,
                            "kubernetes " + Base64.getEncoder().encodeToString(value.getBytes(UTF_8)))
                    .send();
            assertThat(answer.status()).isEqualTo(usual);
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    @OsbCase({14})
    void aMalformedOriginatingIdentityIsABadRequest(Route route) {
        String encodedNull = Base64.getEncoder().encodeToString("null".getBytes(UTF_8));
        String encodedArray = Base64.getEncoder().encodeToString("[1]".getBytes(UTF_8));
        String encodedText = Base64.getEncoder().encodeToString("not json".getBytes(UTF_8));
        for (String identity : new String[] {
            "kubernetes",
            "",
            "kubernetes !!!",
            "kubernetes " + encodedText,
            "kubernetes " + encodedNull,
            "kubernetes " + encodedArray,
            "kubernetes e30= e30="
        }) {
            route.on(platform)
                    .header(ORIGINATING_IDENTITY, identity)
                    .send()
                    .isError(400, "BadRequest")
                    .says(ORIGINATING_IDENTITY);
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    @OsbCase({16, 20})
    void whateverThePlatformAcceptsItGetsJson(Route route) {
        int usual = statusOf(route);

        for (String accept : new String[] {"text/plain", "*/*", "application/xml", "text/html", "nonsense"}) {
            assertThat(route.on(platform).header("Accept", accept).send().status())
                    .isEqualTo(usual);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/catalog",
                "/v2/service_instances/x",
                "/v2/service_instances/x/last_operation",
                "/v2/service_instances/x/service_bindings/y",
                "/v2/service_instances/x/service_bindings/y/last_operation"
            })
    @OsbCase({17})
    void aMethodThatIsNotSupportedIsRefusedNamingThoseThatAre(String path) {
        Answer answer = platform.call("POST", path).json(object()).send().isError(405, "MethodNotAllowed");

        assertThat(answer.header("Allow")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v2", "/v2/", "/v2/nowhere", "/v2/service_instances", "/v2/catalog/x", "/x/v2/catalog", "/"})
    @OsbCase({18})
    void aPathThatIsNotThereIsNotFound(String path) {
        platform.call("GET", path).send().isError(404, "NotFound");
        platform.call("GET", path).header("Accept", "text/html").send().isError(404, "NotFound");
    }

    @Test
    @OsbCase({19})
    void anUnexpectedFailureDoesNotShowItsText() {
        assumeTrue(broker.failsWhenAsked());
        Answer answer = provision(newId(), provisionBody(P1, "context", object("crash", true)), AI);

        answer.isError(500, "InternalError");
        assertThat(answer.text()).doesNotContain("hunter2", "jdbc");
    }
}
