package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.PostgresServer;
import dev.howdah.testing.TestClock;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How soon a status is written that says what is being waited for. */
class ProgressReportsTest {
    private static final boolean REWORDED = true;
    private static final boolean NEW = false;

    private final TestClock clock = new TestClock();
    private final ProgressReports reports = new ProgressReports(clock);
    private final PostgresServer server = server("a");

    @Test
    void theFirstIsWrittenAtOnce() {
        assertThat(reports.pause(server, REWORDED)).isEmpty();
    }

    @Test
    void aRewordedOneWaitsForTheRestOfTheSecond() {
        reports.pause(server, NEW);
        clock.pass(Duration.ofMillis(300));

        assertThat(reports.pause(server, REWORDED)).contains(Duration.ofMillis(700));

        clock.pass(Duration.ofMillis(700));
        assertThat(reports.pause(server, REWORDED)).isEmpty();
        assertThat(reports.pause(server, REWORDED)).contains(Duration.ofSeconds(1));
    }

    @Test
    void whatIsNewNeverWaits() {
        reports.pause(server, NEW);

        assertThat(reports.pause(server, NEW)).isEmpty();
    }

    @Test
    void eachResourceHasItsOwnPace() {
        reports.pause(server, NEW);

        assertThat(reports.pause(server("b"), REWORDED)).isEmpty();
    }

    @Test
    void whatIsForgottenStartsAnew() {
        reports.pause(server, NEW);

        reports.forget(server);

        assertThat(reports.pause(server, REWORDED)).isEmpty();
    }

    private static PostgresServer server(String uid) {
        PostgresServer server = new PostgresServer();
        server.setMetadata(new ObjectMetaBuilder().withName("name").withUid(uid).build());
        return server;
    }
}
