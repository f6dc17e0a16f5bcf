package dev.howdah.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** Identifiers and literals as SQL text; utility statements such as CREATE ROLE take no bind parameters. */
final class SqlText {
    /** PostgreSQL truncates a longer identifier and carries on, which would let two names mean one object. */
    static final int MAX_IDENTIFIER_BYTES = 63;

    private SqlText() {}

    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A string literal that means the same whatever {@code standard_conforming_strings} says. */
    static String literal(String value) {
        String quoted = '\'' + value.replace("'", "''") + '\'';
        return value.contains("\\") ? 'E' + quoted.replace("\\", "\\\\") : quoted;
    }

    static String literals(Collection<String> values) {
        return values.stream().map(SqlText::literal).collect(Collectors.joining(", "));
    }

    /** An anonymous block of PL/pgSQL. */
    static String block(String body) {
        return "DO " + literal(body);
    }

    static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && name.chars().noneMatch(Character::isISOControl)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_IDENTIFIER_BYTES;
    }
}
