package dev.howdah.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomResourceSerializationTest {
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void anInstanceComesBackAsItWentIn() {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder().withName("pg-1").build());
        var scheduling = new PostgresServerSpec.Scheduling(
                Map.of("disk", "fast"),
                List.of(new TolerationBuilder()
                        .withKey("db")
                        .withOperator("Exists")
                        .build()),
                null,
                null,
                null);
        var server = new PostgresServerSpec(
                "17",
                null,
                new PostgresServerSpec.Resources("250m", null, "256Mi"),
                new PostgresServerSpec.Storage("1Gi", null),
                20,
                List.of("--data-checksums"),
                Map.of("work_mem", "8MB"),
                PostgresServerSpec.Exposure.NodePort,
                scheduling,
                null,
                PostgresServerSpec.Engine.StatefulSet);
        var parameters = JsonNodeFactory.instance.objectNode().put("storage", "1Gi");
        var request = new OsbRequest("1", null, "s", "p", "o", "sp", parameters, null, null, null, null, null, null);
        instance.setSpec(
                new PostgresInstanceSpec("postgres-database", "free", server, null, null, "1.0.0", 600, null, request));
        instance.setStatus(new PostgresInstanceStatus(
                PostgresInstanceStatus.Phase.Ready,
                1L,
                List.of(new ConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .build()),
                "pg-1",
                "app",
                new Endpoint("db.example", 5432),
                new Operation("provision-1", Operation.Type.Provision, Operation.State.Succeeded, null, null, null)));

        PostgresInstance back = serialization.unmarshal(serialization.asJson(instance), PostgresInstance.class);

        assertThat(back.getSpec()).isEqualTo(instance.getSpec());
        assertThat(back.getStatus()).isEqualTo(instance.getStatus());
    }

    @Test
    void whatIsAbsentIsNotWritten() {
        var binding = new PostgresBinding();
        binding.setSpec(new PostgresBindingSpec(
                "pg-1", PostgresBindingSpec.Access.READ_ONLY, null, null, null, null, null, null, null));
        binding.setStatus(new PostgresBindingStatus(PostgresBindingStatus.Phase.Pending, null, null, null, null, null));

        String json = serialization.asJson(binding);

        assertThat(json)
                .doesNotContain("null")
                .contains("\"access\":\"read-only\"")
                .contains("\"status\":{\"phase\":\"Pending\"}");
    }
}
