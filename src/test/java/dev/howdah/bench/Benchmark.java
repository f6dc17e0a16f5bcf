package dev.howdah.bench;

import java.time.Duration;
import java.util.Locale;

/**
 * {@code ./mvnw -Pbench test-compile exec:exec}: measures a broker beside the floors of the same machine, prints tables and
 * writes {@code target/bench/report.html}, {@code .json} and {@code .md}. Without {@code bench.url} it measures embedded brokers;
 * with it, that broker, and takes the floors on the cluster of the current kubeconfig. See docs/performance.md.
 */
public final class Benchmark {
    enum Section {
        /** Start-up, first because it wants a machine that has nothing else to do. */
        START,
        /** Time to usable credentials. */
        CREDENTIALS,
        /** Requests a second. */
        REQUESTS,
        /** Memory, CPU and calls while nothing happens. */
        REST,
        /** Microbenchmarks. */
        JMH;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Benchmark() {}

    public static void run() throws Exception {
        Options options = Options.ofSystem();
        Report report = new Report(options.embedded() ? "embedded Kubernetes" : "a Kubernetes cluster");
        Applications applications = new Applications();
        for (Section section : Section.values()) {
            if (options.only().contains(section)) {
                System.out.printf("%n--- %s%n", section.title());
                run(section, options, applications, report);
                report.write();
            }
        }
        System.out.print(report.targets().markdown());
        System.out.printf("%nReport: %s%n", Report.folder().resolve("report.html"));
        System.exit(0);
    }

    private static void run(Section section, Options options, Applications applications, Report report)
            throws Exception {
        switch (section) {
            case START -> new StartSection(applications, Math.ceilDiv(options.rounds(), 2)).run(report);
            case CREDENTIALS -> new CredentialsSection(options).run(report);
            case REQUESTS -> new RequestsSection(applications, Duration.ofSeconds(options.seconds())).run(report);
            case JMH -> new JmhSection().run(report);
            case REST -> new RestSection(applications, options.instances(), options.seconds()).run(report);
        }
    }
}
