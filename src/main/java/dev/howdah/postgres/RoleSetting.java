package dev.howdah.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration parameter that a role has in one database.
 *
 * @param assigned what stands after {@code SET name =}; null if the role shall have no value of its own
 * @param stored SQL expression for the text that PostgreSQL then keeps in {@code pg_db_role_setting}
 */
record RoleSetting(String name, @Nullable String assigned, String stored) {
    private static final Pattern LIST_ELEMENT =
            Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")+)\"|([^\\s,\"]+))\\s*(?:,(?!\\s*$)|$)");

    static RoleSetting of(String name, @Nullable String value) {
        return value == null
                ? new RoleSetting(name, null, "''")
                : new RoleSetting(name, SqlText.literal(value), SqlText.literal(value));
    }

    /** @throws RejectedException if it is not a comma-separated list of names */
    static RoleSetting searchPath(@Nullable String value) {
        if (value == null) {
            return of("search_path", null);
        }
        List<String> names = elements(value).stream().map(SqlText::literal).toList();
        String stored =
                names.stream().map("pg_catalog.quote_ident(%s)"::formatted).collect(Collectors.joining(" || ', ' || "));
        return new RoleSetting("search_path", String.join(", ", names), stored);
    }

    // As PostgreSQL reads postgresql.conf: names without quotation marks are lower case.
    private static List<String> elements(String list) {
        List<String> elements = new ArrayList<>();
        Matcher matcher = LIST_ELEMENT.matcher(list);
        int end = 0;
        while (end < list.length() && matcher.region(end, list.length()).lookingAt()) {
            String quoted = matcher.group(1);
            elements.add(quoted == null ? matcher.group(2).toLowerCase(Locale.ROOT) : quoted.replace("\"\"", "\""));
            end = matcher.end();
        }
        if (elements.isEmpty() || end < list.length()) {
            throw new RejectedException(
                    "search_path is '" + list + "': use schema names with commas between them", null, null);
        }
        return elements;
    }

    Requirement of(RoleName role, DatabaseName database) {
        String settings = """
                SELECT FROM pg_db_role_setting, unnest(setconfig) AS setting
                WHERE setrole = to_regrole(%s) AND setdatabase = (SELECT oid FROM pg_database WHERE datname = %s)""".formatted(SqlText.literal(role.quoted()), SqlText.literal(database.value()));
        String alter = "ALTER ROLE %s IN DATABASE %s ".formatted(role.quoted(), database.quoted());
        return assigned == null
                ? new Requirement(
                        "NOT EXISTS (%s AND starts_with(setting, '%s='))".formatted(settings, name),
                        alter + "RESET " + name)
                : new Requirement(
                        "EXISTS (%s AND setting = '%s=' || %s)".formatted(settings, name, stored),
                        alter + "SET " + name + " = " + assigned);
    }
}
