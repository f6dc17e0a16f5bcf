package dev.howdah.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder as two mounted Secrets make it: {@code users/<name>} and {@code tokens/<name>}, a secret on each line. */
record CredentialFiles(Path directory) {
    /** @throws UncheckedIOException if a file is there and cannot be read */
    Credentials read() {
        return new Credentials(digests("users"), digests("tokens"));
    }

    private Map<String, List<Digest>> digests(String folder) {
        Path path = directory.resolve(folder);
        if (!Files.isDirectory(path)) {
            return Map.of();
        }
        // The kubelet keeps the versions of a Secret in hidden folders and swaps a link between them.
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".") && Files.isRegularFile(file))
                    .map(file -> Map.entry(file.getFileName().toString(), lines(file)))
                    .filter(entry -> !entry.getValue().isEmpty())
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A line break at the end is what editors leave, and belongs to no secret. */
    private static List<Digest> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(Digest::of)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
