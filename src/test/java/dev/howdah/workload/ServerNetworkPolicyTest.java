package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.PostgresServerSpec.Exposure;
import dev.howdah.workload.WorkloadSettings.NetworkPolicySettings;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerNetworkPolicyTest {

    @Test
    void onlyThePostgresqlPortOfTheServersPodIsOpened() {
        NetworkPolicy policy = policy(Servers.a(), settings(null, List.of()));

        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress");
        assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEqualTo(Map.of("howdah.dev/server", "pg-1"));
        assertThat(policy.getSpec().getIngress())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getPorts())
                        .singleElement()
                        .satisfies(
                                port -> assertThat(port.getPort().getIntVal()).isEqualTo(5432)));
    }

    @Test
    void howdahsPodsMayAlwaysConnect() {
        NetworkPolicyPeer broker =
                peers(Servers.a(), settings("howdah", List.of())).getFirst();

        assertThat(broker.getPodSelector().getMatchLabels()).isEqualTo(Map.of("app.kubernetes.io/name", "howdah"));
        assertThat(broker.getNamespaceSelector().getMatchLabels())
                .isEqualTo(Map.of("kubernetes.io/metadata.name", "howdah"));
    }

    @Test
    void withoutABrokerNamespaceItsPodsMayBeAnywhere() {
        NetworkPolicyPeer broker = peers(Servers.a(), settings(null, List.of())).getFirst();

        assertThat(broker.getNamespaceSelector()).isEqualTo(new LabelSelector());
    }

    @Test
    void namespacesThatHoldABindingMayConnect() {
        assertThat(namespaces(Servers.a().clientNamespaces("team-b", "team-a", "team-b")))
                .containsExactly("team-a", "team-b");
        assertThat(namespaces(Servers.a())).isEmpty();
    }

    @Test
    void namedNetworksMayConnect() {
        assertThat(networks(Servers.a().exposure(Exposure.NodePort), List.of("192.0.2.0/24")))
                .containsExactly("192.0.2.0/24");
    }

    @Test
    void anExposedServerIsOpenToAllUnlessNetworksAreNamed() {
        assertThat(networks(Servers.a().exposure(Exposure.LoadBalancer), List.of()))
                .containsExactly("0.0.0.0/0", "::/0");
        assertThat(networks(Servers.a(), List.of())).isEmpty();
    }

    @Test
    void policyCanBeSwitchedOff() {
        WorkloadSettings off = settings(new NetworkPolicySettings(false, null, null, List.of(), List.of()));

        assertThat(Servers.a().manifests(off).networkPolicy()).isNull();
        assertThat(Servers.a().manifests(off).all()).hasSize(7);
    }

    private static List<String> namespaces(Servers server) {
        return peers(server, settings("howdah", List.of())).stream()
                .skip(1)
                .map(NetworkPolicyPeer::getNamespaceSelector)
                .filter(Objects::nonNull)
                .map(selector -> selector.getMatchLabels().get("kubernetes.io/metadata.name"))
                .toList();
    }

    private static List<String> networks(Servers server, List<String> openTo) {
        return peers(server, settings("howdah", openTo)).stream()
                .map(NetworkPolicyPeer::getIpBlock)
                .filter(Objects::nonNull)
                .map(IPBlock::getCidr)
                .toList();
    }

    private static List<NetworkPolicyPeer> peers(Servers server, WorkloadSettings settings) {
        return policy(server, settings).getSpec().getIngress().getFirst().getFrom();
    }

    private static NetworkPolicy policy(Servers server, WorkloadSettings settings) {
        return Objects.requireNonNull(server.manifests(settings).networkPolicy());
    }

    private static WorkloadSettings settings(@Nullable String brokerNamespace, List<String> openTo) {
        return settings(new NetworkPolicySettings(true, brokerNamespace, null, openTo, List.of()));
    }

    private static WorkloadSettings settings(NetworkPolicySettings networkPolicy) {
        WorkloadSettings defaults = WorkloadSettings.defaults();
        return new WorkloadSettings(
                defaults.image(),
                defaults.images(),
                defaults.imagePullPolicy(),
                defaults.imagePullSecrets(),
                defaults.openshift(),
                defaults.userId(),
                defaults.clusterDomain(),
                defaults.nodeHost(),
                defaults.terminationGracePeriod(),
                networkPolicy);
    }
}
