package dev.howdah.workload;

import dev.howdah.crd.PostgresServerSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The postgresql.conf of one server: the derived settings, overridden by the spec's own. It names no path and no port; those
 * come from the pod's environment at start.
 *
 * @param settings values as PostgreSQL reads them, without quotes, by name
 */
public record ServerConfiguration(SortedMap<String, String> settings) {

    /** What PostgreSQL takes only at its start: context {@code postmaster} in pg_settings of any supported version. */
    private static final Set<String> DERIVED_AT_START = Set.of(
            "dynamic_shared_memory_type",
            "huge_pages",
            "max_connections",
            "max_replication_slots",
            "max_wal_senders",
            "max_worker_processes",
            "shared_buffers",
            "superuser_reserved_connections",
            "wal_level");

    /**
     * @throws IllegalArgumentException if a quantity or a setting of the spec cannot be; the message names the field
     */
    public static ServerConfiguration of(PostgresServerSpec spec) {
        Map<String, String> asked = Optional.ofNullable(spec.settings()).orElse(Map.of());
        var problems = AllowedSettings.problems(asked);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("spec.settings: " + String.join("; ", problems));
        }
        SortedMap<String, String> settings = new TreeMap<>(derivedSettings(spec));
        settings.putAll(asked);
        return new ServerConfiguration(settings);
    }

    /** The settings that follow from memory, CPU, disk and connections alone. */
    public static Map<String, String> derivedSettings(PostgresServerSpec spec) {
        return DerivedSettings.of(ServerSizes.of(spec));
    }

    /** Whether a new value of the setting waits for a restart. */
    public static boolean needsRestart(String setting) {
        return DERIVED_AT_START.contains(setting)
                || AllowedSettings.find(setting)
                        .map(AllowedSetting::needsRestart)
                        .orElse(false);
    }

    /** The settings that a running server takes over on reload: what ALTER SYSTEM may set live. */
    public SortedMap<String, String> reloadable() {
        return only(setting -> !needsRestart(setting));
    }

    /** The settings that a server takes over only when it starts. */
    public SortedMap<String, String> restartOnly() {
        return only(ServerConfiguration::needsRestart);
    }

    /** As a configuration file, one quoted value a line, sorted by name. */
    public String file() {
        StringBuilder file = new StringBuilder(
                "# Written by Howdah; edit spec.settings of the PostgresServer instead. Paths and the port come from the command line.\n");
        settings.forEach((name, value) -> file.append(name)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        return file.toString();
    }

    private SortedMap<String, String> only(Predicate<String> chosen) {
        SortedMap<String, String> result = new TreeMap<>(settings);
        result.keySet().removeIf(chosen.negate());
        return result;
    }
}
