package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerStatus;
import dev.howdah.crd.PostgresServerStatus.Phase;
import dev.howdah.testing.TestClock;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How soon a status is written that says what is being waited for. */
class ProgressReportsTest {
    private static final boolean ONLY_WAITING = true;
    private static final boolean NEWS = false;

    private final TestClock clock = new TestClock();
    private final ProgressReports reports = new ProgressReports(clock);
    private final PostgresServer server = known("a");

    @Test
    void ofWhatIsKnownTheFirstIsWrittenAtOnce() {
        assertThat(pause(server, ONLY_WAITING)).isEmpty();
    }

    @Test
    void ofWhatIsNewTheFirstWaitsForThreeSeconds() {
        PostgresServer fresh = fresh("b");

        assertThat(pause(fresh, ONLY_WAITING)).contains(Duration.ofSeconds(3));
        clock.pass(Duration.ofMillis(2900));
        assertThat(pause(fresh, ONLY_WAITING)).contains(Duration.ofMillis(100));
        clock.pass(Duration.ofMillis(100));
        assertThat(pause(fresh, ONLY_WAITING)).isEmpty();
        assertThat(pause(fresh, ONLY_WAITING)).contains(Duration.ofSeconds(1));
    }

    @Test
    void ofWhatIsNewNewsDoNotWait() {
        PostgresServer fresh = fresh("b");
        pause(fresh, ONLY_WAITING);

        assertThat(pause(fresh, NEWS)).isEmpty();
    }

    @Test
    void anotherWordWaitsForTheRestOfTheSecond() {
        pause(server, NEWS);
        clock.pass(Duration.ofMillis(300));

        assertThat(pause(server, ONLY_WAITING)).contains(Duration.ofMillis(700));

        clock.pass(Duration.ofMillis(700));
        assertThat(pause(server, ONLY_WAITING)).isEmpty();
        assertThat(pause(server, ONLY_WAITING)).contains(Duration.ofSeconds(1));
    }

    @Test
    void newsNeverWait() {
        pause(server, NEWS);

        assertThat(pause(server, NEWS)).isEmpty();
    }

    @Test
    void theSameAgainDoesNotCount() {
        assertThat(reports.pause(server, server.getStatus(), ONLY_WAITING)).isEmpty();

        assertThat(pause(server, ONLY_WAITING)).isEmpty();
    }

    @Test
    void eachResourceHasItsOwnPace() {
        pause(server, NEWS);

        assertThat(pause(known("b"), ONLY_WAITING)).isEmpty();
    }

    @Test
    void whatIsForgottenStartsAnew() {
        pause(server, NEWS);

        reports.forget(server);

        assertThat(pause(server, ONLY_WAITING)).isEmpty();
    }

    private Optional<Duration> pause(PostgresServer server, boolean onlyWaiting) {
        return reports.pause(server, status(Phase.Starting), onlyWaiting);
    }

    private static PostgresServer known(String uid) {
        PostgresServer server = fresh(uid);
        server.setStatus(status(Phase.Pending));
        return server;
    }

    private static PostgresServer fresh(String uid) {
        PostgresServer server = new PostgresServer();
        server.setMetadata(new ObjectMetaBuilder().withName("name").withUid(uid).build());
        return server;
    }

    private static PostgresServerStatus status(Phase phase) {
        return new PostgresServerStatus(phase, null, null, null, null, null, null);
    }
}
