package dev.howdah.bench.empty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A web application that does nothing but send the bytes of the file that {@code bench.bytes} names. Started by Spring Boot's own main
 * method: Maven's test-run would take another one in the tests for the main method of the tests.
 */
@SpringBootApplication
@RestController
public class EmptyApplication {
    private final byte[] bytes;

    EmptyApplication() throws IOException {
        String file = System.getProperty("bench.bytes", "");
        bytes = file.isEmpty() ? new byte[0] : Files.readAllBytes(Path.of(file));
    }

    @GetMapping("/bytes")
    ResponseEntity<byte[]> bytes() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(bytes);
    }
}
