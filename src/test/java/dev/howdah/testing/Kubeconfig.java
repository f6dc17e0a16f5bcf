package dev.howdah.testing;

import org.jspecify.annotations.Nullable;

/** The file by which a broker of another process finds its API server. */
public final class Kubeconfig {
    private Kubeconfig() {}

    /** @param token null or empty if the API server asks for none */
    public static String of(String url, @Nullable String token) {
        return """
            apiVersion: v1
            kind: Config
            current-context: test
            clusters: [{name: test, cluster: {server: "%s"}}]
            users: [{name: test, user: {token: "%s"}}]
            contexts: [{name: test, context: {cluster: test, user: test}}]
            """.formatted(url, token == null || token.isEmpty() ? "none" : token);
    }
}
