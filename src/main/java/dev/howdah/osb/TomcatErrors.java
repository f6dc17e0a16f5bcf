package dev.howdah.osb;

import static jakarta.servlet.http.HttpServletResponse.SC_BAD_REQUEST;
import static jakarta.servlet.http.HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED;
import static jakarta.servlet.http.HttpServletResponse.SC_NOT_IMPLEMENTED;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/** Requests that Tomcat refuses before any filter sees them get the body of the API too, and not a page of HTML. */
public final class TomcatErrors extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String identity = request.getHeader(RequestIdentityFilter.HEADER);
        if (identity != null && !response.containsHeader(RequestIdentityFilter.HEADER)) {
            response.setHeader(RequestIdentityFilter.HEADER, identity);
        }
        try {
            // Tomcat calls a request line or a transfer encoding that it does not know an error of its own.
            boolean malformed = status == SC_NOT_IMPLEMENTED || status == SC_HTTP_VERSION_NOT_SUPPORTED;
            OsbException error = ErrorTranslation.ofStatus(HttpStatusCode.valueOf(malformed ? SC_BAD_REQUEST : status));
            ErrorWriter.write(response.getResponse(), error);
        } catch (IOException connectionLost) {
            throw new UncheckedIOException(connectionLost);
        }
    }
}
