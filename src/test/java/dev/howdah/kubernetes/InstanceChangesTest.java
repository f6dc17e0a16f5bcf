package dev.howdah.kubernetes;

import static dev.howdah.kubernetes.SampleCatalog.LARGE;
import static dev.howdah.kubernetes.SampleCatalog.OTHER;
import static dev.howdah.kubernetes.SampleCatalog.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.howdah.broker.InstanceId;
import dev.howdah.broker.UpdateRequest;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresServerSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstanceChangesTest {
    private static final String ID = "id";

    @Test
    void nothingAskedForChangesNothing() {
        assertThat(change(spec(SMALL, null), Requests.update(ID, null, null))).isInstanceOf(InstanceChange.None.class);
        assertThat(change(spec(SMALL, null), Requests.update(ID, SMALL, Map.of())))
                .isInstanceOf(InstanceChange.None.class);
    }

    @Test
    void parametersAreMergedKeyByKey() {
        PostgresInstanceSpec spec = spec(SMALL, Map.of("storage", "2Gi", "settings", Map.of("work_mem", "8MB")));

        PostgresInstanceSpec changed = effective(change(spec, Requests.update(ID, null, Map.of("storage", "3Gi"))));

        assertThat(server(changed).storage().size()).isEqualTo("3Gi");
        assertThat(server(changed).settings()).isEqualTo(Map.of("work_mem", "8MB"));
        assertThat(Json.map(request(changed).parameters()))
                .isEqualTo(Map.of("storage", "3Gi", "settings", Map.of("work_mem", "8MB")));
    }

    @Test
    void aNullRemovesAParameterButNeverShrinksTheVolume() {
        PostgresInstanceSpec spec = spec(SMALL, Map.of("storage", "2Gi", "settings", Map.of("work_mem", "8MB")));
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("storage", null);
        nulls.put("settings", null);

        PostgresInstanceSpec changed = effective(change(spec, Requests.update(ID, null, nulls)));

        assertThat(server(changed).storage().size()).isEqualTo("2Gi");
        assertThat(server(changed).settings()).isNull();
        assertThat(Json.map(request(changed).parameters())).isEmpty();
    }

    @Test
    void aVolumeNeverShrinks() {
        assertThat(change(spec(SMALL, Map.of("storage", "3Gi")), Requests.update(ID, null, Map.of("storage", "2Gi"))))
                .isEqualTo(new InstanceChange.NotPossible("storage: a volume never shrinks, and this one has 3Gi"));
    }

    @Test
    void aNewPlanBringsItsSizesAndKeepsWhatWasAskedFor() {
        PostgresInstanceSpec changed =
                effective(change(spec(SMALL, Map.of("storage", "4Gi")), Requests.update(ID, LARGE, null)));

        assertThat(changed.plan()).isEqualTo("large");
        assertThat(server(changed).storage().size()).isEqualTo("4Gi");
        assertThat(request(changed).planId()).isEqualTo("large-id");
        assertThat(request(changed).hasOrHadPlan("small-id")).isTrue();
        assertThat(request(changed).original()).isNotNull();
    }

    @Test
    void aNewPlanHasRoomForTheVolume() {
        PostgresInstanceSpec small = spec(SMALL, null);
        PostgresInstanceSpec large = spec(LARGE, Map.of("storage", "8Gi"));

        assertThat(server(effective(change(small, Requests.update(ID, LARGE, null))))
                        .storage()
                        .size())
                .isEqualTo("2Gi");
        assertThat(change(large, Requests.update(ID, SMALL, null)))
                .isEqualTo(new InstanceChange.NotPossible(
                        "The plan small allows 5Gi of storage at most, and the volume already has 8Gi"));
    }

    @Test
    void anEditedCatalogChangesAnInstanceOnlyWithItsPlanOrItsMaintenance() {
        PostgresInstanceSpec spec = spec(withMemory(SMALL, "128Mi"), null);

        PostgresServerSpec grown = server(effective(change(spec, Requests.update(ID, null, Map.of("storage", "2Gi")))));
        PostgresServerSpec maintained = server(effective(change(
                spec,
                new UpdateRequest(new InstanceId(ID), SampleCatalog.OFFERING, null, null, null, "2.0.0", null, true))));

        assertThat(grown.resources().memory()).isEqualTo("128Mi");
        assertThat(maintained.resources().memory()).isEqualTo("256Mi");
    }

    @Test
    void whatOnlyCountsAtCreationCannotChange() {
        PostgresInstanceSpec spec = spec(SMALL, Map.of("init-db-args", "--data-checksums"));

        assertThat(change(spec, Requests.update(ID, null, Map.of("init-db-args", "-k"))))
                .isInstanceOf(InstanceChange.NotPossible.class);
        assertThat(change(spec, Requests.update(ID, null, Map.of("init-db-args", "--data-checksums"))))
                .isInstanceOf(InstanceChange.None.class);
    }

    @Test
    void extensionsAddUp() {
        PostgresInstanceSpec spec = spec(SMALL, Map.of("extensions", List.of("hstore")));

        PostgresInstanceSpec changed =
                effective(change(spec, Requests.update(ID, null, Map.of("extensions", List.of("citext")))));

        assertThat(changed.extensions()).containsExactly("hstore", "citext");
        assertThat(Json.map(request(changed).parameters())).containsEntry("extensions", List.of("hstore", "citext"));
    }

    @Test
    void aNewContextDoesNotTouchTheServer() {
        assertThat(change(spec(SMALL, null), Requests.context(ID, Map.of("platform", "cloudfoundry"))))
                .isInstanceOf(InstanceChange.RequestOnly.class);
        assertThat(change(spec(SMALL, null), Requests.context(ID, Requests.CONTEXT)))
                .isInstanceOf(InstanceChange.None.class);
    }

    @Test
    void anotherOfferingIsInvalid() {
        assertThat(change(
                        spec(SMALL, null),
                        new UpdateRequest(new InstanceId(ID), OTHER, null, null, null, null, null, true)))
                .isInstanceOf(InstanceChange.Invalid.class);
    }

    @Test
    void repeatingAFailedUpdateIsAChange() {
        PostgresInstanceSpec spec = spec(SMALL, null);

        PostgresInstanceSpec again = InstanceChanges.again(spec, request(spec));

        assertThat(again).isNotEqualTo(spec);
        assertThat(InstanceChanges.again(again, request(again))).isNotEqualTo(again);
    }

    private static InstanceChange change(PostgresInstanceSpec spec, UpdateRequest request) {
        return InstanceChanges.of(spec, request(spec), request);
    }

    private static PostgresInstanceSpec effective(InstanceChange change) {
        return change instanceof InstanceChange.Effective(PostgresInstanceSpec spec)
                ? spec
                : fail("Not effective: " + change);
    }

    private static PostgresInstanceSpec spec(ServicePlan plan, @Nullable Map<String, Object> parameters) {
        var resolution = new InstanceSpecs(PostgresServerSpec.Exposure.ClusterIP)
                .resolve(Requests.provision(ID, plan, parameters));
        return resolution instanceof Resolution.Resolved(PostgresInstanceSpec spec)
                ? spec
                : fail("Refused: " + resolution);
    }

    private static ServicePlan withMemory(ServicePlan plan, String memory) {
        var size = plan.server();
        return new ServicePlan(
                plan.id(),
                plan.name(),
                plan.description(),
                plan.free(),
                plan.bindable(),
                plan.planUpdateable(),
                plan.bindingRotatable(),
                plan.asyncOnly(),
                new ServicePlan.ServerSize(
                        size.cpu(),
                        size.cpuLimit(),
                        memory,
                        size.storage(),
                        size.maxStorage(),
                        size.storageClassName(),
                        size.connections(),
                        size.versions(),
                        size.image(),
                        size.scheduling(),
                        size.exposure(),
                        size.retained()),
                plan.maintenanceVersion(),
                plan.maintenanceDescription(),
                plan.maximumPollingDuration(),
                plan.bindingExpiresAfter(),
                plan.updatesTo(),
                plan.extensions(),
                plan.metadata(),
                plan.retired());
    }

    private static PostgresServerSpec server(PostgresInstanceSpec spec) {
        return Objects.requireNonNull(spec.server());
    }

    private static OsbRequest request(PostgresInstanceSpec spec) {
        return Objects.requireNonNull(spec.request());
    }
}
