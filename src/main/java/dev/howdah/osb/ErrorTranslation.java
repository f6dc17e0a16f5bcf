package dev.howdah.osb;

import dev.howdah.broker.StoreUnavailable;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;

/** Says every failure in the words of the API; the text of an unexpected one stays in the log. */
final class ErrorTranslation {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorTranslation.class);

    private ErrorTranslation() {}

    static OsbException translate(Throwable failure) {
        return switch (failure) {
            case OsbException osb -> osb;
            case StoreUnavailable store -> storeUnavailable(store);
            case MissingServletRequestParameterException missing ->
                OsbException.badRequest("The query parameter %s is missing.".formatted(missing.getParameterName()));
            case MissingRequestValueException missing -> OsbException.badRequest("A value of the request is missing.");
            case TypeMismatchException mismatch ->
                OsbException.badRequest("A value of the path or the query is not of the type that it has to be.");
            case HttpMessageNotReadableException unreadable ->
                OsbException.badRequest("The body is missing; it has to be a JSON object.");
            case HttpMediaTypeException mediaType ->
                OsbException.badRequest("The header Content-Type has to be application/json.");
            case RequestRejectedException rejected ->
                OsbException.badRequest("The path, a header or a parameter has characters that are not allowed.");
            case InvalidParameterException invalid ->
                OsbException.badRequest("The query string is not percent-encoded as it has to be.");
            case AsyncRequestTimeoutException timeout ->
                OsbException.of(HttpStatus.SERVICE_UNAVAILABLE, "Timeout", "The request took too long; repeat it.");
            // The platform hung up or fell silent, which is nothing to wake anybody for. Tomcat tells of it too.
            case IOException cut ->
                OsbException.badRequest("The body ended, or nothing more of it came, before it was complete.");
            default -> unexpected(failure);
        };
    }

    /** For a failure of which the status is all that is known. */
    static OsbException ofStatus(HttpStatusCode statusCode) {
        HttpStatus status = HttpStatus.resolve(statusCode.value());
        if (status == null) {
            status = statusCode.is4xxClientError() ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
        }
        return switch (status) {
            case NOT_FOUND -> OsbException.notFound("There is nothing at this path.");
            case METHOD_NOT_ALLOWED ->
                OsbException.of(status, "MethodNotAllowed", "This method is not supported here; see the header Allow.");
            case UNAUTHORIZED ->
                OsbException.of(status, "Unauthorized", "The user or the password is missing or wrong.");
            case FORBIDDEN -> OsbException.of(status, "Forbidden", "This user may not do that.");
            case BAD_REQUEST, NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE ->
                OsbException.badRequest("The request is malformed.");
            case INTERNAL_SERVER_ERROR -> internal(reference());
            default -> OsbException.of(status, camelCase(status), status.getReasonPhrase() + ".");
        };
    }

    private static OsbException storeUnavailable(StoreUnavailable failure) {
        // Every request of an outage comes here: a line each, and the stack for who looks closer.
        LOG.atWarn().addKeyValue("reason", rootCause(failure)).log("Store unavailable");
        LOG.atDebug().setCause(failure).log("Store unavailable");
        return OsbException.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "StoreUnavailable",
                "The broker cannot reach its store at the moment; repeat the request.");
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return failure.getMessage() + (cause == failure ? "" : ": " + cause.getMessage());
    }

    private static OsbException unexpected(Throwable failure) {
        String reference = reference();
        LOG.atError().addKeyValue("reference", reference).setCause(failure).log("Request failed unexpectedly");
        return internal(reference);
    }

    private static OsbException internal(String reference) {
        return OsbException.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "InternalError",
                "The broker failed unexpectedly; its log has the details under the reference %s.".formatted(reference));
    }

    /** What the platform calls this request, so that both logs can be laid side by side; else a new name. */
    private static String reference() {
        String identity = MDC.get(RequestIdentityFilter.MDC_KEY);
        return identity == null ? UUID.randomUUID().toString() : identity;
    }

    private static String camelCase(HttpStatus status) {
        return List.of(status.name().split("_")).stream()
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT))
                .reduce("", String::concat);
    }
}
