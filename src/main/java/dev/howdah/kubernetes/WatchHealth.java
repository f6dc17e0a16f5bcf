package dev.howdah.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Part of readiness: a replica that has not read all resources once would let requests wait that have their answer. */
final class WatchHealth implements HealthIndicator {
    private final Map<String, BooleanSupplier> synced;

    /** @param synced by the name of the resources */
    WatchHealth(Map<String, BooleanSupplier> synced) {
        this.synced = Map.copyOf(synced);
    }

    @Override
    public Health health() {
        List<String> unread = synced.entrySet().stream()
                .filter(watch -> !watch.getValue().getAsBoolean())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return unread.isEmpty()
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", "Not read yet: %s.".formatted(String.join(", ", unread)))
                        .build();
    }
}
