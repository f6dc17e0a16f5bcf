package dev.howdah.catalog;

import static dev.howdah.catalog.AllowedSetting.decimal;
import static dev.howdah.catalog.AllowedSetting.memory;
import static dev.howdah.catalog.AllowedSetting.oneOf;
import static dev.howdah.catalog.AllowedSetting.text;
import static dev.howdah.catalog.AllowedSetting.time;
import static dev.howdah.catalog.AllowedSetting.timeout;
import static dev.howdah.catalog.AllowedSetting.whole;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The postgresql.conf values that a person may choose for a server. Left out is whatever can lose data, fill the volume,
 * weaken authentication, write statements (and with them secrets) to the log, run code, or shut Howdah out.
 * The table in docs/workload.md shows the same, the catalog publishes it as a schema, and servers are checked against it.
 */
public final class AllowedSettings {

    private static final List<AllowedSetting> ALL = List.of(
            memory("work_mem", "64kB", "2GB"),
            memory("maintenance_work_mem", "1MB", "4GB"),
            memory("temp_buffers", "800kB", "1GB"),
            memory("effective_cache_size", "8MB", "1024GB"),
            memory("gin_pending_list_limit", "64kB", "1GB"),
            memory("shared_buffers", "16MB", "256GB").atRestart(),
            decimal("hash_mem_multiplier", "1", "8"),
            timeout("statement_timeout", "7d"),
            timeout("lock_timeout", "1d"),
            timeout("idle_in_transaction_session_timeout", "1d"),
            timeout("idle_session_timeout", "7d"),
            time("deadlock_timeout", "100ms", "1min"),
            oneOf("default_transaction_isolation", "read committed", "repeatable read", "serializable"),
            oneOf("default_transaction_read_only", "on", "off"),
            oneOf("synchronous_commit", "on", "off", "local"),
            decimal("random_page_cost", "0.1", "10"),
            decimal("seq_page_cost", "0.1", "10"),
            whole("effective_io_concurrency", 0, 1000),
            whole("default_statistics_target", 10, 10000),
            whole("from_collapse_limit", 1, 32),
            whole("join_collapse_limit", 1, 32),
            oneOf("plan_cache_mode", "auto", "force_generic_plan", "force_custom_plan"),
            oneOf("enable_partitionwise_join", "on", "off"),
            oneOf("enable_partitionwise_aggregate", "on", "off"),
            oneOf("jit", "on", "off"),
            whole("max_parallel_workers_per_gather", 0, 16),
            whole("max_parallel_maintenance_workers", 0, 16),
            decimal("autovacuum_vacuum_scale_factor", "0", "1"),
            decimal("autovacuum_analyze_scale_factor", "0", "1"),
            decimal("autovacuum_vacuum_insert_scale_factor", "0", "1"),
            whole("autovacuum_vacuum_threshold", 0, 1_000_000),
            whole("autovacuum_analyze_threshold", 0, 1_000_000),
            whole("autovacuum_vacuum_cost_limit", 1, 10000),
            time("autovacuum_naptime", "1s", "1h"),
            whole("max_locks_per_transaction", 64, 4096).atRestart(),
            whole("max_prepared_transactions", 0, 1000).atRestart(),
            whole("track_activity_query_size", 1024, 65536).atRestart(),
            oneOf("track_io_timing", "on", "off"),
            oneOf("track_functions", "none", "pl", "all"),
            oneOf("log_lock_waits", "on", "off"),
            oneOf("bytea_output", "hex", "escape"),
            oneOf("xmlbinary", "base64", "hex"),
            text("timezone", "[A-Za-z0-9_+/-]{1,64}", "UTC or Europe/Berlin"),
            text("datestyle", "(ISO|SQL|Postgres|German)(, ?(DMY|MDY|YMD))?", "ISO, DMY"),
            text("default_text_search_config", "pg_catalog\\.[a-z]{1,40}", "pg_catalog.english"));

    private AllowedSettings() {}

    /** All of them, in the order of the documentation. */
    public static List<AllowedSetting> all() {
        return ALL;
    }

    public static Optional<AllowedSetting> find(String name) {
        return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }

    /**
     * What is wrong with the settings that were asked for.
     *
     * @return one sentence for each wrong setting, in the order of their names; empty if all are allowed
     */
    public static List<String> problems(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .flatMap(entry -> problem(entry.getKey(), entry.getValue()).stream())
                        .toList();
    }

    /** A parameter as postgresql.conf takes it. */
    public static String render(@Nullable Object value) {
        return switch (value) {
            case Boolean on -> on ? "on" : "off";
            case BigDecimal number -> number.toPlainString();
            case null, default -> String.valueOf(value);
        };
    }

    static Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        ALL.forEach(setting -> properties.put(setting.name(), setting.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", "Settings of postgresql.conf");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** What the schema cannot say of parameters that fit it: ranges of values with a unit. */
    static List<String> parameterProblems(Map<?, ?> settings) {
        Map<String, String> rendered = new TreeMap<>();
        settings.forEach((name, value) -> rendered.put(String.valueOf(name), render(value)));
        return problems(rendered).stream().map(problem -> "settings." + problem).toList();
    }

    private static Optional<String> problem(String name, String value) {
        return find(name)
                .map(setting -> setting.problem(value))
                .orElseGet(() -> Optional.of(name + " cannot be set; possible are "
                        + String.join(
                                ", ", ALL.stream().map(AllowedSetting::name).toList())));
    }
}
