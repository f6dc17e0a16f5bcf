package dev.howdah;

import dev.howdah.bench.Benchmark;
import dev.howdah.testing.EmbeddedBroker;
import dev.howdah.testing.Tour;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.ProcessReaper;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Howdah with everything embedded: {@code ./mvnw spring-boot:test-run}. */
public final class TestHowdahApplication {
    private TestHowdahApplication() {}

    // Maven's test-run needs the tests to have one main method, so the benchmark starts from here too.
    public static void main(String[] args) throws Exception {
        if (Arrays.equals(args, new String[] {"benchmark"})) {
            Benchmark.run();
            return;
        }
        // The broker stops first, and then what it works on.
        ProcessReaper reaper = ProcessReaper.ofThisJvm().closedByItsUser();
        SpringApplication.getShutdownHandlers().add(reaper::close);
        EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
        SpringApplication.getShutdownHandlers().add(kubernetes::close);

        SpringApplication application = new SpringApplication(HowdahApplication.class);
        application.addInitializers(EmbeddedBroker.on(kubernetes));
        application.setDefaultProperties(defaults());
        ConfigurableApplicationContext broker = application.run(args);
        String port = broker.getEnvironment().getRequiredProperty("local.server.port");
        System.out.println(Tour.of(URI.create("http://127.0.0.1:" + port)));
    }

    // Lowest in rank, so that SERVER_PORT, and any other variable or argument, wins.
    private static Map<String, Object> defaults() {
        var defaults = new HashMap<String, Object>(EmbeddedBroker.PROPERTIES);
        defaults.put("server.port", "8080");
        return defaults;
    }
}
