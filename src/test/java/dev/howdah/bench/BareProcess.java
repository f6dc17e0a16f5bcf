package dev.howdah.bench;

import dev.howdah.pki.CertificateAuthority;
import dev.howdah.pki.KeyPairPem;
import dev.howdah.testing.embedded.api.NodePorts;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The floor below the floor: initdb and the start of the same binaries, until SQL answers. No Kubernetes. */
final class BareProcess implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.1";
    private static final String PASSWORD = "benchmark0123456789benchmark012345";

    private final NodePorts ports = NodePorts.reserve();
    private final KeyPairPem certificate = CertificateAuthority.create(
                    "benchmark", Clock.systemUTC(), new SecureRandom())
            .issue(List.of(ADDRESS), CertificateAuthority.LEAF_VALIDITY);

    void round(Samples samples) throws IOException, InterruptedException {
        int port = ports.next();
        Stopwatch total = new Stopwatch();
        try (LocalServer server = new LocalServer(ADDRESS, port, PASSWORD, certificate, Map.of())) {
            LocalServer.awaitLogin(LocalServer.url(ADDRESS, port, PASSWORD));
            samples.add("floor: initdb and start of the same binaries, no Kubernetes", total.elapsed());
        }
    }

    @Override
    public void close() {
        ports.close();
    }
}
