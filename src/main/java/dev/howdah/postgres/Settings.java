package dev.howdah.postgres;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Server-wide configuration, as ALTER SYSTEM keeps it in postgresql.auto.conf. */
final class Settings {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)?");

    /** Lists, of which each element is quoted on its own (GUC_LIST_QUOTE in guc_tables.c). */
    private static final Set<String> LISTS = Set.of(
            "shared_preload_libraries",
            "session_preload_libraries",
            "local_preload_libraries",
            "search_path",
            "temp_tablespaces",
            "unix_socket_directories");

    private static final int RELOAD_ATTEMPTS = 500;

    private Settings() {}

    static ReloadOutcome apply(Session session, Map<String, String> desired) {
        desired.keySet().forEach(Settings::checkName);
        Map<String, String> before = written(session);
        Map<String, String> changes = changes(desired, before);
        Map<String, @Nullable String> undo = new LinkedHashMap<>();
        try {
            changes.forEach((name, value) -> {
                set(session, name, value);
                undo.put(name, before.get(name));
            });
        } catch (PostgresException failure) {
            undo.forEach((name, value) -> set(session, name, value));
            throw failure;
        }
        if (!changes.isEmpty()) {
            reload(session);
        }
        return outcome(changes.keySet(), pendingRestart(session));
    }

    static Map<String, String> changes(Map<String, String> desired, Map<String, String> written) {
        Map<String, String> changes = new TreeMap<>(desired);
        changes.entrySet().removeIf(setting -> setting.getValue().equals(written.get(setting.getKey())));
        return changes;
    }

    static ReloadOutcome outcome(Set<String> changed, Set<String> waiting) {
        if (!waiting.isEmpty()) {
            return new ReloadOutcome.NeedsRestart(changed, waiting);
        }
        return changed.isEmpty() ? new ReloadOutcome.Unchanged() : new ReloadOutcome.InForce(changed);
    }

    static Set<String> pendingRestart(Session session) {
        return new TreeSet<>(session.strings("SELECT name FROM pg_settings WHERE pending_restart"));
    }

    /** Returns when this session has read the files again too, which is when {@code pending_restart} tells the truth. */
    static void reload(Session session) {
        String before = session.string("SELECT pg_conf_load_time()").orElseThrow();
        session.execute("SELECT pg_reload_conf()");
        String reread =
                "(SELECT pg_conf_load_time() > %s::timestamptz FROM pg_sleep(0.01))".formatted(SqlText.literal(before));
        for (int attempt = 0; attempt < RELOAD_ATTEMPTS; attempt++) {
            if (session.isTrue(reread)) {
                return;
            }
        }
        throw new ServerBusyException("The server does not read its configuration again", null, null);
    }

    private static Map<String, String> written(Session session) {
        Map<String, String> written = new HashMap<>();
        session.query(
                "SELECT name, setting FROM pg_file_settings WHERE sourcefile ~ '/postgresql[.]auto[.]conf$' ORDER BY seqno",
                row -> written.put(row.getString(1), row.getString(2)));
        return written;
    }

    private static void set(Session session, String name, @Nullable String value) {
        session.execute(
                "ALTER SYSTEM " + (value == null ? "RESET " + name : "SET " + name + " = " + assigned(name, value)));
    }

    private static String assigned(String name, String value) {
        if (!LISTS.contains(name)) {
            return SqlText.literal(value);
        }
        return Stream.of(value.split(","))
                .map(String::strip)
                .map(SqlText::literal)
                .collect(Collectors.joining(", "));
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new RejectedException("'" + name + "' is not the name of a setting", null, null);
        }
    }
}
