package dev.howdah.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters that a plan takes. What each does is written in docs/api.md.
 *
 * @param create of provisioning
 * @param update of an update; null removes a parameter that can be unset
 * @param bind of a binding
 */
public record PlanParameters(ParameterSchema create, ParameterSchema update, ParameterSchema bind) {
    /** Names that PostgreSQL or pg_hba.conf gives a meaning of its own. */
    private static final List<String> RESERVED_DATABASES =
            List.of("postgres", "template0", "template1", "all", "sameuser", "samerole", "samegroup", "replication");

    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(366);
    private static final Duration LONGEST_STATEMENT = Duration.ofDays(1);

    public static PlanParameters of(ServicePlan plan) {
        return new PlanParameters(
                ParameterSchema.of(createProperties(plan), parameters -> createProblems(plan, parameters)),
                ParameterSchema.of(updateProperties(plan), parameters -> sharedProblems(plan, parameters)),
                ParameterSchema.of(bindProperties(plan), parameters -> bindProblems(plan, parameters)));
    }

    private static Map<String, Object> createProperties(ServicePlan plan) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "version",
                property(
                        "string",
                        "Major version of PostgreSQL; %s if left out"
                                .formatted(plan.server().versions().getFirst()),
                        Map.of("enum", plan.server().versions())));
        properties.put(
                "database",
                property(
                        "string",
                        "Name of the database: a lower-case letter, then up to 49 lower-case letters, digits or underscores;"
                                + " not " + String.join(", ", RESERVED_DATABASES),
                        Map.of("pattern", "^[a-z][a-z0-9_]{0,49}$", "not", Map.of("enum", RESERVED_DATABASES))));
        properties.put("init-db-args", InitdbOptions.schema());
        properties.putAll(sharedProperties(plan, "string", AllowedSettings.schema()));
        return properties;
    }

    private static Map<String, Object> updateProperties(ServicePlan plan) {
        Map<String, Object> settings = new LinkedHashMap<>(AllowedSettings.schema());
        settings.put("type", List.of("object", "null"));
        return sharedProperties(plan, List.of("string", "null"), settings);
    }

    private static Map<String, Object> sharedProperties(
            ServicePlan plan, Object storageType, Map<String, Object> settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "storage",
                property(
                        storageType,
                        "Size of the volume, " + storageRange(plan),
                        Map.of("pattern", "^[1-9][0-9]{0,8}(?:Mi|Gi|Ti)$")));
        properties.put("settings", settings);
        if (!plan.extensions().isEmpty()) {
            Map<String, Object> item = Map.of("type", "string", "enum", plan.extensions());
            properties.put(
                    "extensions",
                    property(
                            "array",
                            "Extensions to create in the database",
                            Map.of("items", item, "uniqueItems", true)));
        }
        return properties;
    }

    private static Map<String, Object> bindProperties(ServicePlan plan) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "access",
                property("string", "read-write if left out", Map.of("enum", List.of("read-write", "read-only"))));
        properties.put(
                "connection_limit",
                property(
                        "integer",
                        "Connections that these credentials may hold at once",
                        Map.of("minimum", 1, "maximum", plan.server().connections())));
        properties.put(
                "statement_timeout",
                property(
                        "string",
                        "0 or up to 1d, with a unit (ms, s, min, h, d), as in 30s",
                        Map.of("pattern", TimeSpan.POSTGRES_FORM)));
        properties.put(
                "search_path",
                property(
                        "string",
                        "Schemas, parted by commas, as in app, public",
                        Map.of(
                                "maxLength",
                                255,
                                "pattern",
                                "^[a-z_][a-z0-9_]{0,62}(?: ?, ?[a-z_][a-z0-9_]{0,62}){0,15}$")));
        properties.put(
                "expires_after",
                property(
                        List.of("string", "integer"),
                        "Life of the credentials, from %s to %s: seconds, or ISO 8601 as in PT12H or P30D"
                                .formatted(SHORTEST_LIFE, longestLife(plan)),
                        Map.of()));
        return properties;
    }

    private static List<String> createProblems(ServicePlan plan, Map<String, ?> parameters) {
        List<String> problems = new ArrayList<>(sharedProblems(plan, parameters));
        Object options = parameters.get("init-db-args");
        if (options != null) {
            Object version = Optional.<Object>ofNullable(parameters.get("version"))
                    .orElse(plan.server().versions().getFirst());
            try {
                InitdbOptions.parse(options, Integer.parseInt(version.toString()));
            } catch (IllegalArgumentException wrong) {
                problems.add("init-db-args " + wrong.getMessage());
            }
        }
        return problems;
    }

    private static List<String> sharedProblems(ServicePlan plan, Map<String, ?> parameters) {
        List<String> problems = new ArrayList<>();
        if (parameters.get("storage") instanceof String storage && !storageFits(plan, Quantity.of(storage))) {
            problems.add("storage must be " + storageRange(plan));
        }
        if (parameters.get("settings") instanceof Map<?, ?> settings) {
            problems.addAll(AllowedSettings.parameterProblems(settings));
        }
        return problems;
    }

    private static List<String> bindProblems(ServicePlan plan, Map<String, ?> parameters) {
        List<String> problems = new ArrayList<>();
        if (parameters.get("statement_timeout") instanceof String text
                && TimeSpan.ofPostgres(text)
                        .filter(span -> span.compareTo(LONGEST_STATEMENT) <= 0)
                        .isEmpty()) {
            problems.add("statement_timeout must be 0 or up to 1d");
        }
        Object life = parameters.get("expires_after");
        if (life != null
                && TimeSpan.of(life).filter(span -> lifeFits(plan, span)).isEmpty()) {
            problems.add("expires_after must be from %s to %s: seconds, or ISO 8601 as in PT12H"
                    .formatted(SHORTEST_LIFE, longestLife(plan)));
        }
        return problems;
    }

    private static boolean lifeFits(ServicePlan plan, Duration life) {
        return life.compareTo(SHORTEST_LIFE) >= 0 && life.compareTo(longestLife(plan)) <= 0;
    }

    private static Duration longestLife(ServicePlan plan) {
        Duration planned = plan.bindingExpiresAfter();
        return planned == null ? LONGEST_LIFE : planned;
    }

    private static boolean storageFits(ServicePlan plan, Quantity storage) {
        return storage.compareTo(Quantity.of(plan.server().storage())) >= 0
                && storage.compareTo(Quantity.of(mostStorage(plan))) <= 0;
    }

    private static String storageRange(ServicePlan plan) {
        return "from %s to %s".formatted(plan.server().storage(), mostStorage(plan));
    }

    private static String mostStorage(ServicePlan plan) {
        String most = plan.server().maxStorage();
        return most == null ? plan.server().storage() : most;
    }

    private static Map<String, Object> property(Object type, String description, Map<String, Object> rest) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("type", type);
        property.put("description", description);
        property.putAll(rest);
        return property;
    }
}
