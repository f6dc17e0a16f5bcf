package dev.howdah.osb;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;

/** Writes an error where Spring MVC is not reached: filters, the firewall, Tomcat. */
final class ErrorWriter {
    private ErrorWriter() {}

    /** Instead of what has been written so far; nothing, if that is on its way already. */
    static void write(HttpServletResponse response, OsbException error) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        byte[] body = LibraryModels.MAPPER.writeValueAsString(error.body()).getBytes(UTF_8);
        response.setStatus(error.status().value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
