package dev.howdah.workload;

import dev.howdah.crd.PostgresServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** All objects of one server, from its custom resource. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ManifestsBenchmark {
    private final PostgresServer server =
            Servers.a().settings(Map.of("work_mem", "8MB")).resource();
    private final WorkloadSettings settings = WorkloadSettings.defaults();

    @Benchmark
    public Object compute() {
        return ServerManifests.of(server, Servers.SECRETS, settings).all();
    }
}
