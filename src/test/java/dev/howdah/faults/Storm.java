package dev.howdah.faults;

import dev.howdah.faults.Summary.Promise;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Rounds of work under faults, each followed by calm in which everything has to agree. */
final class Storm {
    private static final Duration ROUND = Duration.ofSeconds(90);

    private final List<BrokerProcess> brokers;
    private final Summary summary;
    private final SplittableRandom random;
    private final Oracle oracle;
    private final Chaos chaos;
    private final List<InstanceLife> lives = new ArrayList<>();

    Storm(EmbeddedKubernetes kubernetes, List<BrokerProcess> brokers, Summary summary, long seed) {
        this.brokers = brokers;
        this.summary = summary;
        this.random = new SplittableRandom(seed);
        this.oracle = new Oracle(kubernetes.client(), EmbeddedKubernetes.NAMESPACE, summary);
        this.chaos = new Chaos(brokers, new Postmasters(kubernetes), random.split(), summary, this::databases);
    }

    /** @param actors how many instances live at once */
    void rage(Duration duration, int actors) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        IntStream.range(0, actors).forEach(_ -> lives.add(born()));
        for (int round = 1; System.nanoTime() < end; round++) {
            summary.count("rounds");
            long roundEnd = Math.min(end, System.nanoTime() + ROUND.toNanos());
            boolean burst = round % 3 == 0;
            round(roundEnd, burst);
            calm();
            summary.write();
            summary.say("round " + round + ": " + summary.counted("operations") + " operations, "
                    + summary.counted("faults") + " faults, " + summary.counted("kills") + " kills, "
                    + summary.broken().size() + " broken promises");
        }
        together(lives, life -> {
            if (life.isProvisioned()) {
                life.deprovision();
            }
        });
        oracle.check(brokers.getFirst(), 0, 0);
    }

    private void round(long end, boolean burst) throws InterruptedException {
        Thread faults = Thread.ofVirtual().start(() -> chaos.until(end));
        if (burst) {
            new Burst(brokers, random.split(), summary).on(provisioned());
        }
        List<InstanceLife> acting = List.copyOf(lives);
        together(acting, life -> live(life, end));
        faults.join();
    }

    private void live(InstanceLife life, long end) {
        InstanceLife current = life;
        while (System.nanoTime() < end) {
            if (!current.isProvisioned()) {
                current.provision();
            } else if (current.isDue()) {
                current.deprovision();
                current = reborn(current);
            } else {
                current.act();
            }
        }
    }

    private void calm() throws InterruptedException {
        chaos.heal();
        together(provisioned(), InstanceLife::verify);
        List<InstanceLife> living = provisioned();
        int bindings = living.stream().mapToInt(life -> life.bindings().size()).sum();
        for (BrokerProcess broker : brokers) {
            oracle.check(broker, living.size(), bindings);
        }
    }

    /** Whoever gave up is taken away as a platform would (orphan mitigation), and another takes its place. */
    private void together(List<InstanceLife> those, Consumer<InstanceLife> work) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (InstanceLife life : those) {
                all.add(threads.submit(() -> work.accept(life)));
            }
            for (int i = 0; i < all.size(); i++) {
                await(all.get(i), those.get(i));
            }
        }
    }

    private void await(Future<?> done, InstanceLife life) throws InterruptedException {
        try {
            done.get();
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof Platform.GivenUp)) {
                summary.broken(Promise.WRONG, life.id() + ": " + failure.getCause());
                failure.getCause().printStackTrace();
            }
            life.abandon();
            reborn(life);
        }
    }

    private synchronized List<InstanceLife> provisioned() {
        return lives.stream().filter(InstanceLife::isProvisioned).toList();
    }

    private synchronized InstanceLife born() {
        String id = "s%d-%08x".formatted(lives.size(), random.nextInt());
        return new InstanceLife(id, new Platform(brokers, random.split(), summary), random.split(), summary);
    }

    private synchronized InstanceLife reborn(InstanceLife life) {
        InstanceLife next = born();
        lives.remove(life);
        lives.add(next);
        return next;
    }

    private synchronized List<Database> databases() {
        return lives.stream()
                .flatMap(life -> life.credentials().stream())
                .map(Database::new)
                .toList();
    }
}
