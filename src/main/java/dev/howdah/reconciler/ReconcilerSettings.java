package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServerSpec;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the reconcilers run.
 *
 * @param namespace the namespace that holds the custom resources and all that belongs to them
 * @param reach how Howdah itself connects to a server
 * @param driftCheck how soon it is noticed that a person changed a database, a role or a privilege on a server
 */
@ConfigurationProperties("howdah")
record ReconcilerSettings(
        @DefaultValue("howdah-instances") String namespace,
        @DefaultValue("endpoint") Reach reach,
        @DefaultValue("5m") Duration driftCheck,
        @DefaultValue PatienceSettings kubernetes,
        @DefaultValue ExposureSettings exposure,
        @DefaultValue TombstoneSettings tombstones,
        @DefaultValue LeaderElectionSettings leaderElection,
        @DefaultValue ProvisioningSettings provisioning) {

    ReconcilerSettings {
        if (!driftCheck.isPositive()) {
            throw new IllegalArgumentException(
                    "howdah.drift-check is " + driftCheck + ": use a time above zero, as in 5m");
        }
    }

    enum Reach {
        /** By the same endpoint as clients: works from outside the Kubernetes cluster too. */
        ENDPOINT,
        /** By the pod's address: works inside the Kubernetes cluster only, and does not wait for the Service to follow. */
        POD
    }

    /** @param reconcilerTimeout how long the loops wait for one answer of the API server */
    record PatienceSettings(@DefaultValue("20s") Duration reconcilerTimeout) {}

    /** @param type how clients reach the servers of new instances that do not say it themselves */
    record ExposureSettings(@DefaultValue("ClusterIP") PostgresServerSpec.Exposure type) {}

    /**
     * How many new instances are made side by side; the others wait, and the platforms take turns.
     *
     * @param atOnce instances
     * @param turn after which an instance that is not ready yet no longer counts
     */
    record ProvisioningSettings(
            @DefaultValue("32") int atOnce,
            @DefaultValue("1m") Duration turn) {
        ProvisioningSettings {
            if (atOnce < 1) {
                throw new IllegalArgumentException("howdah.provisioning.at-once is " + atOnce + ": use 1 or more");
            }
            if (!turn.isPositive()) {
                throw new IllegalArgumentException(
                        "howdah.provisioning.turn is " + turn + ": use a time above zero, as in 1m");
            }
        }
    }

    /** @param keep how long a deletion is remembered, so that a platform that asks late is told it succeeded */
    record TombstoneSettings(@DefaultValue("P3D") Duration keep) {}

    /**
     * One process reconciles at a time. A leader that dies is replaced after at most {@code leaseDuration + retryPeriod};
     * one that stops in good order gives the lease back at once.
     *
     * @param enabled whether to elect at all; without, run one replica only
     * @param renewDeadline when a leader that cannot renew gives up; must be shorter than {@code leaseDuration}
     */
    record LeaderElectionSettings(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("howdah") String leaseName,
            @DefaultValue("15s") Duration leaseDuration,
            @DefaultValue("10s") Duration renewDeadline,
            @DefaultValue("2s") Duration retryPeriod) {}
}
