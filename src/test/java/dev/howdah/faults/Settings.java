package dev.howdah.faults;

import java.time.Duration;

/** What a run of the fault tests is told by system properties. */
final class Settings {
    private Settings() {}

    /** {@code howdah.faults.seed}: replays the choices of a run; each run prints its own. */
    static long seed() {
        Long given = Long.getLong("howdah.faults.seed");
        return given == null ? System.nanoTime() & 0xFFFF_FFFFL : given;
    }

    /** {@code howdah.faults.duration}: how long the storm lasts, as in PT60M. */
    static Duration duration() {
        return Duration.parse(System.getProperty("howdah.faults.duration", "PT60M"));
    }

    /** {@code howdah.faults.fast-start}: false where a minute of work before the first test is too much. */
    static boolean fastStart() {
        return Boolean.parseBoolean(System.getProperty("howdah.faults.fast-start", "true"));
    }

    /** {@code howdah.faults.actors}: how many instances live at once. */
    static int actors() {
        return Integer.getInteger("howdah.faults.actors", 8);
    }
}
