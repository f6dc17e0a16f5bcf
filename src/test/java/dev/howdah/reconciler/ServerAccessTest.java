package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.crd.Endpoint;
import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerStatus;
import dev.howdah.postgres.ServerAddress;
import dev.howdah.reconciler.ReconcilerSettings.Reach;
import dev.howdah.reconciler.ServerAccess.Place;
import dev.howdah.testing.TestClock;
import dev.howdah.tls.AuthorityStore;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whether the API server, which is away here, has to be asked where a server is. */
class ServerAccessTest {
    private static final KubernetesClient AWAY = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl("http://127.0.0.1:1")
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();

    private final TestClock clock = new TestClock();
    private final ServerAccess access =
            new ServerAccess(AWAY, new AuthorityStore(AWAY, "here", clock, new SecureRandom()), Reach.POD, clock);
    private final PostgresServer server = server();
    private final Place place = place("10.0.0.1", "secret");

    @AfterAll
    static void closed() {
        AWAY.close();
    }

    @Test
    void isAskedWhereNobodyHasLoggedIn() {
        assertThatThrownBy(() -> access.of(server)).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void isNotAskedWhereALoginHasSucceeded() {
        access.proven(server, place);
        access.seen(server, Optional.of(place("10.0.0.1", "secret")));
        clock.pass(Duration.ofSeconds(59));

        assertThat(access.of(server)).contains(place.address());
    }

    @Test
    void isAskedAgainAfterAMinute() {
        access.proven(server, place);
        clock.pass(Duration.ofMinutes(1));

        assertThatThrownBy(() -> access.of(server)).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void isAskedOnceThePodOrThePasswordIsAnotherOrThereIsNoPod() {
        access.proven(server, place);
        access.seen(server, Optional.of(place("10.0.0.2", "secret")));
        assertThatThrownBy(() -> access.of(server)).isInstanceOf(KubernetesClientException.class);

        access.proven(server, place);
        access.seen(server, Optional.of(place("10.0.0.1", "another")));
        assertThatThrownBy(() -> access.of(server)).isInstanceOf(KubernetesClientException.class);

        access.proven(server, place);
        access.seen(server, Optional.empty());
        assertThatThrownBy(() -> access.of(server)).isInstanceOf(KubernetesClientException.class);

        access.proven(server, place);
        access.forget(server);
        assertThatThrownBy(() -> access.of(server)).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void isKnownByNameAsLongAsByTheServerItself() {
        ResourceID name = ResourceID.fromResource(server);
        access.proven(server, place);
        assertThat(access.justProven(name)).contains(place);

        access.forget(name);
        assertThat(access.justProven(server)).isEmpty();

        access.proven(server, place);
        clock.pass(Duration.ofMinutes(1));
        assertThat(access.justProven(name)).isEmpty();
    }

    @Test
    void isAskedOnceClientsFindItElsewhere() {
        access.proven(server, place);
        access.seen(server, Optional.of(new Place(place.address(), new Endpoint("elsewhere", 5432))));

        assertThat(access.justProven(server)).isEmpty();
    }

    @Test
    void anotherLoginKeepsWhatIsKnownAndAddsNothing() {
        access.provenAgain(server, place.address());
        assertThat(access.justProven(server)).isEmpty();

        access.proven(server, place);
        clock.pass(Duration.ofSeconds(50));
        access.provenAgain(server, place.address());
        clock.pass(Duration.ofSeconds(50));
        assertThat(access.justProven(server)).contains(place);

        access.provenAgain(server, place("10.0.0.2", "secret").address());
        clock.pass(Duration.ofSeconds(10));
        assertThat(access.justProven(server)).as("proven elsewhere").isEmpty();
    }

    @Test
    void isForgottenWhenAnotherTermBegins() {
        access.proven(server, place);
        access.begin(_ -> {});

        assertThat(access.justProven(server)).isEmpty();
    }

    @Test
    void isNotThatOfAnotherServerOfTheSameName() {
        access.proven(server, place);
        PostgresServer next = server();
        next.getMetadata().setUid("another");

        assertThat(access.justProven(next)).isEmpty();
    }

    @Test
    void ofALoginOnlyThatIsToldWhichTheStatusDoesNotSayYet() {
        List<PostgresServer> told = new ArrayList<>();
        access.begin(told::add);
        access.proven(server, place);
        assertThat(told).containsExactly(server);

        PostgresServer ready = server();
        ready.setStatus(new PostgresServerStatus(
                null,
                null,
                Conditions.with(
                        null, Map.of(Conditions.READY, Finding.good("Ready", "it answers")), 1L, clock.instant()),
                null,
                null,
                null,
                null));
        access.proven(ready, place);
        assertThat(told).containsExactly(server);
    }

    private static Place place(String host, String password) {
        return new Place(new ServerAddress(host, 5432, "howdah", password, null), new Endpoint("pg-a.here.svc", 5432));
    }

    private static PostgresServer server() {
        PostgresServer server = new PostgresServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName("pg-a")
                .withNamespace("here")
                .withUid("uid")
                .build());
        server.setStatus(
                new PostgresServerStatus(null, null, null, new Endpoint("pg-a.here.svc", 5432), null, null, null));
        return server;
    }
}
