package dev.howdah.kubernetes;

/** What became of a write. */
sealed interface Written<T> {
    record Done<T>(T resource) implements Written<T> {}

    /** Another writer was first: the name is taken, or the resource has changed since it was read. */
    record Overtaken<T>() implements Written<T> {}

    /** Refused at admission. @param reason in the API server's words, names the field */
    record Refused<T>(String reason) implements Written<T> {}
}
