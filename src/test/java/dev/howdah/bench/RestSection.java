package dev.howdah.bench;

import dev.howdah.bench.Applications.Running;
import dev.howdah.bench.Applications.Starter;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Memory, CPU and calls of the API server while nobody asks for anything, with more and more instances. */
final class RestSection {
    private static final int STEPS = 2;
    private static final int SECONDS_FOR_EACH = 6;
    private static final Duration QUIET = Duration.ofSeconds(20);

    /** What each server adds to the time in which all are looked at once: what the reconcilers' RecentChecks give each. */
    private static final Duration LOOK = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Applications applications;
    private final int instances;
    private final Duration time;
    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, Object> raw = new LinkedHashMap<>();

    /** @param seconds a sixth of the time that each state is watched: a minute, where requests are measured for ten seconds */
    RestSection(Applications applications, int instances, int seconds) {
        this.applications = applications;
        this.instances = instances;
        this.time = Duration.ofSeconds((long) SECONDS_FOR_EACH * seconds);
    }

    private record Round(Duration time, double cpuPercent) {}

    private record Seen(
            int instances, double residentMebibytes, long heapBytes, double cpuPercent, Map<String, Integer> calls) {}

    void run(Report report) throws Exception {
        EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
        kubernetes.node().pause();
        try (kubernetes;
                RestingServers servers = new RestingServers(kubernetes.client(), EmbeddedKubernetes.NAMESPACE);
                ApiCalls calls = new ApiCalls(kubernetes.config());
                Running broker = broker(calls, kubernetes)) {
            broker.firstAnswer();
            Seen empty = look(broker, calls, 0);
            Seen full = empty;
            int step = Math.ceilDiv(instances, STEPS);
            Seen first = empty;
            for (int there = 0; there < instances; there += step) {
                int more = Math.min(step, instances - there);
                provision(broker, servers, more);
                awaitReady(kubernetes.client(), there + more);
                full = look(broker, calls, there + more);
                first = there == 0 ? full : first;
            }
            report(report, empty, first, full, roundOfLooks(broker));
        }
    }

    private Running broker(ApiCalls calls, EmbeddedKubernetes kubernetes) throws IOException {
        String token = kubernetes.config().getOauthToken();
        Starter starter = jvm -> applications.broker(
                calls.url(),
                token == null ? "" : token,
                jvm,
                Map.of("howdah.exposure.type", "ClusterIP", "howdah.reach", "pod", "howdah.osb.wait", "0s"));
        return starter.start(Applications.cached(applications.brokerCache()));
    }

    private void provision(Running broker, RestingServers servers, int count) {
        BrokerClient platform = new BrokerClient(broker.osb(), "free");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, count)
                    .mapToObj(_ -> UUID.randomUUID().toString())
                    .forEach(instance -> threads.submit(() -> {
                        servers.prepare(instance);
                        platform.askAgainAfter503(instance);
                    }));
        }
    }

    private static void awaitReady(KubernetesClient client, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (ready(client) < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Only %d of %d instances are ready".formatted(ready(client), count));
            }
            JavaProcess.pause(Duration.ofSeconds(1));
        }
    }

    private static long ready(KubernetesClient client) {
        return client
                .resources(PostgresInstance.class)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .list()
                .getItems()
                .stream()
                .filter(instance -> instance.getStatus() != null
                        && instance.getStatus().phase() == PostgresInstanceStatus.Phase.Ready)
                .count();
    }

    /** Each server and each database is looked at once in it. */
    private Round roundOfLooks(Running broker) throws IOException {
        Duration all = LOOK.multipliedBy(instances);
        Duration duration = all.compareTo(time) > 0 ? all : time;
        return new Round(duration, cpuPercent(broker, duration));
    }

    private static double cpuPercent(Running broker, Duration time) throws IOException {
        Duration before = broker.process().cpu();
        JavaProcess.pause(time);
        return 100.0 * broker.process().cpu().minus(before).toMillis() / time.toMillis();
    }

    private Seen look(Running broker, ApiCalls calls, int count) throws IOException {
        awaitQuiet(calls);
        double percent = cpuPercent(broker, time);
        Map<String, Integer> made = calls.take();
        double resident = broker.process().residentMebibytes();
        Seen seen = new Seen(count, resident, broker.process().liveHeapBytes(), percent, made);
        rows.add(List.of(
                String.valueOf(count),
                "%.0f".formatted(seen.residentMebibytes()),
                "%.1f".formatted(seen.heapBytes() / 1048576.0),
                "%.2f".formatted(seen.cpuPercent()),
                String.valueOf(ApiCalls.writes(made)),
                String.valueOf(ApiCalls.leaseWrites(made)),
                String.valueOf(
                        made.values().stream().mapToInt(Integer::intValue).sum()
                                - ApiCalls.writes(made)
                                - ApiCalls.leaseWrites(made))));
        raw.put(count + " instances", seen);
        return seen;
    }

    /** What follows on a provision has to be over. */
    private void awaitQuiet(ApiCalls calls) {
        long end = System.nanoTime() + time.multipliedBy(3).toNanos();
        do {
            calls.take();
            JavaProcess.pause(QUIET);
        } while (ApiCalls.writes(calls.take()) > 0 && System.nanoTime() < end);
    }

    private void report(Report report, Seen empty, Seen first, Seen full, Round round) {
        report.add(new Table(
                "At rest, for %d seconds".formatted(time.toSeconds()),
                List.of(
                        "instances",
                        "RSS MiB",
                        "live heap MiB",
                        "CPU %",
                        "writes to the API server",
                        "renewals of the lease",
                        "reads"),
                rows));
        report.raw("at rest", raw);
        report.add(Target.atMost("RSS at rest, no instance", empty.residentMebibytes(), 300, "MiB"));
        report.add(Target.atMost(
                "heap for each instance beyond the first %d".formatted(first.instances()),
                (full.heapBytes() - first.heapBytes()) / 1024.0 / Math.max(1, full.instances() - first.instances()),
                100,
                "KiB"));
        report.add(Target.atMost(
                "writes to the API server in %d s, %d instances, without the lease"
                        .formatted(time.toSeconds(), instances),
                ApiCalls.writes(full.calls()),
                0,
                ""));
        raw.put("a round of looks", round);
        report.add(Target.atMost("CPU at rest, %d instances".formatted(instances), full.cpuPercent(), 2, "%"));
        report.add(Target.atMost(
                "CPU at rest, %d instances, in %d s, in which each is looked at"
                        .formatted(instances, round.time().toSeconds()),
                round.cpuPercent(),
                2,
                "%"));
    }
}
