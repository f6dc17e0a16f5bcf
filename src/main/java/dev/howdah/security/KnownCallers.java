package dev.howdah.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The credentials that count now: those of the settings, and those of the files, which are read again as requests come. */
final class KnownCallers {
    private static final Logger LOG = LoggerFactory.getLogger(KnownCallers.class);

    private final Map<String, List<Digest>> fixed;
    private final @Nullable CredentialFiles files;
    private final Duration reloadInterval;
    private final Clock clock;
    private volatile Known known;

    private record Known(Credentials credentials, Instant readAt) {}

    /** @throws NoUsers if there is nobody, or somebody without a password */
    KnownCallers(SecurityProperties properties, Clock clock) {
        properties.users().forEach((user, password) -> {
            if (password.isBlank()) {
                throw new NoUsers("The password of howdah.security.users.%s is empty.".formatted(user));
            }
        });
        fixed = properties.users().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(Digest.of(entry.getValue()))));
        files = properties.directory() == null ? null : new CredentialFiles(properties.directory());
        reloadInterval = properties.reloadInterval();
        this.clock = clock;
        known = new Known(read(), clock.instant());
        if (known.credentials().nobody() && properties.oidc().issuer() == null) {
            throw new NoUsers(
                    files == null
                            ? "No user is configured in howdah.security.users, howdah.security.directory or"
                                    + " howdah.security.oidc, so nobody could call the broker."
                            : "No user and no token is in howdah.security.directory, %s, so nobody could call the broker."
                                    .formatted(files.directory()));
        }
    }

    Credentials now() {
        Known current = known;
        if (files == null || clock.instant().isBefore(current.readAt().plus(reloadInterval))) {
            return current.credentials();
        }
        return reload();
    }

    private synchronized Credentials reload() {
        Known before = known;
        if (clock.instant().isBefore(before.readAt().plus(reloadInterval))) {
            return before.credentials();
        }
        Credentials read = before.credentials();
        try {
            read = read();
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("reason", failure.getMessage())
                    .log("Credentials cannot be read again; those before stay good");
        }
        if (!read.equals(before.credentials())) {
            LOG.atInfo()
                    .addKeyValue("users", names(read.passwords()))
                    .addKeyValue("tokens", names(read.tokens()))
                    .log("Credentials changed");
        }
        known = new Known(read, clock.instant());
        return read;
    }

    private Credentials read() {
        Credentials ofFiles = files == null ? new Credentials(Map.of(), Map.of()) : files.read();
        return ofFiles.and(fixed);
    }

    private static Set<String> names(Map<String, List<Digest>> callers) {
        return new TreeSet<>(callers.keySet());
    }
}
