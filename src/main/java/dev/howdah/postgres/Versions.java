package dev.howdah.postgres;

/** Versions as servers tell them. */
final class Versions {
    private Versions() {}

    /** {@code 17.6} of {@code 17.6 (Debian 17.6-1.pgdg13+1)}. */
    static String withoutPackaging(String version) {
        return version.split(" ", 2)[0];
    }
}
