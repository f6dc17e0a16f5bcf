package dev.howdah.workload;

import dev.howdah.catalog.AllowedSetting;
import dev.howdah.catalog.AllowedSettings;
import dev.howdah.catalog.PostgresMemory;
import dev.howdah.crd.PostgresServerSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
            "logging_collector",
            "max_connections",
            "max_replication_slots",
            "max_wal_senders",
            "max_worker_processes",
            "shared_buffers",
            "superuser_reserved_connections",
            "wal_level");

    /** Amounts that one session, or the server, takes at once. */
    private static final Set<String> HELD_IN_MEMORY =
            Set.of("shared_buffers", "work_mem", "maintenance_work_mem", "temp_buffers", "gin_pending_list_limit");

    /**
     * @throws IllegalArgumentException if a quantity or a setting of the spec cannot be; the message names the field
     */
    public static ServerConfiguration of(PostgresServerSpec spec) {
        List<String> problems = problems(spec);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("spec.settings: " + String.join("; ", problems));
        }
        SortedMap<String, String> settings = new TreeMap<>(derivedSettings(spec));
        settings.putAll(asked(spec));
        return new ServerConfiguration(settings);
    }

    /**
     * What is wrong with {@code spec.settings}: what is not allowed at all, and what this server's memory cannot hold.
     *
     * @return one sentence each; empty if all can be
     */
    public static List<String> problems(PostgresServerSpec spec) {
        long most = ServerSizes.of(spec).memoryBytes() / 2;
        return Stream.concat(
                        AllowedSettings.problems(asked(spec)).stream(),
                        asked(spec).entrySet().stream()
                                .filter(setting -> HELD_IN_MEMORY.contains(setting.getKey()))
                                .filter(setting ->
                                        PostgresMemory.parse(setting.getValue()).orElse(0L) > most)
                                .map(setting -> setting.getKey() + ": '" + setting.getValue()
                                        + "' is more than half of the server's memory; use at most "
                                        + PostgresMemory.format(most)))
                .toList();
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

    private static Map<String, String> asked(PostgresServerSpec spec) {
        return new TreeMap<>(Optional.ofNullable(spec.settings()).orElse(Map.of()));
    }

    private SortedMap<String, String> only(Predicate<String> chosen) {
        SortedMap<String, String> result = new TreeMap<>(settings);
        result.keySet().removeIf(chosen.negate());
        return result;
    }
}
