package dev.howdah.workload;

import dev.howdah.crd.PostgresServer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The names under which a server is reached. */
public final class ServerHosts {

    private ServerHosts() {}

    /** Full DNS name of the client Service: the host for clients in the cluster. */
    public static String clusterHost(PostgresServer server, WorkloadSettings settings) {
        return ServerNames.of(server).clientService() + "."
                + server.getMetadata().getNamespace() + ".svc." + settings.clusterDomain();
    }

    /**
     * Everything the server's certificate must be valid for: all forms of the Services' names, the pod's own name,
     * loopback, the node host and what is only known later.
     *
     * @param more further names and addresses, as in a load balancer's
     * @return DNS names and IP addresses without duplicates, the full name of the client Service first
     */
    public static List<String> subjectAlternativeNames(
            PostgresServer server, WorkloadSettings settings, Collection<String> more) {
        ServerNames names = ServerNames.of(server);
        Set<String> all = new LinkedHashSet<>();
        all.add(clusterHost(server, settings));
        Stream.of(names.clientService(), names.headlessService(), names.pod() + "." + names.headlessService())
                .flatMap(name -> forms(name, server.getMetadata().getNamespace(), settings.clusterDomain()))
                .forEach(all::add);
        all.addAll(List.of("localhost", "127.0.0.1", "::1"));
        String nodeHost = settings.nodeHost();
        if (nodeHost != null) {
            all.add(nodeHost);
        }
        all.addAll(more);
        return List.copyOf(all);
    }

    private static Stream<String> forms(String name, String namespace, String clusterDomain) {
        String inNamespace = name + "." + namespace;
        return Stream.of(name, inNamespace, inNamespace + ".svc", inNamespace + ".svc." + clusterDomain);
    }
}
