package dev.howdah.reconciler;

import dev.howdah.crd.Endpoint;
import dev.howdah.crd.PostgresServer;
import dev.howdah.workload.ServerHosts;
import dev.howdah.workload.ServerManifests;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where clients reach a server, as far as the cluster has decided that. */
final class ServerEndpoint {
    private ServerEndpoint() {}

    static Optional<Endpoint> of(
            PostgresServer server, @Nullable Service service, @Nullable Pod pod, WorkloadSettings settings) {
        if (service == null) {
            return Optional.empty();
        }
        return switch (service.getSpec().getType()) {
            case "NodePort" -> nodePort(service, pod, settings);
            case "LoadBalancer" -> ingress(service).map(host -> new Endpoint(host, ServerManifests.PORT));
            case null, default ->
                Optional.of(new Endpoint(ServerHosts.clusterHost(server, settings), ServerManifests.PORT));
        };
    }

    /** The endpoint's host if it is none that every certificate has anyway. */
    static List<String> moreNames(@Nullable Service service, @Nullable Pod pod, WorkloadSettings settings) {
        if (service == null) {
            return List.of();
        }
        return switch (service.getSpec().getType()) {
            case "NodePort" ->
                settings.nodeHost() == null ? nodeAddress(pod).stream().toList() : List.of();
            case "LoadBalancer" -> ingress(service).stream().toList();
            case null, default -> List.of();
        };
    }

    private static Optional<Endpoint> nodePort(Service service, @Nullable Pod pod, WorkloadSettings settings) {
        Optional<String> host = Optional.ofNullable(settings.nodeHost()).or(() -> nodeAddress(pod));
        return service.getSpec().getPorts().stream()
                .map(port -> port.getNodePort())
                .filter(port -> port != null && port > 0)
                .findFirst()
                .flatMap(port -> host.map(name -> new Endpoint(name, port)));
    }

    private static Optional<String> nodeAddress(@Nullable Pod pod) {
        return pod == null || pod.getStatus() == null
                ? Optional.empty()
                : Optional.ofNullable(pod.getStatus().getHostIP());
    }

    private static Optional<String> ingress(Service service) {
        if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
            return Optional.empty();
        }
        List<LoadBalancerIngress> ingresses =
                service.getStatus().getLoadBalancer().getIngress();
        return ingresses == null
                ? Optional.empty()
                : ingresses.stream()
                        .flatMap(ingress -> Stream.of(
                                Optional.ofNullable(ingress.getHostname()), Optional.ofNullable(ingress.getIp())))
                        .flatMap(Optional::stream)
                        .findFirst();
    }
}
