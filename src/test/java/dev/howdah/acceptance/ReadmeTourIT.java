package dev.howdah.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.HowdahHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTourIT {
    @Test
    void everyLineOfTheTourWorksWhenPasted() throws IOException, InterruptedException {
        HowdahHarness harness = HowdahHarness.shared();

        ReadmeTour.take(harness.baseUrl());

        assertThat(harness.kubernetes()
                        .pods()
                        .inNamespace(harness.namespace())
                        .withLabel("howdah.dev/server", "pg-tour")
                        .list()
                        .getItems())
                .isEmpty();
        try (Stream<Path> files = Files.walk(harness.environment().folder())) {
            assertThat(files.filter(file -> file.toString().contains("pg-tour")))
                    .isEmpty();
        }
    }
}
