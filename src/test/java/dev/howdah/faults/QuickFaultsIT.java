package dev.howdah.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.OsbClient.Answer;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.api.NodePorts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A minute's worth of the fault tests: other steps are hit every time, and the seed is printed. */
class QuickFaultsIT {
    private static final long SEED = Settings.seed();

    @Test
    void killedTwiceAndCutOffNothingIsLostStuckOrLeftOver() {
        SplittableRandom random = new SplittableRandom(SEED);
        try (EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
                NodePorts ports = NodePorts.reserve();
                BrokerProcess broker = BrokerProcess.of(
                        "quick", kubernetes, ports, Map.of("howdah.leader-election.enabled", "false"))) {
            Summary summary = new Summary("quick", kubernetes.toString(), SEED);
            broker.start();
            Oracle oracle = new Oracle(kubernetes.client(), EmbeddedKubernetes.NAMESPACE, summary);
            InstanceLife life = new InstanceLife(
                    "quick", new Platform(List.of(broker), random.split(), summary), random.split(), summary);

            killed(broker, AtEffect.Kind.WRITE_UNTOLD, 1 + random.nextInt(12), life::provision);
            killed(broker, AtEffect.Kind.STATEMENT, 1 + random.nextInt(15), life::bind);
            life.use();
            cutOff(broker, life);
            slow(broker, life);
            unreadable(broker, life);
            life.verify();
            oracle.check(broker, 1, 1);
            life.deprovision();
            oracle.check(broker, 0, 0);

            assertThat(summary.broken()).isEmpty();
        }
    }

    private static void killed(BrokerProcess broker, AtEffect.Kind kind, int step, Runnable operation) {
        AtEffect trap = AtEffect.set(broker, kind, step);
        CompletableFuture<Void> done =
                CompletableFuture.runAsync(operation, task -> Thread.ofVirtual().start(task));
        CompletableFuture.anyOf(trap.sprung(), done).join();
        broker.kill();
        trap.remove();
        broker.start();
        done.join();
    }

    /** What a platform hears while the API server is away, and that it hears it soon. */
    private static void cutOff(BrokerProcess broker, InstanceLife life) {
        broker.api().refuse();
        try {
            for (Answer answer : List.of(
                    broker.osb().get(life.path()),
                    broker.osb().put(life.path() + "-2?accepts_incomplete=true", Platform.PROVISION),
                    broker.osb().delete(life.path() + "?accepts_incomplete=true&" + Platform.QUERY))) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isNotEmpty();
                assertThat(answer.json().path("error").asString()).isEqualTo("StoreUnavailable");
            }
            assertThat(broker.osb().get("/v2/catalog").status()).isEqualTo(200);
        } finally {
            broker.api().listen();
        }
    }

    /** Each question is answered in time, but all that a bind needs would take too long. */
    private static void slow(BrokerProcess broker, InstanceLife life) {
        broker.api().judge(call -> call.watch() ? Verdict.PASS : new Verdict.Delay(Duration.ofMillis(1600)));
        try {
            Answer answer = broker.osb().put(life.path() + "/service_bindings/slow", Platform.BIND);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.json().path("error").asString()).isEqualTo("StoreUnavailable");
        } finally {
            broker.api().judge(_ -> Verdict.PASS);
        }
    }

    /** The credentials are made and cannot be read at that moment: a platform that polls gets them later. */
    private static void unreadable(BrokerProcess broker, InstanceLife life) {
        String path = life.path() + "/service_bindings/unreadable";
        broker.api()
                .judge(call -> call.method().equals("GET") && call.path().endsWith("/secrets/pgb-unreadable")
                        ? new Verdict.Refuse(503)
                        : Verdict.PASS);
        try {
            Answer answer = broker.osb().put(path + "?accepts_incomplete=true", Platform.BIND);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        } finally {
            broker.api().judge(_ -> Verdict.PASS);
        }
        assertThat(broker.osb()
                        .get(path + "/last_operation")
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("succeeded");
        assertThat(broker.osb()
                        .get(path)
                        .json()
                        .path("credentials")
                        .path("password")
                        .asString())
                .isNotEmpty();
        assertThat(broker.osb().delete(path + "?" + Platform.QUERY).status()).isEqualTo(200);
    }
}
