package dev.howdah.kubernetes;

import static dev.howdah.kubernetes.SampleCatalog.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.broker.InstanceId;
import dev.howdah.broker.OriginatingIdentity;
import dev.howdah.broker.ProvisionRequest;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.crd.PostgresServerSpec.Exposure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceSpecsTest {
    private final InstanceSpecs specs = new InstanceSpecs(Exposure.NodePort);

    @Test
    void sizesAreResolvedFromPlanAndParameters() {
        Resolution resolution = specs.resolve(Requests.provision(
                "1",
                SMALL,
                Map.of(
                        "storage", "2Gi",
                        "version", "18",
                        "settings", Map.of("work_mem", "8MB", "jit", false),
                        "init-db-args", "--data-checksums  --wal-segsize=64",
                        "database", "shop",
                        "extensions", List.of("hstore"))));

        assertThat(resolution).isInstanceOfSatisfying(Resolution.Resolved.class, resolved -> {
            assertThat(resolved.spec().server())
                    .isEqualTo(new PostgresServerSpec(
                            "18",
                            null,
                            new PostgresServerSpec.Resources("250m", null, "256Mi"),
                            new PostgresServerSpec.Storage("2Gi", null),
                            20,
                            List.of("--data-checksums", "--wal-segsize=64"),
                            Map.of("work_mem", "8MB", "jit", "off"),
                            Exposure.NodePort,
                            null,
                            null,
                            null));
            assertThat(resolved.spec().database()).isEqualTo("shop");
            assertThat(resolved.spec().extensions()).containsExactly("hstore");
            assertThat(resolved.spec().operationTimeoutSeconds()).isEqualTo(600);
        });
    }

    @Test
    void whatThePlanDoesNotAllowIsRefusedByName() {
        assertThat(specs.resolve(Requests.provision("1", SMALL, Map.of("storage", "6Gi"))))
                .isEqualTo(new Resolution.Refused("storage: the plan small allows 1Gi to 5Gi"));
        assertThat(specs.resolve(Requests.provision("1", SMALL, Map.of("storage", "much"))))
                .isEqualTo(new Resolution.Refused("storage: 'much' is not a size above zero, as in 10Gi"));
        assertThat(specs.resolve(Requests.provision("1", SMALL, Map.of("version", "9"))))
                .isEqualTo(new Resolution.Refused("version: the plan small offers [17, 18]"));
    }

    @Test
    void theOriginatingIdentityIsKeptInTheWordsOfEitherPlatform() {
        var cloudFoundry = identity(Map.of("user_id", "u-1"));
        var kubernetes = identity(Map.of("username", "jane", "uid", "u-2", "groups", List.of("dev")));

        assertThat(cloudFoundry).isEqualTo(new OsbRequest.OriginatingIdentity("platform", null, "u-1", null));
        assertThat(kubernetes).isEqualTo(new OsbRequest.OriginatingIdentity("platform", "jane", "u-2", List.of("dev")));
    }

    private OsbRequest.OriginatingIdentity identity(Map<String, Object> value) {
        var request = new ProvisionRequest(
                new InstanceId("1"),
                SampleCatalog.OFFERING,
                SMALL,
                null,
                Map.of(),
                "org",
                "space",
                new OriginatingIdentity("platform", value),
                true);
        var resolved = (Resolution.Resolved) specs.resolve(request);
        return java.util.Objects.requireNonNull(
                java.util.Objects.requireNonNull(resolved.spec().request()).originatingIdentity());
    }
}
