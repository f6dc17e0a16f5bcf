package dev.howdah.osb;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.error.ErrorMessage;
import org.springframework.http.HttpStatus;

/** An answer of the API that is no success: its status and its body (OSB, Service Broker Errors). */
final class OsbException extends RuntimeException {
    private final HttpStatus status;
    private final transient ErrorMessage body;

    private OsbException(HttpStatus status, ErrorMessage body) {
        super(body.getMessage(), null, false, false);
        this.status = status;
        this.body = body;
    }

    static OsbException badRequest(String description) {
        return of(HttpStatus.BAD_REQUEST, "BadRequest", description);
    }

    static OsbException notFound(String description) {
        return of(HttpStatus.NOT_FOUND, "NotFound", description);
    }

    static OsbException conflict(String description) {
        return of(HttpStatus.CONFLICT, "Conflict", description);
    }

    /** The body is there because platforms parse it: without one, Service Catalog never ends an unbind. */
    static OsbException gone(String description) {
        return of(HttpStatus.GONE, "Gone", description);
    }

    static OsbException concurrency(String description) {
        return of(HttpStatus.UNPROCESSABLE_CONTENT, "ConcurrencyError", description);
    }

    static OsbException asyncRequired() {
        return of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "AsyncRequired",
                "This service plan needs the query parameter accepts_incomplete=true.");
    }

    static OsbException maintenanceInfoConflict(String description) {
        return of(HttpStatus.UNPROCESSABLE_CONTENT, "MaintenanceInfoConflict", description);
    }

    static OsbException updateNotPossible(String description, boolean updateRepeatable) {
        return new OsbException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                new ErrorMessage("UpdateNotPossible", description, true, updateRepeatable));
    }

    static OsbException of(HttpStatus status, @Nullable String error, String description) {
        return new OsbException(status, new ErrorMessage(error, description));
    }

    HttpStatus status() {
        return status;
    }

    ErrorMessage body() {
        return body;
    }
}
