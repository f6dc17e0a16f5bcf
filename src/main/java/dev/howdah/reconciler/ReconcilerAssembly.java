package dev.howdah.reconciler;

import dev.howdah.catalog.Catalog;
import dev.howdah.postgres.PostgresServers;
import dev.howdah.reconciler.ReconcilerSettings.LeaderElectionSettings;
import dev.howdah.tls.AuthorityStore;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * Puts the parts together.
 *
 * @param elector for the lease, whose renewal cannot wait for long
 * @param client for everything else, which can
 */
record ReconcilerAssembly(
        KubernetesClient elector,
        KubernetesClient client,
        ReconcilerSettings settings,
        WorkloadSettings workload,
        PostgresServers servers,
        Catalog catalog,
        MeterRegistry meters,
        Clock clock) {

    Leadership leadership() {
        Tombstones tombstones = new Tombstones(
                client, settings.namespace(), settings.tombstones().keep(), clock);
        LeaderElectionSettings election = settings.leaderElection();
        Mandate mandate = new Mandate(clock, election.leaseDuration());
        OperatorFactory operators = new OperatorFactory(
                client,
                settings,
                reconcilers(tombstones),
                new ReconcileMetrics(meters),
                election.enabled() ? round -> () -> mandate.run(round) : UnaryOperator.identity());
        return new Leadership(elector, settings.namespace(), election, mandate, () -> new Term(operators, tombstones));
    }

    private Reconcilers reconcilers(Tombstones tombstones) {
        SecureRandom random = new SecureRandom();
        AuthorityStore authorities = new AuthorityStore(client, settings.namespace(), clock, random);
        authorities.bindTo(meters);
        ServerAccess access = new ServerAccess(client, authorities, settings.reach(), clock);
        EventRecorder events = new EventRecorder(client, clock);
        return new Reconcilers(
                server(authorities, access, events),
                instance(access, events, tombstones),
                binding(access, events, tombstones, random));
    }

    private ServerReconciler server(AuthorityStore authorities, ServerAccess access, EventRecorder events) {
        ServerWorkload convergence = new ServerWorkload(
                new ServerObjectsStep(client, new ServerSecretsStore(authorities, workload, clock), workload, clock),
                new ServerLogin(servers, access, clock),
                access,
                new ServerCare(servers, clock),
                new WarningEvents(client, clock),
                workload);
        return new ServerReconciler(convergence, new ServerTeardown(client), events, clock);
    }

    private InstanceReconciler instance(ServerAccess access, EventRecorder events, Tombstones tombstones) {
        ProvisionTurns<ResourceID> turns = new ProvisionTurns<>(
                settings.provisioning().atOnce(), settings.provisioning().turn(), clock);
        return new InstanceReconciler(
                new InstanceConvergence(
                        new PlanSizes(catalog, settings.exposure().type()),
                        new DatabaseStep(
                                servers, access, new StrayRoles(servers, client), settings.driftCheck(), clock),
                        turns),
                turns,
                access,
                new InstanceTeardown(client, tombstones),
                new InstanceEvents(events),
                new OperationTimes(meters, catalog.planNames()),
                clock);
    }

    private BindingReconciler binding(
            ServerAccess access, EventRecorder events, Tombstones tombstones, SecureRandom random) {
        BindingTarget.Finder targets = new BindingTarget.Finder(client, access);
        BindingSecretStep secrets = new BindingSecretStep(client, access, new Passwords(random));
        return new BindingReconciler(
                new BindingConvergence(servers, targets, secrets, events, settings.driftCheck(), clock),
                new BindingTeardown(servers, targets, secrets, tombstones),
                events,
                new OperationTimes(meters, catalog.planNames()),
                clock);
    }
}
