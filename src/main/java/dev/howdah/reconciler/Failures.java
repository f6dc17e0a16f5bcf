package dev.howdah.reconciler;

import dev.howdah.postgres.PostgresException;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What an exception means for the person who looks at the resource. The exception itself is logged, and tried again. */
final class Failures {
    private static final int CONFLICT = 409;
    private static final int FORBIDDEN = 403;
    private static final int UNPROCESSABLE = 422;

    private Failures() {}

    static Finding finding(Throwable failure) {
        return switch (failure) {
            case KubernetesClientException refused when refused.getCode() == FORBIDDEN -> forbidden(message(refused));
            case KubernetesClientException refused
            when refused.getCode() == UNPROCESSABLE ->
                Finding.bad("Refused", "the Kubernetes API refuses an object: " + message(refused));
            case KubernetesClientException refused
            when refused.getCode() == CONFLICT ->
                Finding.bad("Retrying", "somebody else changed it at the same time; trying again");
            case KubernetesClientException _ ->
                Finding.bad("ApiUnavailable", "the Kubernetes API does not answer; trying again");
            case PostgresException postgres -> Finding.bad("PostgresFailed", String.valueOf(postgres.getMessage()));
            default -> Finding.bad("InternalError", "an unexpected error is in Howdah's log; trying again");
        };
    }

    private static Finding forbidden(String message) {
        return message.contains("exceeded quota")
                ? Finding.bad("QuotaExceeded", "the namespace's quota is used up: " + message)
                : Finding.bad("Forbidden", "the Kubernetes API does not allow it: " + message);
    }

    private static String message(KubernetesClientException refused) {
        return refused.getStatus() == null || refused.getStatus().getMessage() == null
                ? "code " + refused.getCode()
                : refused.getStatus().getMessage();
    }
}
