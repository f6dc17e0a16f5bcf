package dev.howdah.workload;

import static dev.howdah.catalog.PostgresMemory.GIB;
import static dev.howdah.catalog.PostgresMemory.KIB;
import static dev.howdah.catalog.PostgresMemory.MIB;

import dev.howdah.catalog.PostgresMemory;
import java.util.Map;
import java.util.TreeMap;

/** The formulas. docs/workload.md gives the reason of each. */
final class DerivedSettings {

    /** Connections that only superusers get: however many clients there are, Howdah gets in. */
    static final int RESERVED_CONNECTIONS = 5;

    private DerivedSettings() {}

    static Map<String, String> of(ServerSizes sizes) {
        Map<String, String> settings = new TreeMap<>(FIXED);
        settings.putAll(connections(sizes));
        settings.putAll(memory(sizes));
        settings.putAll(disk(sizes));
        settings.putAll(cpu(sizes));
        return settings;
    }

    private static Map<String, String> connections(ServerSizes sizes) {
        return Map.of(
                "max_connections",
                Integer.toString(sizes.maxConnections() + RESERVED_CONNECTIONS),
                "superuser_reserved_connections",
                Integer.toString(RESERVED_CONNECTIONS));
    }

    private static Map<String, String> memory(ServerSizes sizes) {
        long memory = sizes.memoryBytes();
        long quarter = memory / 4;
        return Map.of(
                "shared_buffers", PostgresMemory.format(wholeMib(quarter)),
                "effective_cache_size", PostgresMemory.format(wholeMib(memory / 8 * 5)),
                "work_mem", PostgresMemory.format(wholeKib(clamp(quarter / sizes.maxConnections(), MIB, GIB))),
                "maintenance_work_mem", PostgresMemory.format(wholeMib(clamp(memory / 16, 16 * MIB, GIB))));
    }

    private static Map<String, String> disk(ServerSizes sizes) {
        long disk = sizes.diskBytes();
        // PostgreSQL refuses to start with less than two segments.
        long smallest = Math.max(2 * sizes.walSegmentBytes(), 2 * MIB);
        long maxWal = wholeMib(Math.max(Math.min(disk / 5, 4 * GIB), smallest));
        long minWal = wholeMib(Math.max(Math.min(80 * MIB, maxWal / 2), smallest));
        return Map.of(
                "max_wal_size", PostgresMemory.format(maxWal),
                "min_wal_size", PostgresMemory.format(minWal),
                "max_slot_wal_keep_size",
                        PostgresMemory.format(wholeMib(Math.max(disk / 10, 2 * sizes.walSegmentBytes()))),
                "temp_file_limit", PostgresMemory.format(wholeMib(Math.max(disk / 4, 16 * MIB))));
    }

    private static Map<String, String> cpu(ServerSizes sizes) {
        int helpers = Math.min(sizes.cpus() / 2, 4);
        return Map.of(
                "max_worker_processes", Integer.toString(Math.max(8, sizes.cpus())),
                "max_parallel_workers", Integer.toString(sizes.cpus()),
                "max_parallel_workers_per_gather", Integer.toString(helpers),
                "max_parallel_maintenance_workers", Integer.toString(helpers));
    }

    private static long clamp(long value, long min, long max) {
        return Math.clamp(value, min, max);
    }

    private static long wholeMib(long bytes) {
        return bytes / MIB * MIB;
    }

    private static long wholeKib(long bytes) {
        return bytes / KIB * KIB;
    }

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("ssl", "on"),
            Map.entry("ssl_min_protocol_version", "TLSv1.2"),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("authentication_timeout", "30s"),
            Map.entry("fsync", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("restart_after_crash", "on"),
            Map.entry("huge_pages", "off"),
            Map.entry("dynamic_shared_memory_type", "posix"),
            Map.entry("wal_level", "replica"),
            Map.entry("wal_keep_size", "0"),
            Map.entry("max_wal_senders", "3"),
            Map.entry("max_replication_slots", "3"),
            Map.entry("checkpoint_timeout", "5min"),
            Map.entry("checkpoint_completion_target", "0.9"),
            Map.entry("jit", "off"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("idle_in_transaction_session_timeout", "10min"),
            Map.entry("tcp_keepalives_idle", "60"),
            Map.entry("tcp_keepalives_interval", "10"),
            Map.entry("tcp_keepalives_count", "6"),
            Map.entry("client_connection_check_interval", "10s"),
            Map.entry("logging_collector", "off"),
            Map.entry("log_destination", "stderr"),
            Map.entry("log_line_prefix", "%m [%p] %q%u@%d %h "),
            Map.entry("log_checkpoints", "on"),
            Map.entry("log_lock_waits", "on"),
            Map.entry("log_temp_files", "10MB"),
            Map.entry("log_connections", "off"),
            Map.entry("log_disconnections", "off"),
            Map.entry("log_statement", "none"),
            Map.entry("log_min_duration_statement", "-1"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("timezone", "UTC"),
            Map.entry("datestyle", "ISO, MDY"),
            Map.entry("default_text_search_config", "pg_catalog.english"));
}
