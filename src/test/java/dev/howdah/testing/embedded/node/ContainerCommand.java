package dev.howdah.testing.embedded.node;

import dev.howdah.testing.embedded.PostgresBinaries;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A container's command and environment, rewritten for this machine: mount paths become local folders, the port and the
 * address are the ones to listen on here, and the binaries of the wanted PostgreSQL come first on the PATH.
 */
record ContainerCommand(List<String> command, Map<String, String> environment) {

    /**
     * @param folders of the pod's volumes by name
     * @param values what {@code valueFrom} of a variable means
     */
    static ContainerCommand of(
            Pod pod, Container container, Map<String, Path> folders, int port, Function<EnvVar, String> values) {
        Map<String, Path> mounts = mounts(container, folders);
        var environment = new LinkedHashMap<String, String>();
        for (EnvVar variable : container.getEnv()) {
            String value = variable.getValueFrom() != null ? values.apply(variable) : variable.getValue();
            environment.put(variable.getName(), expand(local(value == null ? "" : value, mounts), environment));
        }
        environment.put("PGPORT", String.valueOf(port));
        environment.put("HOWDAH_LISTEN", "127.0.0.1");
        environment.put("HOSTNAME", pod.getMetadata().getName());
        environment.put(
                "PATH", PostgresBinaries.bin(environment.getOrDefault("PG_MAJOR", "")) + ":" + System.getenv("PATH"));
        var line = new ArrayList<>(container.getCommand());
        line.addAll(container.getArgs());
        return new ContainerCommand(local(line, mounts, environment), environment);
    }

    /** A hook of the same container. */
    ContainerCommand hook(List<String> hook, Container container, Map<String, Path> folders) {
        return new ContainerCommand(local(hook, mounts(container, folders), environment), environment);
    }

    // The longest mount path first: one may lie inside of another.
    private static Map<String, Path> mounts(Container container, Map<String, Path> folders) {
        var mounts = new LinkedHashMap<String, Path>();
        container.getVolumeMounts().stream()
                .sorted(Comparator.comparing(
                        (VolumeMount mount) -> -mount.getMountPath().length()))
                .forEach(mount -> {
                    Path folder = folders.get(mount.getName());
                    if (folder != null) {
                        mounts.put(
                                mount.getMountPath().replaceAll("/+$", ""),
                                mount.getSubPath() == null ? folder : folder.resolve(mount.getSubPath()));
                    }
                });
        return mounts;
    }

    private static List<String> local(List<String> line, Map<String, Path> mounts, Map<String, String> environment) {
        return line.stream()
                .map(word -> expand(local(word, mounts), environment))
                .toList();
    }

    private static String local(String value, Map<String, Path> mounts) {
        for (Map.Entry<String, Path> mount : mounts.entrySet()) {
            if (value.equals(mount.getKey()) || value.startsWith(mount.getKey() + "/")) {
                return mount.getValue() + value.substring(mount.getKey().length());
            }
        }
        return value;
    }

    private static String expand(String value, Map<String, String> environment) {
        String expanded = value;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            expanded = expanded.replace("$(" + variable.getKey() + ")", variable.getValue());
        }
        return expanded;
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
