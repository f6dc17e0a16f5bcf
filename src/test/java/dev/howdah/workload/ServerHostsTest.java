package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerHostsTest {

    @Test
    void certificateNamesAreAllFormsOfTheServicesTheLoopbackAndWhatIsAdded() {
        assertThat(ServerHosts.subjectAlternativeNames(
                        Servers.a().resource(), WorkloadSettings.defaults(), List.of("203.0.113.7", "localhost")))
                .containsExactly(
                        "pg-1.instances.svc.cluster.local",
                        "pg-1",
                        "pg-1.instances",
                        "pg-1.instances.svc",
                        "pg-1-pods",
                        "pg-1-pods.instances",
                        "pg-1-pods.instances.svc",
                        "pg-1-pods.instances.svc.cluster.local",
                        "pg-1-0.pg-1-pods",
                        "pg-1-0.pg-1-pods.instances",
                        "pg-1-0.pg-1-pods.instances.svc",
                        "pg-1-0.pg-1-pods.instances.svc.cluster.local",
                        "localhost",
                        "127.0.0.1",
                        "::1",
                        "203.0.113.7");
    }

    @Test
    void clientsInTheClusterUseTheFullNameOfTheService() {
        assertThat(ServerHosts.clusterHost(Servers.a().resource(), WorkloadSettings.defaults()))
                .isEqualTo("pg-1.instances.svc.cluster.local");
    }
}
