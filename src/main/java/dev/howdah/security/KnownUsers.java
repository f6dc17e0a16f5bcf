package dev.howdah.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Checks a password in the same time whether its user exists or not, and however much of it is right. The passwords are
 * long random texts between machines, so a slow hash on every request would guard nothing and cost a lot.
 */
final class KnownUsers implements AuthenticationProvider {
    private static final byte[] NOBODY = new byte[32];
    private final Map<String, byte[]> digestByUser = new LinkedHashMap<>();

    /** @throws NoUsers if there is nobody, or somebody without a password */
    KnownUsers(Map<String, String> passwordByUser) {
        if (passwordByUser.isEmpty()) {
            throw new NoUsers("No user is configured in howdah.security.users, so nobody could call the broker.");
        }
        passwordByUser.forEach((user, password) -> {
            if (password.isBlank()) {
                throw new NoUsers("The password of howdah.security.users.%s is empty.".formatted(user));
            }
            digestByUser.put(user, digest(password));
        });
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        String user = authentication.getName();
        byte[] given = digest(String.valueOf(authentication.getCredentials()));
        byte[] expected = digestByUser.getOrDefault(user, NOBODY);
        if (!MessageDigest.isEqual(expected, given) || !digestByUser.containsKey(user)) {
            throw new BadCredentialsException("Wrong user or password");
        }
        return UsernamePasswordAuthenticationToken.authenticated(user, null, List.of());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    private static byte[] digest(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
