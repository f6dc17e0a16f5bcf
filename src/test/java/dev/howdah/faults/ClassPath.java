package dev.howdah.faults;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The class path of a forked broker: this JVM's without the tests. */
final class ClassPath {
    private ClassPath() {}

    static String ofBroker() {
        // Surefire starts from a jar that only refers to the class path, and keeps the real one in a property.
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .map(entry -> new File(entry).getAbsolutePath())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
