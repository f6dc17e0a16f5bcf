package dev.howdah.postgres;

import java.util.List;

/**
 * How a database shall be.
 *
 * @param extensions names of the extensions that are installed; whoever calls has checked them against what the plan allows.
 *     An extension that is missing here is not dropped: it may hold data.
 */
public record DatabaseSpec(DatabaseName name, List<String> extensions) {
    /** @throws IllegalArgumentException if an extension's name cannot be one */
    public DatabaseSpec {
        extensions = List.copyOf(extensions);
        for (String extension : extensions) {
            if (!SqlText.isIdentifier(extension)) {
                throw new IllegalArgumentException("extensions has '" + extension + "', which is not a name");
            }
        }
    }
}
