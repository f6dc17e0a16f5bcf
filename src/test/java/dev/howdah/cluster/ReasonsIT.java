package dev.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.crd.PostgresInstance;
import dev.howdah.testing.OsbClient;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ClusterTest
class ReasonsIT {
    private static final Duration A_LITTLE_MORE_THAN_THE_PLANS_DEADLINE = Duration.ofSeconds(45);

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("reasons", Map.of());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-image | ImagePullFailed | image cannot be pulled: registry.invalid/postgres:none",
                "no-node  | NoNodeFits      | no node has 1000 CPU free",
                "no-class | VolumeNotBound  | storage class howdah-no-such-class does not exist"
            })
    void whatKeepsAServerFromRunningIsSaidInTimeAndLeavesNothingBehind(String plan, String reason, String sentence) {
        long started = System.nanoTime();

        OsbClient.Answer answer = cluster.platform().provisionToItsEnd(plan, plan, "{}");

        assertThat(Platform.since(started)).isLessThan(A_LITTLE_MORE_THAN_THE_PLANS_DEADLINE);
        System.out.println(plan + ": " + answer.body());
        assertThat(answer.json().path("state").asString("")).isEqualTo("failed");
        assertThat(answer.json().path("description").asString("")).contains(sentence);
        assertThat(cluster.instance("pg-" + plan).getStatus().conditions())
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getReason().equals(reason)
                        && condition.getMessage().contains(sentence));
        assertThat(cluster.client()
                        .v1()
                        .events()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems())
                .filteredOn(event -> event.getInvolvedObject().getKind().equals("PostgresInstance"))
                .filteredOn(event -> event.getInvolvedObject().getName().equals("pg-" + plan))
                .extracting(Event::getReason)
                .contains(reason);

        cluster.platform().deprovision(plan, plan);

        assertThat(cluster.find(PostgresInstance.class, "pg-" + plan)).isNull();
        await().atMost(Cluster.PATIENCE)
                .until(() -> cluster.find(PersistentVolumeClaim.class, "pg-" + plan + "-data") == null);
    }
}
