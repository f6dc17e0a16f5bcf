package dev.howdah.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Threads of this JVM, each of which sends a request as soon as it has the answer to its last. */
final class VirtualThreads implements LoadGenerator {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private record Seen(List<Duration> latencies, long errors) {}

    @Override
    public Load get(URI url, Map<String, String> headers, int connections, Duration duration)
            throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        headers.forEach(request::setHeader);
        HttpRequest built = request.build();
        return run(() -> built, connections, duration);
    }

    /** @param requests asked for each, possibly by many threads at a time */
    Load run(Supplier<HttpRequest> requests, int connections, Duration duration) throws InterruptedException {
        long begun = System.nanoTime();
        long end = begun + duration.toNanos();
        List<Future<Seen>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                all.add(threads.submit(() -> send(requests, end)));
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        List<Duration> latencies = new ArrayList<>();
        long errors = 0;
        for (Future<Seen> each : all) {
            latencies.addAll(seen(each).latencies());
            errors += seen(each).errors();
        }
        latencies.sort(null);
        return new Load(
                "threads",
                connections,
                latencies.size() / seconds,
                Samples.percentile(latencies, 50),
                Samples.percentile(latencies, 95),
                Samples.percentile(latencies, 99),
                errors);
    }

    private static Seen send(Supplier<HttpRequest> requests, long end) throws InterruptedException {
        List<Duration> latencies = new ArrayList<>();
        long errors = 0;
        while (System.nanoTime() < end) {
            Stopwatch watch = new Stopwatch();
            try {
                errors += HTTP.send(requests.get(), BodyHandlers.discarding()).statusCode() > 299 ? 1 : 0;
            } catch (IOException noAnswer) {
                errors++;
            }
            latencies.add(watch.elapsed());
        }
        return new Seen(latencies, errors);
    }

    private static Seen seen(Future<Seen> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }
}
