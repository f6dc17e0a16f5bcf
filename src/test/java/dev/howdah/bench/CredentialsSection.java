package dev.howdah.bench;

import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.crd.PostgresServerSpec.Engine;
import dev.howdah.crd.PostgresServerSpec.Exposure;
import dev.howdah.crd.PostgresServerSpec.Resources;
import dev.howdah.crd.PostgresServerSpec.Storage;
import dev.howdah.testing.HowdahHarness;
import dev.howdah.testing.OsbClient;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;

/** How long a platform waits for usable credentials, one instance after the other, beside the floors of the same machine. */
final class CredentialsSection {
    private static final double ALLOWANCE_MILLIS = 500;

    private final Options options;

    CredentialsSection(Options options) {
        this.options = options;
    }

    void run(Report report) throws Exception {
        if (options.embedded()) {
            HowdahHarness harness = HowdahHarness.shared();
            try (BareProcess process = new BareProcess()) {
                measure(harness.osb(), harness.kubernetes(), process::round, report);
            }
            harness.close();
            harness.environment().close();
        } else {
            try (KubernetesClient kubernetes = new KubernetesClientBuilder().build()) {
                OsbClient osb = OsbClient.of(URI.create(options.url()), options.user(), options.password());
                measure(osb, kubernetes, _ -> {}, report);
            }
        }
    }

    private interface Floor {
        void round(Samples samples) throws Exception;
    }

    private void measure(OsbClient osb, KubernetesClient kubernetes, Floor process, Report report) throws Exception {
        BareServer bare =
                new BareServer(kubernetes, options.namespace(), options.nodeHost(), WorkloadSettings.defaults());
        Calm calm = new Calm(kubernetes, options.namespace());
        try (PhaseWatch watch = new PhaseWatch(kubernetes, options.namespace())) {
            TimeToCredentials broker = new TimeToCredentials(
                    new BrokerClient(osb, options.plan()), watch, new BareBinding(kubernetes, options.namespace()));
            // The first of each measures class loading.
            broker.round(new Samples(), new Samples());
            bare.round(new Samples(), spec());
            process.round(new Samples());
            Samples samples = new Samples();
            Samples phases = new Samples();
            for (int round = 0; round < options.rounds(); round++) {
                calm.await();
                broker.round(samples, phases);
                calm.await();
                bare.round(samples, spec());
                calm.await();
                process.round(samples);
            }
            report(report, samples, phases);
        }
    }

    private void report(Report report, Samples samples, Samples phases) {
        report.add("Time to usable credentials, plan %s, one after the other".formatted(options.plan()), samples);
        report.add("Its phases, since the PUT was sent", phases);
        report.add(Target.atMost(
                "PUT to the first SQL statement with the credentials, p50; target: floor + 0.5 s",
                samples.percentile(TimeToCredentials.USABLE, 50),
                samples.percentile(BareServer.PHASE, 50) + ALLOWANCE_MILLIS,
                "ms"));
        report.add(Target.atMost(
                "bind, p50, as a multiple of its floor",
                samples.percentile(TimeToCredentials.BIND, 50) / samples.percentile(BareBinding.BIND, 50),
                3,
                "×"));
        report.add(Target.atMost(
                "unbind, p50, as a multiple of its floor",
                samples.percentile(TimeToCredentials.UNBIND, 50) / samples.percentile(BareBinding.UNBIND, 50),
                3,
                "×"));
    }

    /** What the plan free asks for. */
    private PostgresServerSpec spec() {
        return new PostgresServerSpec(
                "17",
                options.image().isEmpty() ? null : options.image(),
                new Resources("250m", null, "256Mi"),
                new Storage("1Gi", null),
                20,
                null,
                null,
                Exposure.NodePort,
                null,
                null,
                Engine.StatefulSet);
    }
}
