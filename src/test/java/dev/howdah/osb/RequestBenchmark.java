package dev.howdah.osb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.howdah.catalog.Catalog;
import dev.howdah.catalog.PlanParameters;
import dev.howdah.catalog.ServicePlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.mock.http.MockHttpOutputMessage;

/** What each request costs in this process, with the catalog that is shipped. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestBenchmark {
    private static final Map<String, Object> PARAMETERS = Map.of(
            "version", "17",
            "storage", "2Gi",
            "database", "shop",
            "extensions", List.of("hstore", "pg_trgm"),
            "init-db-args", "--data-checksums");

    private byte[] body = {};
    private PlanParameters parameters = PlanParameters.of(plan(catalog()));
    private PublishedCatalog published = new PublishedCatalog(catalog(), java.time.Clock.systemUTC());
    private final LibraryModels models = new LibraryModels(65_536);

    private static Catalog catalog() {
        var context = new AnnotationConfigApplicationContext();
        new ConfigDataApplicationContextInitializer().initialize(context);
        context.scan("dev.howdah.catalog");
        context.refresh();
        return context.getBean(Catalog.class);
    }

    private static ServicePlan plan(Catalog catalog) {
        return catalog.offerings().getFirst().plans().getFirst();
    }

    @Setup
    public void prepare() {
        ServicePlan plan = plan(catalog());
        body = """
                {"service_id": "%s", "plan_id": "%s", "organization_guid": "o", "space_guid": "s",
                 "context": {"platform": "kubernetes", "namespace": "shop", "clusterid": "c"},
                 "parameters": {"version": "17", "storage": "2Gi", "database": "shop"}}""".formatted(catalog().offerings().getFirst().id(), plan.id()).getBytes(UTF_8);
        if (!checkParameters().isEmpty()) {
            throw new IllegalStateException(checkParameters().toString());
        }
    }

    /** The body of a provision, from bytes to a checked request. */
    @Benchmark
    public Object readBody() {
        return ProvisionBody.of(JsonBody.parse(body));
    }

    /** Its parameters against the plan's schema, and what a schema cannot say. */
    @Benchmark
    public List<String> checkParameters() {
        return parameters.create().problems(PARAMETERS);
    }

    /** The catalog, from the service to the bytes on their way. */
    @Benchmark
    public byte[] answerCatalog() throws java.io.IOException {
        var answer = Objects.requireNonNull(published
                .getResponseEntityCatalog(new org.springframework.http.HttpHeaders())
                .block());
        var message = new MockHttpOutputMessage();
        models.writeInternal(Objects.requireNonNull(answer.getBody()), null, message);
        return message.getBodyAsBytes();
    }
}
