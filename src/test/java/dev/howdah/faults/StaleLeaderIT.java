package dev.howdah.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.faults.AtEffect.Kind;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.api.NodePorts;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A leader that is stopped in the middle of a bind, for longer than its lease, and goes on when another one has taken over. */
@Tag("faults")
class StaleLeaderIT {
    private static final EmbeddedKubernetes KUBERNETES = EmbeddedKubernetes.start();
    private static final NodePorts PORTS = NodePorts.reserve();
    private static final Summary SUMMARY = new Summary("stale-leader", KUBERNETES.toString(), Settings.seed());
    private static final Map<String, String> ELECTION = Map.of("howdah.drift-check", "20s");
    private static final Oracle ORACLE = new Oracle(KUBERNETES.client(), EmbeddedKubernetes.NAMESPACE, SUMMARY);

    @SuppressWarnings("NullAway.Init")
    private static BrokerProcess leader;

    @SuppressWarnings("NullAway.Init")
    private static BrokerProcess other;

    private static int count;

    @BeforeAll
    static void start() {
        leader = BrokerProcess.of("stale-one", KUBERNETES, PORTS, ELECTION);
        other = BrokerProcess.of("stale-two", KUBERNETES, PORTS, ELECTION);
        leader.start();
    }

    @AfterAll
    static void stop() {
        SUMMARY.write();
        leader.close();
        other.close();
        PORTS.close();
        KUBERNETES.close();
    }

    /** Early in the session, before and in the transaction that makes the role; and at the writes to the API server. */
    @ParameterizedTest
    @CsvSource({
        "STATEMENT,1",
        "STATEMENT,5",
        "STATEMENT,6",
        "STATEMENT,7",
        "STATEMENT,8",
        "WRITE_TOLD,2",
        "WRITE_TOLD,3"
    })
    void whatItDoesAfterwardsIsCleanedUp(Kind kind, int step) {
        InstanceLife bound = boundWhileTheLeaderIsStopped(kind, step);
        bound.unbind();
        leader.resume();

        leader.awaitReady();
        agree(0);
        end(bound);
    }

    /** The same name, another password: what the stale leader has in hand is of the former binding. */
    @ParameterizedTest
    @CsvSource({"STATEMENT,6", "STATEMENT,7", "STATEMENT,8", "WRITE_TOLD,2"})
    void aBindingThatWasMadeAnewWorksAfterwards(Kind kind, int step) {
        InstanceLife bound = boundWhileTheLeaderIsStopped(kind, step);
        bound.unbind();
        bound.rebind();
        leader.resume();

        leader.awaitReady();
        agree(1);
        bound.use();
        bound.verify();
        end(bound);
    }

    private static InstanceLife boundWhileTheLeaderIsStopped(Kind kind, int step) {
        InstanceLife life = life(leader);
        life.provision();
        other.start();

        // The requests go to the other one, the work is the leader's.
        AtEffect trap = AtEffect.set(leader, kind, step);
        InstanceLife bound = life.through(platform(other));
        CompletableFuture<Void> binding = CompletableFuture.runAsync(
                bound::bind, task -> Thread.ofVirtual().start(task));
        CompletableFuture.anyOf(trap.sprung(), binding).join();
        SUMMARY.count(trap.sprung().isDone() ? "leaders stopped in the middle" : "leaders stopped afterwards");
        leader.pause();
        trap.letGo();
        binding.join();
        return bound;
    }

    private static void agree(int bindings) {
        ORACLE.check(leader, 1, bindings);
        ORACLE.check(other, 1, bindings);
    }

    private static void end(InstanceLife bound) {
        bound.deprovision();
        ORACLE.check(other, 0, 0);
        SUMMARY.write();
        swap();
        assertThat(SUMMARY.broken()).isEmpty();
    }

    /** The one that is alone becomes the leader. */
    private static void swap() {
        leader.kill();
        BrokerProcess former = leader;
        leader = other;
        other = former;
    }

    private static InstanceLife life(BrokerProcess broker) {
        return new InstanceLife("stale-" + ++count, platform(broker), new SplittableRandom(Settings.seed()), SUMMARY);
    }

    private static Platform platform(BrokerProcess broker) {
        return new Platform(List.of(broker), new SplittableRandom(Settings.seed()), SUMMARY);
    }
}
