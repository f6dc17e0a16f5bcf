package dev.howdah.workload;

import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.crd.PostgresServerSpec.Exposure;
import dev.howdah.crd.PostgresServerSpec.Resources;
import dev.howdah.crd.PostgresServerSpec.Scheduling;
import dev.howdah.crd.PostgresServerSpec.Storage;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Servers to test with: {@code a().version("18").resource()}. */
final class Servers {

    static final ServerSecrets SECRETS = new ServerSecrets("admin-password", "certificate", "private-key", "ca");

    private String version = "17";
    private @Nullable String image;
    private Resources resources = new Resources("100m", null, "512Mi");
    private Storage storage = new Storage("1Gi", null);
    private int maxConnections = 20;
    private List<String> initdbArgs = List.of();
    private Map<String, String> settings = Map.of();
    private @Nullable Exposure exposure;
    private @Nullable Scheduling scheduling;
    private List<String> clientNamespaces = List.of();

    private Servers() {}

    static Servers a() {
        return new Servers();
    }

    Servers version(String value) {
        version = value;
        return this;
    }

    Servers image(String value) {
        image = value;
        return this;
    }

    Servers resources(String cpu, @Nullable String cpuLimit, String memory) {
        resources = new Resources(cpu, cpuLimit, memory);
        return this;
    }

    Servers storage(String size, @Nullable String storageClass) {
        storage = new Storage(size, storageClass);
        return this;
    }

    Servers maxConnections(int value) {
        maxConnections = value;
        return this;
    }

    Servers initdbArgs(String... value) {
        initdbArgs = List.of(value);
        return this;
    }

    Servers settings(Map<String, String> value) {
        settings = value;
        return this;
    }

    Servers exposure(Exposure value) {
        exposure = value;
        return this;
    }

    Servers scheduling(Scheduling value) {
        scheduling = value;
        return this;
    }

    Servers clientNamespaces(String... value) {
        clientNamespaces = List.of(value);
        return this;
    }

    PostgresServerSpec spec() {
        return new PostgresServerSpec(
                version,
                image,
                resources,
                storage,
                maxConnections,
                initdbArgs,
                settings,
                exposure,
                scheduling,
                clientNamespaces,
                null);
    }

    PostgresServer resource() {
        PostgresServer server = new PostgresServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName("pg-1")
                .withNamespace("instances")
                .withUid("7a0f")
                .build());
        server.setSpec(spec());
        return server;
    }

    ServerManifests manifests() {
        return manifests(WorkloadSettings.defaults());
    }

    ServerManifests manifests(WorkloadSettings workload) {
        return ServerManifests.of(resource(), SECRETS, workload);
    }
}
