package dev.howdah.kubernetes;

import dev.howdah.broker.ServiceBindings;
import dev.howdah.broker.ServiceInstances;
import dev.howdah.catalog.Catalog;
import dev.howdah.crd.LeanSerialization;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    NamespaceSettings.class,
    AnswerSettings.class,
    ExposureSettings.class,
    ClientSettings.class,
    ObservabilitySettings.class
})
class KubernetesConfiguration {

    /** Of the current kubeconfig, or of the pod. Watches are not bound by the timeouts. */
    @Bean
    @ConditionalOnMissingBean
    KubernetesClient kubernetesClient(ClientSettings settings) {
        Config config = Config.autoConfigure(null);
        settings.applyTo(config);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(LeanSerialization.create())
                .build();
    }

    @Bean
    WatchedResources<PostgresInstance> watchedInstances(KubernetesClient client, NamespaceSettings settings) {
        return new WatchedResources<>(client, PostgresInstance.class, settings.namespace());
    }

    @Bean
    WatchedResources<PostgresBinding> watchedBindings(KubernetesClient client, NamespaceSettings settings) {
        return new WatchedResources<>(client, PostgresBinding.class, settings.namespace());
    }

    @Bean
    WatchStart watchStart(List<WatchedResources<?>> watched) {
        return new WatchStart(watched);
    }

    @Bean
    WatchHealth watchesHealthIndicator(
            WatchedResources<PostgresInstance> instances, WatchedResources<PostgresBinding> bindings) {
        return new WatchHealth(Map.of("postgresinstances", instances::synced, "postgresbindings", bindings::synced));
    }

    @Bean
    BindingExpiry bindingExpiry(WatchedResources<PostgresBinding> bindings, Clock clock) {
        return new BindingExpiry(bindings::seen, clock);
    }

    @Bean
    ResourceCounts resourceCounts(
            WatchedResources<PostgresInstance> instances,
            WatchedResources<PostgresBinding> bindings,
            Catalog catalog,
            ObservabilitySettings settings,
            Clock clock) {
        return new ResourceCounts(instances::seen, bindings::seen, catalog.planNames(), settings.stuckAfter(), clock);
    }

    @Bean
    Tombstones tombstones(KubernetesClient client, NamespaceSettings settings) {
        return new Tombstones(client, settings.namespace());
    }

    @Bean
    ServiceInstances serviceInstances(
            WatchedResources<PostgresInstance> instances,
            Catalog catalog,
            AnswerSettings answers,
            ExposureSettings exposure,
            Tombstones tombstones,
            ClientSettings client,
            Clock clock) {
        return new KubernetesServiceInstances(
                instances,
                new Provisioning(instances, new InstanceSpecs(exposure.type()), answers),
                new Updating(instances, answers),
                new Deprovisioning(instances, catalog, answers, clock),
                tombstones,
                client.timePerRequest());
    }

    @Bean
    CredentialSecrets credentialSecrets(KubernetesClient client, NamespaceSettings settings) {
        return new CredentialSecrets(client, settings.namespace());
    }

    @Bean
    BindingCreation bindingCreation(
            WatchedResources<PostgresInstance> instances,
            WatchedResources<PostgresBinding> bindings,
            Catalog catalog,
            AnswerSettings answers,
            Clock clock) {
        return new BindingCreation(instances, bindings.store(), catalog, answers, clock);
    }

    @Bean
    ServiceBindings serviceBindings(
            WatchedResources<PostgresInstance> instances,
            WatchedResources<PostgresBinding> bindings,
            BindingCreation creation,
            CredentialSecrets secrets,
            AnswerSettings answers,
            Tombstones tombstones,
            ClientSettings client,
            Clock clock) {
        return new KubernetesServiceBindings(
                bindings,
                new Binding(bindings, creation, secrets, answers),
                new Unbinding(bindings, instances.store(), answers, clock),
                secrets,
                tombstones,
                client.timePerRequest());
    }

    @Bean
    WarmUp warmUp(ServiceInstances instances, ServiceBindings bindings, ClientSettings settings, Clock clock) {
        return new WarmUp(instances, bindings, settings.warmUp(), clock);
    }
}
