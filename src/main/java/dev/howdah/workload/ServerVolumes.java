package dev.howdah.workload;

import dev.howdah.catalog.PostgresMemory;
import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;

/**
 * What is mounted where. The paths reach the scripts as environment variables only.
 *
 * <p>Nothing is mounted at or below /var/lib/postgresql: the official images declare an anonymous volume there, and up to
 * PostgreSQL 17 container runtimes would mount it over a sub-directory of ours and lose the data with the pod.
 */
final class ServerVolumes {

    static final String CONFIG = "/howdah/config";
    private static final String DATA = "/howdah/data";
    private static final String TLS = "/howdah/tls";
    private static final String ADMIN = "/howdah/admin";
    private static final String RUN = "/howdah/run";

    /** Owner reads and writes, group reads: PostgreSQL accepts such a key if root owns it, and fsGroup is its group. */
    private static final int PRIVATE = 0640;

    private static final int READABLE = 0644;

    private ServerVolumes() {}

    static List<Volume> of(PostgresServer server) {
        ServerNames names = ServerNames.of(server);
        return List.of(
                volume("data")
                        .withNewPersistentVolumeClaim(names.persistentVolumeClaim(), null)
                        .build(),
                volume("config")
                        .withNewConfigMap()
                        .withName(names.configMap())
                        .withDefaultMode(READABLE)
                        .endConfigMap()
                        .build(),
                volume("tls")
                        .withNewSecret()
                        .withSecretName(names.tlsSecret())
                        .withDefaultMode(PRIVATE)
                        .endSecret()
                        .build(),
                volume("admin")
                        .withNewSecret()
                        .withSecretName(names.adminSecret())
                        .withDefaultMode(PRIVATE)
                        .endSecret()
                        .build(),
                scratch("run").build(),
                scratch("tmp").build(),
                volume("shm")
                        .withNewEmptyDir()
                        .withMedium("Memory")
                        .withSizeLimit(sharedMemory(server))
                        .endEmptyDir()
                        .build());
    }

    static List<VolumeMount> mounts() {
        return List.of(
                mount("data", DATA).build(),
                mount("config", CONFIG).withReadOnly(true).build(),
                mount("tls", TLS).withReadOnly(true).build(),
                mount("admin", ADMIN).withReadOnly(true).build(),
                mount("run", RUN).build(),
                mount("tmp", "/tmp").build(),
                mount("shm", "/dev/shm").build());
    }

    /** PGDATA is a sub-directory, because the root of a volume has a lost+found and the group's permissions. */
    static List<EnvVar> environment() {
        return List.of(
                new EnvVar("PGDATA", DATA + "/pgdata", null),
                new EnvVar("HOWDAH_CONFIG", CONFIG, null),
                new EnvVar("HOWDAH_TLS", TLS, null),
                new EnvVar("HOWDAH_ADMIN", ADMIN, null),
                new EnvVar("HOWDAH_RUN", RUN, null));
    }

    /** Parallel queries live there. It counts against the memory limit, so it may have an eighth: a query fails before the server is killed. */
    private static Quantity sharedMemory(PostgresServer server) {
        long mib = ServerSizes.of(server.getSpec()).memoryBytes() / 8 / PostgresMemory.MIB;
        return new Quantity(Math.max(mib, 16) + "Mi");
    }

    private static VolumeBuilder scratch(String name) {
        return volume(name)
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("64Mi"))
                .endEmptyDir();
    }

    private static VolumeBuilder volume(String name) {
        return new VolumeBuilder().withName(name);
    }

    private static VolumeMountBuilder mount(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path);
    }
}
