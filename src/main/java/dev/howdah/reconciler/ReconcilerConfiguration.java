package dev.howdah.reconciler;

import dev.howdah.catalog.Catalog;
import dev.howdah.postgres.PostgresServers;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code howdah.reconcile=false} makes a process that only serves HTTP. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReconcilerSettings.class)
@ConditionalOnProperty(name = "howdah.reconcile", matchIfMissing = true)
class ReconcilerConfiguration {
    @Bean
    PatientClients patientClients(KubernetesClient client, ReconcilerSettings settings) {
        return PatientClients.like(
                client,
                settings.kubernetes().reconcilerTimeout(),
                settings.leaderElection().renewDeadline());
    }

    @Bean
    ReconcilerLifecycle reconcilerLifecycle(
            PatientClients clients,
            ReconcilerSettings settings,
            WorkloadSettings workload,
            PostgresServers servers,
            Catalog catalog,
            MeterRegistry meters,
            ObjectProvider<Clock> clock) {
        ReconcilerAssembly assembly = new ReconcilerAssembly(
                clients.elector(),
                clients.loops(),
                settings,
                workload,
                servers,
                catalog,
                meters,
                clock.getIfAvailable(Clock::systemUTC));
        return new ReconcilerLifecycle(assembly::leadership);
    }
}
