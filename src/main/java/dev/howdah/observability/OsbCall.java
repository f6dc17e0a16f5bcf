package dev.howdah.observability;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which call of the Open Service Broker API a request is, and whom it is about.
 *
 * @param instance id in the path, still percent-encoded; null if there is none
 * @param binding the same
 */
record OsbCall(
        Operation operation,
        @Nullable String instance,
        @Nullable String binding) {
    private static final Pattern PATH =
            Pattern.compile("/v2/service_instances/([^/]+)(?:/service_bindings/([^/]+))?(/last_operation)?/?");

    enum Operation {
        CATALOG,
        PROVISION,
        UPDATE,
        DEPROVISION,
        FETCH_INSTANCE,
        POLL_INSTANCE,
        BIND,
        UNBIND,
        FETCH_BINDING,
        POLL_BINDING,
        /** Below /v2 and nothing of the specification. */
        OTHER;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Empty if the request is not for the API. */
    static Optional<OsbCall> of(String method, String path) {
        if (path.equals("/v2/catalog")) {
            return Optional.of(new OsbCall(method.equals("GET") ? Operation.CATALOG : Operation.OTHER, null, null));
        }
        Matcher matcher = PATH.matcher(path);
        if (matcher.matches()) {
            boolean polls = matcher.group(3) != null;
            Operation operation = matcher.group(2) == null ? ofInstance(method, polls) : ofBinding(method, polls);
            return Optional.of(new OsbCall(operation, matcher.group(1), matcher.group(2)));
        }
        return path.equals("/v2") || path.startsWith("/v2/")
                ? Optional.of(new OsbCall(Operation.OTHER, null, null))
                : Optional.empty();
    }

    private static Operation ofInstance(String method, boolean polls) {
        if (polls) {
            return method.equals("GET") ? Operation.POLL_INSTANCE : Operation.OTHER;
        }
        return switch (method) {
            case "PUT" -> Operation.PROVISION;
            case "PATCH" -> Operation.UPDATE;
            case "DELETE" -> Operation.DEPROVISION;
            case "GET" -> Operation.FETCH_INSTANCE;
            default -> Operation.OTHER;
        };
    }

    private static Operation ofBinding(String method, boolean polls) {
        if (polls) {
            return method.equals("GET") ? Operation.POLL_BINDING : Operation.OTHER;
        }
        return switch (method) {
            case "PUT" -> Operation.BIND;
            case "DELETE" -> Operation.UNBIND;
            case "GET" -> Operation.FETCH_BINDING;
            default -> Operation.OTHER;
        };
    }
}
