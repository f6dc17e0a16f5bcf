package dev.howdah.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class WatchHealthTest {
    @Test
    void aReplicaIsReadyWhenEachWatchHasReadEverything() {
        Health unread =
                new WatchHealth(Map.of("postgresinstances", () -> true, "postgresbindings", () -> false)).health();
        Health read = new WatchHealth(Map.of("postgresinstances", () -> true, "postgresbindings", () -> true)).health();

        assertThat(unread.getStatus()).isEqualTo(Status.DOWN);
        assertThat(unread.getDetails()).containsEntry("reason", "Not read yet: postgresbindings.");
        assertThat(read.getStatus()).isEqualTo(Status.UP);
    }
}
