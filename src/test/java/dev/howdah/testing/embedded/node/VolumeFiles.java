package dev.howdah.testing.embedded.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A folder that holds exactly the given files; a reader never sees half of one. */
record VolumeFiles(Path folder) {
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
    };

    /** @param mode of each file; the owner, who runs the container, may always read */
    void write(Map<String, byte[]> files, int mode) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
                write(path, file.getValue(), permissions(mode));
            }
        }
        for (Path path : present()) {
            if (!files.containsKey(folder.relativize(path).toString())) {
                Files.delete(path);
            }
        }
    }

    private List<Path> present() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    private static void write(Path path, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        Path parent = path.getParent();
        Files.createDirectories(parent);
        Path partial = Files.createTempFile(parent, ".", "");
        Files.write(partial, content);
        Files.setPosixFilePermissions(partial, permissions);
        Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((mode & 1 << bit) != 0) {
                permissions.add(BITS[bit]);
            }
        }
        return permissions;
    }
}
