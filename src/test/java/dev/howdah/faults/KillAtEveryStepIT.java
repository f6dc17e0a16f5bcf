package dev.howdah.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.api.NodePorts;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGKILL after the first effect of an operation, after the second, and so on until the operation ends before it is killed. */
@Tag("faults")
class KillAtEveryStepIT {
    private static final EmbeddedKubernetes KUBERNETES = EmbeddedKubernetes.start();
    private static final NodePorts PORTS = NodePorts.reserve();
    private static final Summary SUMMARY = new Summary("kill-at-every-step", KUBERNETES.toString(), Settings.seed());
    private static final BrokerProcess BROKER = BrokerProcess.of(
            "killed", KUBERNETES, PORTS, Map.of("howdah.leader-election.enabled", "false", "howdah.drift-check", "1m"));
    private static final Oracle ORACLE = new Oracle(KUBERNETES.client(), EmbeddedKubernetes.NAMESPACE, SUMMARY);
    private static final AtomicInteger COUNT = new AtomicInteger();

    @BeforeAll
    static void start() {
        FastStart.record(KUBERNETES, PORTS);
        BROKER.start();
    }

    @AfterAll
    static void stop() {
        SUMMARY.write();
        BROKER.close();
        PORTS.close();
        KUBERNETES.close();
    }

    @ParameterizedTest
    @EnumSource
    void bindingAndUnbindingGoOnWhereTheyWere(AtEffect.Kind kind) {
        InstanceLife life = life();
        life.provision();
        boolean killed = true;
        for (int step = 1; killed; step++) {
            killed = killedAt(kind, step, "bind", life::bind);
            life.verify();
            ORACLE.check(BROKER, 1, 1);
            killed |= killedAt(kind, step, "unbind", life::unbind);
            ORACLE.check(BROKER, 1, 0);
        }
        life.deprovision();
        assertThat(SUMMARY.broken()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void updatingGoesOnWhereItWas(AtEffect.Kind kind) {
        InstanceLife life = life();
        life.provision();
        life.bind();
        boolean killed = true;
        for (int step = 1; killed; step++) {
            life.use();
            killed = killedAt(kind, step, "update", life::update);
            life.use();
            life.verify();
            ORACLE.check(BROKER, 1, 1);
        }
        life.deprovision();
        assertThat(SUMMARY.broken()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void provisioningAndDeprovisioningGoOnWhereTheyWere(AtEffect.Kind kind) {
        boolean killed = true;
        for (int step = 1; killed; step++) {
            InstanceLife life = life();
            killed = killedAt(kind, step, "provision", life::provision);
            life.bind();
            life.use();
            life.verify();
            ORACLE.check(BROKER, 1, 1);
            killed |= killedAt(kind, step, "deprovision", life::deprovision);
            ORACLE.check(BROKER, 0, 0);
        }
        assertThat(SUMMARY.broken()).isEmpty();
    }

    private static InstanceLife life() {
        SplittableRandom random = new SplittableRandom(Settings.seed());
        String id = "step-" + COUNT.incrementAndGet();
        return new InstanceLife(id, new Platform(List.of(BROKER), random.split(), SUMMARY), random.split(), SUMMARY);
    }

    /** @return false if the operation ended before it came to that step */
    private static boolean killedAt(AtEffect.Kind kind, int step, String name, Runnable operation) {
        AtEffect trap = AtEffect.set(BROKER, kind, step);
        CompletableFuture<Void> done =
                CompletableFuture.runAsync(operation, task -> Thread.ofVirtual().start(task));
        CompletableFuture.anyOf(trap.sprung(), done).join();
        boolean killed = trap.sprung().isDone();
        if (killed) {
            BROKER.kill();
            SUMMARY.count("kills");
            SUMMARY.count("kills: " + name + " at " + kind);
            SUMMARY.say(name + " killed at " + kind + " " + step);
        }
        trap.remove();
        if (killed) {
            BROKER.start();
        }
        done.join();
        SUMMARY.write();
        return killed;
    }
}
