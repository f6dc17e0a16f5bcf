package dev.howdah.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of postgresql.conf that a platform may choose with the parameter {@code settings}: those that shape
 * queries and autovacuum. Memory of the server as a whole, connections, durability, network and files follow from the
 * plan and are Howdah's.
 *
 * <p>Source: PostgreSQL's manual, Server Configuration.
 */
public final class ServerSettings {
    private static final long MB = 1024;
    private static final long GB = 1024 * MB;

    private static final List<ServerSetting> ALLOWED = List.of(
            new ServerSetting.Memory("work_mem", 64, GB),
            new ServerSetting.Memory("maintenance_work_mem", MB, 4 * GB),
            new ServerSetting.Memory("temp_file_limit", MB, 1024 * GB),
            new ServerSetting.Memory("effective_cache_size", MB, 1024 * GB),
            new ServerSetting.Time("statement_timeout", Duration.ofDays(1)),
            new ServerSetting.Time("lock_timeout", Duration.ofDays(1)),
            new ServerSetting.Time("idle_in_transaction_session_timeout", Duration.ofDays(1)),
            new ServerSetting.Time("log_min_duration_statement", Duration.ofDays(1)),
            new ServerSetting.Choice("log_statement", List.of("none", "ddl", "mod")),
            new ServerSetting.Decimal("random_page_cost", decimal("0.1"), decimal("100")),
            new ServerSetting.Decimal("seq_page_cost", decimal("0.1"), decimal("100")),
            new ServerSetting.Whole("effective_io_concurrency", 0, 1000),
            new ServerSetting.Whole("default_statistics_target", 1, 10000),
            new ServerSetting.Whole("max_parallel_workers_per_gather", 0, 64),
            new ServerSetting.Switch("jit"),
            new ServerSetting.Switch("track_io_timing"),
            new ServerSetting.Decimal("autovacuum_vacuum_scale_factor", decimal("0"), decimal("1")),
            new ServerSetting.Decimal("autovacuum_analyze_scale_factor", decimal("0"), decimal("1")),
            new ServerSetting.Whole("autovacuum_vacuum_threshold", 0, 1_000_000),
            new ServerSetting.Whole("autovacuum_analyze_threshold", 0, 1_000_000),
            new ServerSetting.Whole("autovacuum_vacuum_cost_limit", 1, 10000),
            new ServerSetting.Choice(
                    "default_transaction_isolation", List.of("read committed", "repeatable read", "serializable")),
            new ServerSetting.Text(
                    "timezone", "Europe/Berlin", "^(?:UTC|GMT|[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z0-9_+-]+){1,2})$"));

    private ServerSettings() {}

    /** The names of the allow-list, in the order of the documentation. */
    public static List<String> names() {
        return ALLOWED.stream().map(ServerSetting::name).toList();
    }

    /**
     * The settings as postgresql.conf takes them.
     *
     * @param settings the parameter {@code settings}, checked against its schema
     */
    public static Map<String, String> render(Map<String, ?> settings) {
        Map<String, String> rendered = new TreeMap<>();
        settings.forEach((name, value) -> rendered.put(name, render(value)));
        return rendered;
    }

    static Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        ALLOWED.forEach(setting -> properties.put(setting.name(), setting.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", "Settings of postgresql.conf");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** What the schema cannot say: ranges of values with a unit. */
    static List<String> problems(Map<?, ?> settings) {
        List<String> problems = new ArrayList<>();
        for (ServerSetting setting : ALLOWED) {
            Object value = settings.get(setting.name());
            if (value != null) {
                setting.problem(value)
                        .ifPresent(problem -> problems.add("settings.%s %s".formatted(setting.name(), problem)));
            }
        }
        return problems;
    }

    private static String render(Object value) {
        return switch (value) {
            case Boolean on -> on ? "on" : "off";
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
