package dev.howdah.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.api.NodePorts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Random histories of one instance, with random faults while each step is under way, against a model of what was promised
 * ({@link InstanceLife}). In the end the API server, PostgreSQL and the broker's answers agree.
 */
@Tag("faults")
class HistoriesIT {
    private static final EmbeddedKubernetes KUBERNETES = EmbeddedKubernetes.start();
    private static final NodePorts PORTS = NodePorts.reserve();
    private static final Summary SUMMARY = new Summary("histories", KUBERNETES.toString(), Settings.seed());
    private static final BrokerProcess BROKER =
            BrokerProcess.of("histories", KUBERNETES, PORTS, Map.of("howdah.leader-election.enabled", "false"));
    private static final Oracle ORACLE = new Oracle(KUBERNETES.client(), EmbeddedKubernetes.NAMESPACE, SUMMARY);
    private static final Postmasters SERVERS = new Postmasters(KUBERNETES);
    private static final AtomicInteger COUNT = new AtomicInteger();

    @BeforeContainer
    static void start() {
        FastStart.record(KUBERNETES, PORTS);
        BROKER.start();
    }

    @AfterContainer
    static void stop() {
        SUMMARY.write();
        BROKER.close();
        PORTS.close();
        KUBERNETES.close();
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void everyHistoryEndsAsTheModelDoes(@ForAll("histories") List<Step> history, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        InstanceLife life = new InstanceLife(
                "h-" + COUNT.incrementAndGet(),
                new Platform(List.of(BROKER), random.split(), SUMMARY),
                random.split(),
                SUMMARY);
        SUMMARY.count("histories");

        history.forEach(step -> step.take(life));

        life.verify();
        ORACLE.check(BROKER, life.isProvisioned() ? 1 : 0, life.bindings().size());
        if (life.isProvisioned()) {
            life.deprovision();
        }
        ORACLE.check(BROKER, 0, 0);
        assertThat(SUMMARY.broken()).isEmpty();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.of(Step.Call.class),
                        Arbitraries.of(Step.Fault.class),
                        Arbitraries.integers().between(1, 20))
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(8);
    }

    /** A request, and what goes wrong while it is answered. */
    record Step(Call call, Fault fault, int number) {
        enum Call {
            BIND,
            UNBIND,
            UPDATE,
            USE,
            FETCH,
            REPLACE
        }

        enum Fault {
            NONE,
            KILL_AT_WRITE,
            KILL_AT_UNTOLD_WRITE,
            KILL_AT_STATEMENT,
            API_REFUSED,
            API_NOISE,
            WATCHES_DROPPED,
            SERVER_KILLED,
            SERVER_CUT
        }

        void take(InstanceLife life) {
            SUMMARY.count("faults: " + fault);
            Thread trouble = Thread.ofVirtual().start(this::cause);
            if (life.isProvisioned()) {
                request(life);
            } else {
                life.provision();
            }
            trouble.interrupt();
            join(trouble);
            BROKER.launch();
            BROKER.awaitReady();
        }

        private void request(InstanceLife life) {
            switch (call) {
                case BIND -> life.bind();
                case UNBIND -> life.unbind();
                case UPDATE -> life.update();
                case USE -> life.use();
                case FETCH -> life.verify();
                case REPLACE -> {
                    life.deprovision();
                    life.provision();
                }
            }
        }

        private void cause() {
            switch (fault) {
                case NONE -> {}
                case KILL_AT_WRITE -> kill(AtEffect.Kind.WRITE_TOLD);
                case KILL_AT_UNTOLD_WRITE -> kill(AtEffect.Kind.WRITE_UNTOLD);
                case KILL_AT_STATEMENT -> kill(AtEffect.Kind.STATEMENT);
                case API_REFUSED -> {
                    BROKER.api().refuse();
                    whileItLasts(Duration.ofMillis(500L * number));
                    BROKER.api().listen();
                }
                case API_NOISE -> {
                    BROKER.api().judge(new ApiNoise(new SplittableRandom(number), SUMMARY, 20));
                    whileItLasts(Duration.ofSeconds(number));
                    BROKER.api().judge(_ -> Verdict.PASS);
                }
                case WATCHES_DROPPED -> BROKER.api().dropConnections();
                case SERVER_KILLED ->
                    SERVERS.any(new SplittableRandom(number)).ifPresent(server -> Postmasters.signal(server, "KILL"));
                case SERVER_CUT -> {
                    BROKER.sql().cut();
                    whileItLasts(Duration.ofMillis(500L * number));
                    BROKER.sql().heal();
                }
            }
        }

        /** The platform asks again and again, so the request ends only after the restart. */
        private void kill(AtEffect.Kind kind) {
            if (AtEffect.set(BROKER, kind, number).kill(Duration.ofSeconds(20))) {
                SUMMARY.count("kills");
            }
            BROKER.launch();
        }

        private static void whileItLasts(Duration duration) {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException over) {
                // The request has been answered in spite of it.
            }
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
