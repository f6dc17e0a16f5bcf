package dev.howdah.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownCallersTest {
    @TempDir
    Path directory;

    @BeforeEach
    void mount() throws IOException {
        publish("v1", "old\n");
        Files.createDirectories(directory.resolve("users"));
        Files.createSymbolicLink(directory.resolve("users/platform"), Path.of("..data/platform"));
        Files.createDirectories(directory.resolve("tokens"));
        Files.writeString(directory.resolve("tokens/ci"), "token-1\ntoken-2");
    }

    @Test
    void aSecretThatTheKubeletSwapsIsReadAgain() throws IOException {
        KnownCallers callers = callers();
        assertThat(accepts(callers, "platform", "old")).isTrue();

        publish("v2", "old\nnew\n");
        assertThat(accepts(callers, "platform", "old")).isTrue();
        assertThat(accepts(callers, "platform", "new")).isTrue();

        publish("v3", "new");
        assertThat(accepts(callers, "platform", "old")).isFalse();
        assertThat(accepts(callers, "platform", "new")).isTrue();
    }

    @Test
    void nobodyIsLetInWithoutTheRightSecret() {
        KnownCallers callers = callers();

        assertThat(accepts(callers, "platform", "wrong")).isFalse();
        assertThat(accepts(callers, "platform", "")).isFalse();
        assertThat(accepts(callers, "nobody", "old")).isFalse();
        assertThat(accepts(callers, "ci", "token-1")).isFalse();
        assertThat(callers.now().holder(Digest.of("token-2"))).contains("ci");
        assertThat(callers.now().holder(Digest.of("token-3"))).isEmpty();
    }

    @Test
    void usersOfTheSettingsAndOfTheFilesAreAllGood() {
        KnownCallers callers = new KnownCallers(
                Settings.of(Map.of(
                        "howdah.security.users.platform", "third",
                        "howdah.security.users.person", "fourth",
                        "howdah.security.directory", directory.toString())),
                Clock.systemUTC());

        assertThat(accepts(callers, "platform", "old")).isTrue();
        assertThat(accepts(callers, "platform", "third")).isTrue();
        assertThat(accepts(callers, "person", "fourth")).isTrue();
    }

    private KnownCallers callers() {
        return new KnownCallers(
                Settings.of(Map.of(
                        "howdah.security.directory", directory.toString(), "howdah.security.reload-interval", "0s")),
                Clock.systemUTC());
    }

    private static boolean accepts(KnownCallers callers, String user, String password) {
        return callers.now().accepts(user, Digest.of(password));
    }

    /** As the kubelet does: a new folder, and then a link that is swapped at once. */
    private void publish(String version, String passwords) throws IOException {
        Path users = Files.createDirectories(directory.resolve("users"));
        Path folder = Files.createDirectory(users.resolve(".." + version));
        Files.writeString(folder.resolve("platform"), passwords);
        Path link = Files.createSymbolicLink(users.resolve("..data_tmp"), folder.getFileName());
        Files.move(link, users.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
