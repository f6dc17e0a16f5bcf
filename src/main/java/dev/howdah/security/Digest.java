package dev.howdah.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A secret's SHA-256. Passwords and tokens between machines are long random texts, so a slow hash on every request would
 * guard nothing and cost a lot; and digests can be compared without telling how much of them is right.
 */
record Digest(byte[] bytes) {
    static final Digest OF_NOTHING = new Digest(new byte[32]);

    static Digest of(String secret) {
        try {
            return new Digest(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** In the same time whatever is in them. */
    boolean same(Digest other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && same(digest);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Digest[***]";
    }
}
