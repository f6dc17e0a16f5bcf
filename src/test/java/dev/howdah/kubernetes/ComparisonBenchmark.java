package dev.howdah.kubernetes;

import dev.howdah.broker.ProvisionRequest;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServerSpec.Exposure;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A request that is made, and the same again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ComparisonBenchmark {
    private final InstanceSpecs specs = new InstanceSpecs(Exposure.ClusterIP);
    private final ProvisionRequest request = Requests.provision(
            "c2f3a1e0-0000-4000-8000-000000000001",
            SampleCatalog.SMALL,
            Map.of(
                    "storage",
                    "2Gi",
                    "extensions",
                    List.of("hstore", "pg_trgm"),
                    "settings",
                    Map.of("work_mem", "8MB")));
    private final PostgresInstance kept = kept();

    private PostgresInstance kept() {
        PostgresInstance instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder().withName("pg-1").build());
        instance.setSpec(((Resolution.Resolved) specs.resolve(request)).spec());
        return instance;
    }

    /** The spec of the custom resource that a request asks for. */
    @Benchmark
    public Object resolve() {
        return specs.resolve(request);
    }

    /** Whether a request that is repeated asks for what is there. */
    @Benchmark
    public Optional<String> compare() {
        return InstanceComparison.difference(request, kept);
    }
}
