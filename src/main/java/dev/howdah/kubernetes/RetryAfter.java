package dev.howdah.kubernetes;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How long a platform may well wait before it polls again (OSB, Retry-After), read off what a resource is waiting for. Pure. */
final class RetryAfter {
    private static final Duration NEAR_THE_END = Duration.ofSeconds(1);
    private static final Duration USUAL = Duration.ofSeconds(2);
    private static final Duration VOLUME = Duration.ofSeconds(5);
    private static final Duration STUCK = Duration.ofSeconds(20);

    /** Parts of reasons that do not pass by themselves. */
    private static final List<String> NEEDS_A_PERSON =
            List.of("imagepull", "nonodefits", "quota", "diskfull", "outofmemory", "containerexits", "refused", "lost");

    private RetryAfter() {}

    static Duration of(@Nullable List<Condition> conditions) {
        if (conditions == null) {
            return USUAL;
        }
        String reasons = reasons(conditions);
        if (NEEDS_A_PERSON.stream().anyMatch(reasons::contains)) {
            return STUCK;
        }
        if (reasons.contains("volume")) {
            return VOLUME;
        }
        return isTrue(conditions, "ServerReady") ? NEAR_THE_END : USUAL;
    }

    private static String reasons(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> !"True".equals(condition.getStatus()))
                .map(condition -> String.valueOf(condition.getReason()))
                .reduce("", (all, reason) -> all + ' ' + reason)
                .toLowerCase(Locale.ROOT);
    }

    static boolean isTrue(@Nullable List<Condition> conditions, String type) {
        return conditions != null
                && conditions.stream()
                        .anyMatch(
                                condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
