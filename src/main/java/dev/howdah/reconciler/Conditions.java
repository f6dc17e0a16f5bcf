package dev.howdah.reconciler;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conditions as Kubernetes has them: the time of the last transition changes only when the status does. */
final class Conditions {
    static final String READY = "Ready";
    static final String SERVER_READY = "ServerReady";
    static final String DATABASE_READY = "DatabaseReady";
    static final String APPLIED = "Applied";
    static final String DISK_SPACE = "DiskSpace";

    private Conditions() {}

    /** The findings as conditions, in their order; the conditions of other types are kept. */
    static List<Condition> with(
            @Nullable List<Condition> existing, Map<String, Finding> findings, @Nullable Long generation, Instant now) {
        List<Condition> result = new ArrayList<>();
        findings.forEach(
                (type, finding) -> result.add(condition(find(existing, type), type, finding, generation, now)));
        if (existing != null) {
            existing.stream()
                    .filter(old -> !findings.containsKey(old.getType()))
                    .forEach(result::add);
        }
        return List.copyOf(result);
    }

    static Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
    }

    static boolean isTrue(@Nullable List<Condition> conditions, String type) {
        return find(conditions, type)
                .map(condition -> "True".equals(condition.getStatus()))
                .orElse(false);
    }

    /** The condition as a finding; a bad one that says {@code otherwise} when there is no such condition yet. */
    static Finding finding(@Nullable List<Condition> conditions, String type, Finding otherwise) {
        return find(conditions, type).map(Conditions::finding).orElse(otherwise);
    }

    private static Finding finding(Condition condition) {
        return new Finding("True".equals(condition.getStatus()), condition.getReason(), condition.getMessage());
    }

    /** Without the words of those that only say what is being waited for. */
    static List<Condition> withoutWaiting(@Nullable List<Condition> conditions) {
        return Optional.ofNullable(conditions).orElse(List.of()).stream()
                .map(condition -> isWaiting(condition) ? wordless(condition) : condition)
                .toList();
    }

    /** Whether each says that something is waited for, none that anything is reached or in trouble. */
    static boolean areOnlyWaiting(@Nullable List<Condition> conditions) {
        return conditions != null && conditions.stream().allMatch(Conditions::isWaiting);
    }

    private static boolean isWaiting(Condition condition) {
        Finding finding = finding(condition);
        return !finding.good() && !Troubles.isTrouble(finding);
    }

    private static Condition wordless(Condition condition) {
        return new ConditionBuilder(condition).withReason("").withMessage("").build();
    }

    private static Condition condition(
            Optional<Condition> old, String type, Finding finding, @Nullable Long generation, Instant now) {
        String status = finding.good() ? "True" : "False";
        String since = old.filter(condition -> status.equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(finding.reason())
                .withMessage(finding.message())
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }
}
