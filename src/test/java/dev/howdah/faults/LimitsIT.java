package dev.howdah.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.OsbClient;
import dev.howdah.testing.OsbClient.Answer;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.api.NodePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that take too much, on a broker with 256 MiB: they get an honest answer or none, and the others theirs. */
@Tag("faults")
class LimitsIT {
    private static final EmbeddedKubernetes KUBERNETES = EmbeddedKubernetes.start();
    private static final NodePorts PORTS = NodePorts.reserve();
    private static final Summary SUMMARY = new Summary("limits", KUBERNETES.toString(), 0);
    private static final BrokerProcess BROKER =
            BrokerProcess.of("limits", KUBERNETES, PORTS, Map.of("howdah.leader-election.enabled", "false"));
    private static final String PATH = "/v2/service_instances/polled";

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        BROKER.start();
        SplittableRandom random = new SplittableRandom(0);
        new InstanceLife("polled", new Platform(List.of(BROKER), random, SUMMARY), random, SUMMARY).provision();
    }

    @AfterAll
    static void stop() {
        SUMMARY.write();
        BROKER.close();
        PORTS.close();
        KUBERNETES.close();
    }

    @AfterEach
    void theOthersAreServed() throws IOException {
        assertThat(BROKER.osb().get("/v2/catalog").status()).isEqualTo(200);
        assertThat(BROKER.osb().get(PATH).status()).isEqualTo(200);
        for (Socket socket : sockets) {
            socket.close();
        }
        assertThat(BROKER.isRunning()).isTrue();
        SUMMARY.say("resident memory " + BROKER.residentMebibytes() + " MiB");
        assertThat(BROKER.residentMebibytes()).isLessThan(700);
    }

    @Test
    void aBodyOfFiftyMegabytesIsRefused() {
        String body = "{\"context\": {\"a\": \"" + "x".repeat(50_000_000) + "\"}}";

        assertThat(statusOrReset(() -> BROKER.osb().put("/v2/service_instances/big", body)))
                .isIn(413, 0);
    }

    @Test
    void aBodyWithoutEndIsCutOff() throws IOException {
        Socket socket = connect();
        write(socket, head("PUT", "/v2/service_instances/endless") + "Transfer-Encoding: chunked\r\n\r\n");
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        int sent = 0;
        try {
            for (; sent < 3000; sent++) {
                write(socket, chunk);
            }
        } catch (UncheckedIOException cutOff) {
            SUMMARY.say("a chunked body was cut off after " + sent * 64 + " KiB");
        }
        assertThat(sent).isLessThan(3000);
    }

    @Test
    void headersOfAMegabyteAreRefused() throws IOException {
        Socket socket = connect();
        write(socket, head("GET", "/v2/catalog") + "X-Large: " + "x".repeat(40_000) + "\r\n\r\n");

        assertThat(statusLine(socket)).containsAnyOf(" 400 ", " 431 ");
    }

    @Test
    void slowClientsHoldTheOthersUpForSecondsOnly() throws IOException {
        for (int i = 0; i < 1000; i++) {
            Socket socket = connect();
            write(socket, "PUT /v2/service_instances/slow HTTP/1.1\r\nHost: a\r\nX-Slo");
        }

        theOthersWaitForSeconds();
    }

    @Test
    void slowBodiesHoldTheOthersUpForSecondsOnly() throws IOException {
        for (int i = 0; i < 1000; i++) {
            Socket socket = connect();
            write(socket, head("PUT", "/v2/service_instances/slow" + i) + "Content-Length: 1000\r\n\r\n{\"a\": ");
        }

        theOthersWaitForSeconds();
    }

    @Test
    void thousandsOfIdleConnectionsHoldTheOthersUpForSecondsOnly() throws IOException {
        for (int i = 0; i < 5000; i++) {
            connect();
        }

        theOthersWaitForSeconds();
    }

    @Test
    void aThousandPollsAtOnceAreAllAnswered() {
        List<Integer> statuses =
                allAtOnce(1000, _ -> BROKER.osb().get(PATH + "/last_operation").status());

        SUMMARY.say("a thousand polls: "
                + statuses.stream().filter(status -> status == 200).count() + " times 200");
        assertThat(statuses).allMatch(status -> status == 200 || status == 429 || status == 503);
        assertThat(statuses).contains(200);
    }

    @Test
    void aFloodOfBadLoginsKeepsNobodyOut() {
        CompletableFuture<List<Integer>> flood = CompletableFuture.supplyAsync(() -> allAtOnce(
                1000,
                _ -> OsbClient.of(BROKER.url(), "howdah", "wrong")
                        .get("/v2/catalog")
                        .status()));
        List<Integer> others =
                allAtOnce(20, _ -> BROKER.osb().get("/v2/catalog").status());

        assertThat(flood.join()).allMatch(status -> status == 401 || status == 429);
        assertThat(others).containsOnly(200);
    }

    /** The summary has the longest answer of each way to be away. */
    @Test
    void whileTheApiServerIsAwayEveryoneHearsOfItSoon() {
        BROKER.api().refuse();
        try {
            unavailable("refuses");
        } finally {
            BROKER.api().listen();
        }
        BROKER.api().judge(_ -> new Verdict.Hold());
        try {
            unavailable("is silent");
        } finally {
            BROKER.api().judge(_ -> Verdict.PASS);
            BROKER.api().dropConnections();
        }
    }

    private static void unavailable(String how) {
        String binding = PATH + "/service_bindings/b";
        List<Supplier<Answer>> requests = List.of(
                () -> BROKER.osb().get(PATH),
                () -> BROKER.osb().get(PATH + "/last_operation"),
                () -> BROKER.osb().get(binding),
                () -> BROKER.osb().put(PATH + "-2?accepts_incomplete=true", Platform.PROVISION),
                () -> BROKER.osb().put(binding + "?accepts_incomplete=true", Platform.BIND),
                () -> BROKER.osb().put(binding, Platform.BIND),
                () -> BROKER.osb().delete(binding + "?" + Platform.QUERY),
                () -> BROKER.osb().delete(PATH + "?accepts_incomplete=true&" + Platform.QUERY));
        List<Integer> statuses = allAtOnce(200, number -> {
            long begun = System.nanoTime();
            Answer answer = requests.get(number % requests.size()).get();
            SUMMARY.took("503 while the API server " + how, Duration.ofNanos(System.nanoTime() - begun));
            assertThat(answer.header("Retry-After")).as(answer.toString()).isNotEmpty();
            return answer.status();
        });
        assertThat(statuses).containsOnly(503);
    }

    private static void theOthersWaitForSeconds() {
        List<Integer> statuses = allAtOnce(50, _ -> {
            long begun = System.nanoTime();
            int status = BROKER.osb().get(PATH).status();
            SUMMARY.took("answer beside slow clients", Duration.ofNanos(System.nanoTime() - begun));
            return status;
        });
        assertThat(statuses).containsOnly(200);
    }

    private interface Call {
        int status(int number);
    }

    private static List<Integer> allAtOnce(int count, Call call) {
        List<CompletableFuture<Integer>> all = IntStream.range(0, count)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> call.status(number), task -> Thread.ofVirtual().start(task)))
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static int statusOrReset(Supplier<Answer> call) {
        try {
            return call.get().status();
        } catch (UncheckedIOException reset) {
            return 0;
        }
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), BROKER.url().getPort());
        sockets.add(socket);
        return socket;
    }

    private static String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: a\r\nX-Broker-API-Version: 2.17\r\n"
                + "Content-Type: application/json\r\nAuthorization: "
                + BROKER.osb().headers().get("Authorization") + "\r\n";
    }

    private static void write(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String statusLine(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
