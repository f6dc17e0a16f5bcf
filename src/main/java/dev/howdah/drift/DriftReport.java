package dev.howdah.drift;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a check found. A finding that is still there some seconds later is real; one that is gone was work in progress.
 *
 * @param namespace that was looked at
 * @param count how many there are of each kind of resource
 * @param findings empty when all is well; those of the problem RETAINED are no fault
 * @param unchecked names of the instances whose server could not be asked for its roles
 */
record DriftReport(
        Instant checkedAt,
        String namespace,
        Map<String, Integer> count,
        List<DriftFinding> findings,
        List<String> unchecked) {}
