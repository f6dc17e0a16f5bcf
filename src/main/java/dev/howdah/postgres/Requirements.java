package dev.howdah.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What shall hold on a server, in the order in which it is made to hold. All of it is observed in one query, so that a
 * server that is as it shall be costs one round trip and no write.
 */
record Requirements(List<Requirement> all) {
    private static final int MOST_PASSES = 3;

    Requirements {
        all = List.copyOf(all);
    }

    /** One row with one boolean column for each requirement. */
    String observation() {
        return all.stream()
                .map(requirement -> "(" + requirement.condition() + ")")
                .collect(Collectors.joining(",\n", "SELECT ", ""));
    }

    /** What has to be run, in order. {@code observed} has what {@link #observation()} returned. */
    List<String> remedies(List<Boolean> observed) {
        return IntStream.range(0, all.size())
                .filter(index -> !observed.get(index))
                .mapToObj(index -> all.get(index).remedy())
                .toList();
    }

    boolean holdOn(Session session) {
        return unmetOn(session, "").isEmpty();
    }

    /** To be called in a transaction. */
    void fulfil(Session session) {
        fulfil(session, unmetOn(session, ""));
    }

    /**
     * To be called in a transaction. One pass may undo what another requirement saw fulfilled: a new owner loses old rights.
     *
     * @param unmet the remedies of what was just seen unfulfilled
     */
    void fulfil(Session session, List<String> unmet) {
        List<String> remedies = unmet;
        for (int pass = 0; !remedies.isEmpty(); pass++) {
            if (pass == MOST_PASSES) {
                throw new PostgresException("The server is not as it was just told to be", null, null);
            }
            remedies = unmetOn(session, String.join(";\n", remedies) + ";\n");
        }
    }

    /** The remedies that a row of {@link #observation()} asks for; columns of the caller's own may follow in it. */
    List<String> unmet(ResultSet row) throws SQLException {
        List<Boolean> columns = new ArrayList<>();
        for (int column = 1; column <= all.size(); column++) {
            columns.add(row.getBoolean(column)); // null, which is unknown, reads as false
        }
        return remedies(columns);
    }

    private List<String> unmetOn(Session session, String before) {
        return session.query(before + observation(), this::unmet).getFirst();
    }
}
