package dev.howdah.workload;

import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerSpec.Exposure;
import dev.howdah.workload.WorkloadSettings.NetworkPolicySettings;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Nobody may connect to the server's pod, except Howdah, the namespaces that hold a binding, and what the settings open. */
final class ServerNetworkPolicy {

    private static final List<String> EVERYWHERE = List.of("0.0.0.0/0", "::/0");

    private final PostgresServer server;
    private final NetworkPolicySettings settings;

    ServerNetworkPolicy(PostgresServer server, NetworkPolicySettings settings) {
        this.server = server;
        this.settings = settings;
    }

    NetworkPolicy build() {
        ServerMetadata metadata = new ServerMetadata(server);
        return new NetworkPolicyBuilder()
                .withMetadata(metadata.named(ServerNames.of(server).networkPolicy()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(metadata.selector())
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(ServerManifests.PORT)
                .endPort()
                .withFrom(peers())
                .endIngress()
                .endSpec()
                .build();
    }

    private List<NetworkPolicyPeer> peers() {
        List<String> clients =
                Optional.ofNullable(server.getSpec().clientNamespaces()).orElse(List.of());
        return Stream.concat(
                        Stream.of(broker()),
                        Stream.concat(
                                Stream.concat(clients.stream(), settings.openToNamespaces().stream())
                                        .distinct()
                                        .sorted()
                                        .map(ServerNetworkPolicy::namespace),
                                networks().stream().map(ServerNetworkPolicy::network)))
                .toList();
    }

    private NetworkPolicyPeer broker() {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(brokerNamespace())
                .withPodSelector(new LabelSelectorBuilder()
                        .withMatchLabels(settings.brokerPodLabels())
                        .build())
                .build();
    }

    /** An empty selector selects all namespaces; a missing one would mean the server's own. */
    private LabelSelector brokerNamespace() {
        String namespace = settings.brokerNamespace();
        return namespace == null ? new LabelSelector() : byName(namespace);
    }

    /** Who exposes a server beyond the cluster wants it reached from there, so nothing named means everywhere. */
    private List<String> networks() {
        Exposure exposure = Optional.ofNullable(server.getSpec().exposure()).orElse(Exposure.ClusterIP);
        return settings.openTo().isEmpty() && exposure != Exposure.ClusterIP ? EVERYWHERE : settings.openTo();
    }

    private static NetworkPolicyPeer namespace(String name) {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(byName(name))
                .build();
    }

    private static NetworkPolicyPeer network(String cidr) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .endIpBlock()
                .build();
    }

    private static LabelSelector byName(String namespace) {
        return new LabelSelectorBuilder()
                .withMatchLabels(Map.of("kubernetes.io/metadata.name", namespace))
                .build();
    }
}
