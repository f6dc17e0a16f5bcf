package dev.howdah.reconciler;

import java.security.SecureRandom;

/** New passwords: letters and digits only, so that they need no escaping in any URI, connection string or shell. */
final class Passwords {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 40; // 238 bits

    private final SecureRandom random;

    Passwords(SecureRandom random) {
        this.random = random;
    }

    String next() {
        StringBuilder password = new StringBuilder(LENGTH);
        random.ints(LENGTH, 0, ALPHABET.length()).forEach(i -> password.append(ALPHABET.charAt(i)));
        return password.toString();
    }
}
