package dev.howdah.testing.embedded.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The volumes of one pod as local folders. */
final class PodVolumes {
    private static final int READABLE = 0644;

    private final ClusterView view;
    private final VolumeProvisioner provisioner;
    private final Path folder;

    /** @param folder of the pod */
    PodVolumes(ClusterView view, VolumeProvisioner provisioner, Path folder) {
        this.view = view;
        this.provisioner = provisioner;
        this.folder = folder;
    }

    /** Makes every volume, or brings it up to date. The result is each volume's folder by the volume's name. */
    Map<String, Path> prepare(Pod pod) {
        var folders = new HashMap<String, Path>();
        pod.getSpec().getVolumes().forEach(volume -> folders.put(volume.getName(), prepare(pod, volume)));
        return folders;
    }

    private Path prepare(Pod pod, Volume volume) {
        String namespace = pod.getMetadata().getNamespace();
        if (volume.getPersistentVolumeClaim() != null) {
            return claimed(namespace, volume.getPersistentVolumeClaim().getClaimName());
        }
        Path target = folder.resolve(volume.getName());
        try {
            Files.createDirectories(target);
            if (volume.getConfigMap() != null) {
                var source = volume.getConfigMap();
                new VolumeFiles(target)
                        .write(
                                selected(configMap(namespace, source.getName()), source.getItems()),
                                mode(source.getDefaultMode()));
            } else if (volume.getSecret() != null) {
                var source = volume.getSecret();
                new VolumeFiles(target)
                        .write(
                                selected(secret(namespace, source.getSecretName()), source.getItems()),
                                mode(source.getDefaultMode()) & 0700);
            } else if (volume.getProjected() != null) {
                new VolumeFiles(target).write(projected(namespace, volume), 0600);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    private static int mode(@Nullable Integer mode) {
        return mode == null ? READABLE : mode;
    }

    private Map<String, byte[]> projected(String namespace, Volume volume) {
        var files = new HashMap<String, byte[]>();
        volume.getProjected().getSources().forEach(source -> {
            if (source.getSecret() != null) {
                files.putAll(selected(
                        secret(namespace, source.getSecret().getName()),
                        source.getSecret().getItems()));
            } else if (source.getConfigMap() != null) {
                files.putAll(selected(
                        configMap(namespace, source.getConfigMap().getName()),
                        source.getConfigMap().getItems()));
            }
        });
        return files;
    }

    private Path claimed(String namespace, String name) {
        PersistentVolumeClaim claim = find(PersistentVolumeClaim.class, namespace, name);
        if (claim.getStatus() == null || !"Bound".equals(claim.getStatus().getPhase())) {
            throw new NotReadyException("persistentvolumeclaim \"" + name + "\" is not bound");
        }
        return provisioner.folder(namespace, name);
    }

    private Map<String, byte[]> configMap(String namespace, String name) {
        ConfigMap map = find(ConfigMap.class, namespace, name);
        var files = new HashMap<String, byte[]>();
        map.getData().forEach((key, value) -> files.put(key, value.getBytes(StandardCharsets.UTF_8)));
        map.getBinaryData()
                .forEach((key, value) -> files.put(key, Base64.getDecoder().decode(value)));
        return files;
    }

    private Map<String, byte[]> secret(String namespace, String name) {
        var files = new HashMap<String, byte[]>();
        find(Secret.class, namespace, name)
                .getData()
                .forEach((key, value) -> files.put(key, Base64.getDecoder().decode(value)));
        return files;
    }

    private <T extends HasMetadata> T find(Class<T> type, String namespace, String name) {
        return view.find(type, namespace + "/" + name)
                .orElseThrow(() -> new NotReadyException("MountVolume.SetUp failed: "
                        + HasMetadata.getKind(type).toLowerCase(java.util.Locale.ROOT) + " \"" + name
                        + "\" not found"));
    }

    private static Map<String, byte[]> selected(Map<String, byte[]> files, List<KeyToPath> items) {
        if (items.isEmpty()) {
            return files;
        }
        var selected = new HashMap<String, byte[]>();
        for (KeyToPath item : items) {
            byte[] content = files.get(item.getKey());
            if (content == null) {
                throw new NotReadyException("references non-existent key: " + item.getKey());
            }
            selected.put(item.getPath(), content);
        }
        return selected;
    }
}
