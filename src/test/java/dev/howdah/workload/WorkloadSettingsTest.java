package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WorkloadSettingsTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(WorkloadConfiguration.class);

    @Test
    void nothingConfiguredGivesTheDefaults() {
        runner.run(
                context -> assertThat(context.getBean(WorkloadSettings.class)).isEqualTo(WorkloadSettings.defaults()));
    }

    @Test
    void everythingCanBeConfigured() {
        runner.withPropertyValues(
                        "howdah.workload.image=registry.example/postgres:{version}",
                        "howdah.workload.images.17=registry.example/postgres:17.6",
                        "howdah.workload.image-pull-secrets=one,two",
                        "howdah.workload.openshift=true",
                        "howdah.workload.node-host=db.example",
                        "howdah.workload.termination-grace-period=30m",
                        "howdah.workload.network-policy.broker-namespace=howdah",
                        "howdah.workload.network-policy.broker-pod-labels[app]=broker",
                        "howdah.workload.network-policy.open-to=192.0.2.0/24,2001:db8::/32")
                .run(context -> {
                    WorkloadSettings settings = context.getBean(WorkloadSettings.class);

                    assertThat(settings.imageOf(Servers.a().version("17").spec()))
                            .isEqualTo("registry.example/postgres:17.6");
                    assertThat(settings.imageOf(Servers.a().version("18").spec()))
                            .isEqualTo("registry.example/postgres:18");
                    assertThat(settings.imagePullSecrets()).containsExactly("one", "two");
                    assertThat(settings.openshift()).isTrue();
                    assertThat(settings.terminationGracePeriod()).isEqualTo(Duration.ofMinutes(30));
                    assertThat(settings.networkPolicy().brokerPodLabels()).containsEntry("app", "broker");
                    assertThat(settings.networkPolicy().openTo()).containsExactly("192.0.2.0/24", "2001:db8::/32");
                });
    }

    @Test
    void theServersOwnImageWins() {
        assertThat(WorkloadSettings.defaults()
                        .imageOf(Servers.a().image("example/postgres:1").spec()))
                .isEqualTo("example/postgres:1");
    }

    @ParameterizedTest
    @CsvSource({
        "howdah.workload.image, ''",
        "howdah.workload.image, ' '",
        "howdah.workload.image-pull-policy, ''",
        "howdah.workload.image-pull-policy, always",
        "howdah.workload.user-id, 0",
        "howdah.workload.user-id, -1",
        "howdah.workload.cluster-domain, ''",
        "howdah.workload.network-policy.open-to, everyone",
        "howdah.workload.network-policy.open-to, 192.0.2.1",
        "howdah.workload.network-policy.open-to, '192.0.2.0/24,,2001:db8::/32'"
    })
    void aWrongValueStopsTheStartAndIsNamed(String property, String value) {
        runner.withPropertyValues(property + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith(property)
                        .hasMessageContaining(": use "));
    }

    @Test
    void thePullPoliciesAreThoseOfKubernetes() {
        for (String policy : List.of("Always", "IfNotPresent", "Never")) {
            runner.withPropertyValues("howdah.workload.image-pull-policy=" + policy)
                    .run(context -> assertThat(
                                    context.getBean(WorkloadSettings.class).imagePullPolicy())
                            .isEqualTo(policy));
        }
    }

    @Test
    void anUnknownKeyStopsTheStart() {
        runner.withPropertyValues("howdah.workload.imagePolicy=Always")
                .run(context -> assertThat(context).hasFailed());
    }
}
