package dev.howdah.crd;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.testing.embedded.EmbeddedKubernetes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong resources are refused at admission; only a real API server evaluates the rules (CEL). */
@EnabledIfEnvironmentVariable(named = "KUBE_ASSETS", matches = ".+")
class AdmissionIT {
    private static final String INSTANCE = """
            apiVersion: howdah.dev/v1
            kind: PostgresInstance
            metadata: {name: NAME}
            spec:
              plan: free
              database: shop
              server:
                version: "17"
                resources: {cpu: 250m, memory: 256Mi}
                storage: {size: 2Gi, storageClassName: standard}
                maxConnections: 20
                initdbArgs: [--data-checksums]
              request: {id: one, serviceId: s, planId: p, parameters: {storage: 2Gi}}
            """;

    private static final String BINDING = """
            apiVersion: howdah.dev/v1
            kind: PostgresBinding
            metadata: {name: NAME}
            spec:
              instanceRef: pg-1
              access: read-only
              connectionLimit: 5
              statementTimeout: 30s
              expiresAt: "2030-01-01T00:00:00Z"
            """;

    private static EmbeddedKubernetes kubernetes;

    private final String name = "t-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        kubernetes = EmbeddedKubernetes.start();
    }

    @AfterAll
    static void stop() {
        kubernetes.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    250m         | lots    | must be a positive quantity
                    250m         | "0"     | must be a positive quantity
                    2Gi, storage | -1Gi, storage | must be a positive quantity
                    : 20         | : -1    | greater than or equal to 1
                    plan: free   | plam: x | spec.plan: Required
                    shop         | 1 shop  | should match
                    "17"         | "17.2"  | should match
                    NAME         | a-name-with-more-than-fifty-one-characters-is-too-long | at most 51
                    """)
    void aWrongInstanceIsRefused(String part, String wrong, String reason) {
        assertThatThrownBy(() -> create(INSTANCE.replace(part, wrong)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2Gi, storage       | 1Gi, storage | never shrinks
                    "17"               | "18"         | major version is fixed
                    [--data-checksums] | [-k]         | initdbArgs
                    shop               | other        | name of the database is fixed
                    standard           | fast         | storage class of a volume is fixed
                    id: one            | id: two      | id belongs to the platform
                    serviceId: s       | serviceId: t | service of an instance is fixed
                    """)
    void whatCannotChangeIsRefused(String part, String wrong, String reason) {
        create(INSTANCE);

        assertThatThrownBy(() -> update(INSTANCE.replace(part, wrong)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2Gi, storage | 3Gi, storage
                    2Gi, storage | 2048Mi, storage
                    250m         | "1"
                    : 20         | : 200
                    plan: free   | plan: premium
                    """)
    void whatCanChangeIsTaken(String part, String other) {
        create(INSTANCE);

        assertThatCode(() -> update(INSTANCE.replace(part, other))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    read-only             | admin | Unsupported value
                    Limit: 5              | Limit: 0 | greater than or equal to 1
                    30s                   | soon  | should match
                    2030-01-01T00:00:00Z  | later | should match
                    pg-1                  | PG_1  | should match
                    """)
    void aWrongBindingIsRefused(String part, String wrong, String reason) {
        assertThatThrownBy(() -> create(BINDING.replace(part, wrong)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aBindingKeepsItsInstanceAndItsAccess() {
        create(BINDING);

        assertThatThrownBy(() -> update(BINDING.replace("pg-1", "pg-2"))).hasMessageContaining("instanceRef is fixed");
        assertThatThrownBy(() -> update(BINDING.replace("read-only", "read-write")))
                .hasMessageContaining("access is fixed");
    }

    private void create(String yaml) {
        kubernetes
                .client()
                .resource(read(yaml))
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .create();
    }

    private void update(String yaml) {
        kubernetes
                .client()
                .resource(read(yaml))
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .forceConflicts()
                .serverSideApply();
    }

    private GenericKubernetesResource read(String yaml) {
        return Serialization.unmarshal(yaml.replace("NAME", name), GenericKubernetesResource.class);
    }
}
