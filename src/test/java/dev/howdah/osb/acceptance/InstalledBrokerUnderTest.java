package dev.howdah.osb.acceptance;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.File;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A broker that is installed in a cluster as src/test/resources/kustomization.yaml says, over TLS: {@code
 * -Dhowdah.acceptance=https://howdah.howdah-system.svc} with {@code -Dhowdah.installation=<kubeconfig>}. This JVM trusts its authority.
 * The test holds it up by winning its leader election. What needs other settings of the broker is skipped.
 */
final class InstalledBrokerUnderTest implements BrokerUnderTest {
    private static final String NAMESPACE = "howdah-instances";
    private static final String NOBODY = "held-by-a-test";
    private static final int FOR_LONG = 3600;

    private final URI url = URI.create(System.getProperty("howdah.acceptance"));
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(new File(System.getProperty("howdah.installation"))))
            .build();

    @Override
    public URI url() {
        return url;
    }

    /** The leader sees within its retry period that somebody else is, and ends its term. */
    @Override
    public void hold() {
        setHolder(NOBODY, FOR_LONG);
        try {
            TimeUnit.SECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void release() {
        if (NOBODY.equals(lease().getSpec().getHolderIdentity())) {
            setHolder("", 1);
        }
    }

    private Lease lease() {
        return Objects.requireNonNull(
                client.leases().inNamespace(NAMESPACE).withName("howdah").get());
    }

    /** Whatever the leader writes at the same moment. */
    private void setHolder(String holder, int seconds) {
        client.leases()
                .inNamespace(NAMESPACE)
                .withName("howdah")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"holderIdentity\":\"%s\",\"leaseDurationSeconds\":%d,\"renewTime\":\"%s\"}}"
                                .formatted(holder, seconds, Instant.now().truncatedTo(ChronoUnit.MICROS)));
    }

    @Override
    public void breakDown() {
        throw new TestAbortedException("A cluster is not broken on purpose");
    }

    @Override
    public void recover() {}

    @Override
    public boolean failsWhenAsked() {
        return false;
    }

    /** One replica dies; with other settings nothing of it is as it was installed. */
    @Override
    public void restart(String... properties) {
        if (properties.length > 0) {
            throw new TestAbortedException("An installed broker keeps its settings");
        }
        client.apps()
                .deployments()
                .inNamespace("howdah-system")
                .withName("howdah")
                .rolling()
                .restart();
    }

    @Override
    public void forgetTheDeleted() {
        client.configMaps().inNamespace(NAMESPACE).withName("howdah-tombstones").delete();
    }

    @Override
    public int size() {
        Set<String> going = all(PostgresInstance.class)
                .filter(HasMetadata::isMarkedForDeletion)
                .map(instance -> instance.getMetadata().getName())
                .collect(Collectors.toSet());
        long instances = all(PostgresInstance.class)
                .filter(instance -> !instance.isMarkedForDeletion())
                .count();
        long bindings = all(PostgresBinding.class)
                .filter(binding -> !binding.isMarkedForDeletion())
                .filter(binding -> !going.contains(binding.getSpec().instanceRef()))
                .count();
        return (int) (instances + bindings);
    }

    private <T extends CustomResource<?, ?>> Stream<T> all(Class<T> type) {
        return client.resources(type).inNamespace(NAMESPACE).list().getItems().stream();
    }

    @Override
    public boolean accepts(Map<String, String> credentials) {
        try (var connection = DriverManager.getConnection(credentials.get("jdbc_url"))) {
            return connection.isValid(5);
        } catch (SQLException refused) {
            return false;
        }
    }
}
