package dev.howdah.catalog;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plan's sizes and limits have to keep to. */
final class PlanRules {
    /** semver.org, the expression suggested there; OSB, Maintenance Info Object. */
    private static final Pattern SEMANTIC_VERSION = Pattern.compile(
            "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)"
                    + "(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
                    + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");

    private static final Pattern EXTENSION = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Set<String> EXPOSURES = Set.of("ClusterIP", "NodePort", "LoadBalancer");
    private static final Set<String> VERSIONS = Set.of("14", "15", "16", "17", "18");
    private static final Quantity SMALLEST_MEMORY = Quantity.of("128Mi");
    private static final Quantity SMALLEST_STORAGE = Quantity.of("256Mi");
    private static final int MAX_CONNECTIONS = 5000;

    private final String path;
    private final CatalogProperties.Plan plan;
    private final List<String> problems;

    PlanRules(String path, CatalogProperties.Plan plan, List<String> problems) {
        this.path = path;
        this.plan = plan;
        this.problems = problems;
    }

    void check(Set<String> planNames) {
        checkSizes();
        checkVersions();
        checkDurations();
        String maintenanceVersion = plan.maintenanceVersion();
        require(
                maintenanceVersion == null
                        || SEMANTIC_VERSION.matcher(maintenanceVersion).matches(),
                "maintenance-version",
                "must be a semantic version, as in 1.0.0");
        require(
                maintenanceVersion != null || plan.maintenanceDescription() == null,
                "maintenance-description",
                "needs maintenance-version beside it");
        if (plan.updatesTo() != null) {
            plan.updatesTo()
                    .forEach(name ->
                            require(planNames.contains(name), "updates-to", "names no plan of this offering: " + name));
        }
        plan.extensions()
                .forEach(name -> require(
                        EXTENSION.matcher(name).matches(), "extensions", "is no name of an extension: " + name));
        require(new HashSet<>(plan.extensions()).size() == plan.extensions().size(), "extensions", "names one twice");
    }

    private void checkSizes() {
        CatalogProperties.Server server = plan.server();
        Optional<Quantity> cpu = quantity("server.cpu", server.cpu(), "250m");
        atLeast("server.cpu-limit", optionalQuantity("server.cpu-limit", server.cpuLimit(), "2"), cpu);
        atLeast("server.memory", quantity("server.memory", server.memory(), "256Mi"), Optional.of(SMALLEST_MEMORY));
        Optional<Quantity> storage = quantity("server.storage", server.storage(), "1Gi");
        atLeast("server.storage", storage, Optional.of(SMALLEST_STORAGE));
        atLeast("server.max-storage", optionalQuantity("server.max-storage", server.maxStorage(), "5Gi"), storage);
        require(
                server.exposure() == null || EXPOSURES.contains(server.exposure()),
                "server.exposure",
                "must be ClusterIP, NodePort or LoadBalancer");
        require(
                server.connections() >= 1 && server.connections() <= MAX_CONNECTIONS,
                "server.connections",
                "must be between 1 and %d".formatted(MAX_CONNECTIONS));
    }

    private void checkVersions() {
        List<String> versions = plan.server().versions();
        require(!versions.isEmpty(), "server.versions", "must list at least one PostgreSQL version, the default first");
        versions.forEach(version ->
                require(VERSIONS.contains(version), "server.versions", "must be from 14 to 18, not " + version));
        require(new HashSet<>(versions).size() == versions.size(), "server.versions", "names one twice");
    }

    private void checkDurations() {
        Duration polling = plan.maximumPollingDuration();
        require(
                polling.compareTo(Duration.ofSeconds(10)) >= 0 && polling.compareTo(Duration.ofDays(7)) <= 0,
                "maximum-polling-duration",
                "must be between 10s and 7d");
        require(polling.toMillisPart() == 0, "maximum-polling-duration", "must be whole seconds");
        Duration expiry = plan.bindingExpiresAfter();
        require(
                expiry == null || expiry.compareTo(Duration.ofMinutes(1)) >= 0,
                "binding-expires-after",
                "must be at least 1m");
    }

    private Optional<Quantity> optionalQuantity(String property, @Nullable String text, String example) {
        return text == null ? Optional.empty() : quantity(property, text, example);
    }

    private Optional<Quantity> quantity(String property, String text, String example) {
        Optional<Quantity> quantity = Quantity.parse(text);
        require(quantity.isPresent(), property, "must be a Kubernetes quantity above zero, as in " + example);
        return quantity;
    }

    private void atLeast(String property, Optional<Quantity> quantity, Optional<Quantity> smallest) {
        if (quantity.isPresent() && smallest.isPresent()) {
            require(
                    quantity.get().compareTo(smallest.get()) >= 0,
                    property,
                    "must be at least " + smallest.get().text());
        }
    }

    private void require(boolean kept, String property, String rule) {
        if (!kept) {
            problems.add("%s.%s %s".formatted(path, property, rule));
        }
    }
}
