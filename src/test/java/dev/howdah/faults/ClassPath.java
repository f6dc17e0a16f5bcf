package dev.howdah.faults;

import dev.howdah.HowdahApplication;
import dev.howdah.testing.embedded.ProcessReaper;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of a forked broker: this JVM's without the tests, with Howdah itself in a jar, as the JVM's caches want it. */
final class ClassPath {
    private static final Path FOLDER = ProcessReaper.ofThisJvm().temporaryFolder();
    private static final String OF_BROKER = make();

    private ClassPath() {}

    static String ofBroker() {
        return OF_BROKER;
    }

    private static String make() {
        // Surefire starts from a jar that only refers to the class path, and keeps the real one in a property.
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path own = location(HowdahApplication.class);
        Path jar = jar(own);
        Stream<String> libraries = Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> new File(entry).getAbsolutePath());
        return Stream.concat(Stream.of(jar.toString()), libraries).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static Path jar(Path classes) {
        Path jar = FOLDER.resolve("howdah.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> walk = Files.walk(classes)) {
            // Spring finds beans by the entries of folders.
            List<Path> entries = walk.filter(entry -> !entry.equals(classes)).toList();
            for (Path entry : entries) {
                boolean folder = Files.isDirectory(entry);
                out.putNextEntry(new JarEntry(classes.relativize(entry) + (folder ? "/" : "")));
                if (!folder) {
                    Files.copy(entry, out);
                }
                out.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
