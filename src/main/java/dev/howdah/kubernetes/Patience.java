package dev.howdah.kubernetes;

import java.time.Duration;

/**
 * How long an answer is held back.
 *
 * @param endsWithTheProcess whether it ends at once when the process is asked to stop, because 202 is an answer too. A platform
 *     that takes no 202 would get an error and regard the operation as failed for good, so its wait goes on
 */
record Patience(Duration atMost, boolean endsWithTheProcess) {}
