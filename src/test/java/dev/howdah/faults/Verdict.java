package dev.howdah.faults;

import java.time.Duration;

/** What a proxy does with a request. */
sealed interface Verdict {
    Verdict PASS = new Pass();

    record Pass() implements Verdict {}

    /** Answers late. */
    record Delay(Duration by) implements Verdict {}

    /** Answers itself; the API server hears nothing of the request. */
    record Refuse(int status) implements Verdict {}

    /** Closes the connection before the API server hears of the request. */
    record Drop() implements Verdict {}

    /** Has the API server do it, and closes the connection instead of telling. */
    record LoseAnswer() implements Verdict {}

    /** Neither forwards nor answers. */
    record Hold() implements Verdict {}
}
