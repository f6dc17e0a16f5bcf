package dev.howdah.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands in the containers of a cluster. */
final class Shell {
    private Shell() {}

    /** What it wrote, to both outputs; fails when the command does. */
    static String run(KubernetesClient client, String namespace, String pod, String... command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ExecWatch running = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .writingOutput(output)
                .writingError(output)
                .exec(command)) {
            int code = running.exitCode().get(2, TimeUnit.MINUTES);
            String said = output.toString(StandardCharsets.UTF_8);
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": exit code " + code + ": " + said);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(String.join(" ", command), e);
        }
    }
}
