package dev.howdah.faults;

import dev.howdah.faults.Platform.Outcome;
import dev.howdah.faults.Summary.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two hundred binds at once, then two hundred unbinds, spread over the instances there are. */
final class Burst {
    private static final int SIZE = 200;

    private final List<BrokerProcess> brokers;
    private final SplittableRandom random;
    private final Summary summary;

    Burst(List<BrokerProcess> brokers, SplittableRandom random, Summary summary) {
        this.brokers = brokers;
        this.random = random;
        this.summary = summary;
    }

    void on(List<InstanceLife> instances) throws InterruptedException {
        if (instances.isEmpty()) {
            return;
        }
        summary.count("bursts of " + SIZE + " operations at once");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            String name = "burst-%08x-".formatted(random.nextInt());
            for (int i = 0; i < SIZE; i++) {
                String path = instances.get(i % instances.size()).path() + "/service_bindings/" + name + i;
                Platform platform = new Platform(brokers, random.split(), summary);
                all.add(threads.submit(() -> bindAndUnbind(platform, path)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException failure) {
            summary.say("burst: " + failure.getCause());
        }
    }

    private void bindAndUnbind(Platform platform, String path) {
        Outcome bound = platform.send("PUT", path + "?accepts_incomplete=true", Platform.BIND);
        end("bind", platform, path, bound);
        Outcome fetched = platform.send("GET", path, null);
        if (fetched.answer().json().path("credentials").path("uri").asString("").isEmpty()) {
            summary.broken(Promise.LOST, "no credentials: " + fetched.answer());
        }
        end(
                "unbind",
                platform,
                path,
                platform.send("DELETE", path + "?accepts_incomplete=true&" + Platform.QUERY, null));
    }

    private void end(String operation, Platform platform, String path, Outcome outcome) {
        summary.count("operations");
        summary.count("operations: " + operation);
        String state = outcome.status() == 202 ? platform.await(path, outcome) : String.valueOf(outcome.status());
        boolean fine = switch (state) {
            case "succeeded", "200", "201" -> true;
            case "gone" -> operation.equals("unbind");
            case "410" -> operation.equals("unbind") && outcome.repeated();
            default -> false;
        };
        if (!fine) {
            summary.broken(Promise.WRONG, operation + " in a burst ended as " + state + ": " + outcome.answer());
        }
    }
}
