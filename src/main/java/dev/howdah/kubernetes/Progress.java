package dev.howdah.kubernetes;

import dev.howdah.crd.Operation;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a resource waits for, in a sentence for the user: the operation's description, else what its conditions say. Pure. */
final class Progress {
    private Progress() {}

    /** Never empty. */
    static String description(@Nullable Operation operation, @Nullable List<Condition> conditions, String otherwise) {
        return Optional.ofNullable(operation)
                .map(Operation::description)
                .filter(text -> !text.isBlank())
                .or(() -> unmet(conditions))
                .orElse(otherwise);
    }

    private static Optional<String> unmet(@Nullable List<Condition> conditions) {
        return Optional.ofNullable(conditions).stream()
                .flatMap(List::stream)
                .filter(condition -> !"True".equals(condition.getStatus()))
                .map(Condition::getMessage)
                .filter(Objects::nonNull)
                .filter(message -> !message.isBlank())
                .findFirst();
    }
}
