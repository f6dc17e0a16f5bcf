package dev.howdah.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** OSB, Platform to Service Broker Authentication: 401, with the body that every error of the API has. */
final class Unauthorized implements AuthenticationEntryPoint {
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        switch (failure) {
            case TooManyFailedLogins many -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(many.seconds()));
                write(
                        response,
                        HttpStatus.TOO_MANY_REQUESTS,
                        "TooManyRequests",
                        "Too many failed logins came from this address; wait before the next one.");
            }
            case IssuerUnavailable _ ->
                write(
                        response,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "ServiceUnavailable",
                        "The issuer of the token cannot be asked for its keys right now.");
            default -> {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"howdah\", charset=\"UTF-8\"");
                write(
                        response,
                        HttpStatus.UNAUTHORIZED,
                        "Unauthorized",
                        "The user or the password is missing or wrong.");
            }
        }
    }

    private static void write(HttpServletResponse response, HttpStatus status, String error, String description)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().write("{\"error\":\"%s\",\"description\":\"%s\"}".formatted(error, description));
    }
}
