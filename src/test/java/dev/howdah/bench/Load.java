package dev.howdah.bench;

import java.time.Duration;

/**
 * What came of many requests at once.
 *
 * @param tool that made them
 * @param errors answers that were no success, and requests without an answer
 */
record Load(String tool, int connections, double perSecond, Duration p50, Duration p95, Duration p99, long errors) {}
