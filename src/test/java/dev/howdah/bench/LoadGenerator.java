package dev.howdah.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Sends the same request over and over on so many connections. */
interface LoadGenerator {
    /** wrk if it is on the PATH, which costs the machine least, else threads of this JVM. */
    static LoadGenerator best() {
        return Wrk.find().orElseGet(VirtualThreads::new);
    }

    Load get(URI url, Map<String, String> headers, int connections, Duration duration)
            throws IOException, InterruptedException;
}
