package dev.howdah.security;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may call, with digests in place of secrets.
 *
 * @param passwords each user's, of which any is good
 * @param tokens each caller's, of which any is good
 */
record Credentials(Map<String, List<Digest>> passwords, Map<String, List<Digest>> tokens) {
    Credentials {
        passwords = Map.copyOf(passwords);
        tokens = Map.copyOf(tokens);
    }

    boolean nobody() {
        return passwords.isEmpty() && tokens.isEmpty();
    }

    /** Takes the same time whether the user exists or not, and however much of the password is right. */
    boolean accepts(String user, Digest given) {
        List<Digest> known = passwords.getOrDefault(user, List.of(Digest.OF_NOTHING));
        boolean found = false;
        for (Digest digest : known) {
            found |= digest.same(given);
        }
        return found & passwords.containsKey(user);
    }

    /** Whose token it is. All are looked at, each in the same time. */
    Optional<String> holder(Digest given) {
        Optional<String> found = Optional.empty();
        for (Map.Entry<String, List<Digest>> holder : tokens.entrySet()) {
            for (Digest digest : holder.getValue()) {
                found = digest.same(given) ? Optional.of(holder.getKey()) : found;
            }
        }
        return found;
    }

    /** With what the settings say on top of the files. */
    Credentials and(Map<String, List<Digest>> fixed) {
        Map<String, List<Digest>> all = new HashMap<>(passwords);
        fixed.forEach((user, digests) -> all.merge(
                user,
                digests,
                (ours, theirs) -> java.util.stream.Stream.concat(ours.stream(), theirs.stream())
                        .toList()));
        return new Credentials(all, tokens);
    }
}
