package dev.howdah.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PasswordUtil;

/**
 * What PostgreSQL keeps of a password (manual, catalog pg_authid): {@code SCRAM-SHA-256$<iterations>:<salt>$<stored key>:
 * <server key>}. It proves a password and cannot be turned back into it, yet is enough to try passwords against offline, so
 * it is kept out of logs as well.
 */
final class ScramVerifier {
    // A role may set its own verifier; the bounds keep it from choosing one that costs seconds to compare.
    private static final Pattern SHAPE =
            Pattern.compile("SCRAM-SHA-256\\$(\\d{1,5}):((?:[A-Za-z0-9+/]{4}){1,16}|[A-Za-z0-9+/]{22}==)\\$.+");

    private ScramVerifier() {}

    static String of(String password) {
        return PasswordUtil.encodeScramSha256(password.toCharArray());
    }

    /** Whether the password is the one that the verifier was made of; no if it is not a SCRAM verifier. */
    static boolean matches(String verifier, String password) {
        Matcher shape = SHAPE.matcher(verifier);
        if (!shape.matches()) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(shape.group(2));
        String same = PasswordUtil.encodeScramSha256(password.toCharArray(), Integer.parseInt(shape.group(1)), salt);
        return MessageDigest.isEqual(same.getBytes(US_ASCII), verifier.getBytes(US_ASCII));
    }
}
