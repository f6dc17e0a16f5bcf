package dev.howdah.osb;

import dev.howdah.broker.BindingId;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.OriginatingIdentity;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** What every request has. */
final class Requests {
    /** What decoding puts in the place of bytes that are no UTF-8: two different ids would become one. */
    private static final char REPLACEMENT = '\uFFFD';

    private Requests() {}

    static InstanceId instanceId(String value) {
        return id(value, InstanceId::new);
    }

    static BindingId bindingId(String value) {
        return id(value, BindingId::new);
    }

    static void requireQuery(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw OsbException.badRequest("The query parameter %s is missing or empty.".formatted(name));
        }
    }

    /** The parsed header; null if the platform sent none. */
    static @Nullable OriginatingIdentity originatingIdentity() {
        RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
        return attributes == null
                ? null
                : (OriginatingIdentity)
                        attributes.getAttribute(ApiHeadersFilter.IDENTITY_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    }

    /** Tells the filters around something of the request in hand. */
    static void note(String attribute, String value) {
        RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
        if (attributes != null) {
            attributes.setAttribute(attribute, value, RequestAttributes.SCOPE_REQUEST);
        }
    }

    private static <T> T id(String value, Function<String, T> type) {
        if (value.indexOf(REPLACEMENT) >= 0) {
            throw OsbException.badRequest("An id in the path is not UTF-8.");
        }
        try {
            return type.apply(value);
        } catch (IllegalArgumentException malformed) {
            throw OsbException.badRequest(malformed.getMessage() + ".");
        }
    }
}
