package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds of objects that the API serves: some of Kubernetes' own, and those of the custom resource definitions. */
final class ResourceTypes {
    // group/version plural Kind, n: namespaced, s: has the status subresource
    private static final String BUILT_IN = """
            v1 namespaces Namespace s
            v1 nodes Node s
            v1 pods Pod ns
            v1 services Service ns
            v1 endpoints Endpoints n
            v1 configmaps ConfigMap n
            v1 secrets Secret n
            v1 events Event n
            v1 serviceaccounts ServiceAccount n
            v1 persistentvolumeclaims PersistentVolumeClaim ns
            v1 persistentvolumes PersistentVolume s
            v1 resourcequotas ResourceQuota ns
            v1 limitranges LimitRange n
            apps/v1 statefulsets StatefulSet ns
            apps/v1 deployments Deployment ns
            apps/v1 replicasets ReplicaSet ns
            apps/v1 controllerrevisions ControllerRevision n
            batch/v1 jobs Job ns
            batch/v1 cronjobs CronJob ns
            coordination.k8s.io/v1 leases Lease n
            events.k8s.io/v1 events Event n
            networking.k8s.io/v1 networkpolicies NetworkPolicy n
            policy/v1 poddisruptionbudgets PodDisruptionBudget ns
            rbac.authorization.k8s.io/v1 roles Role n
            rbac.authorization.k8s.io/v1 rolebindings RoleBinding n
            rbac.authorization.k8s.io/v1 clusterroles ClusterRole -
            rbac.authorization.k8s.io/v1 clusterrolebindings ClusterRoleBinding -
            storage.k8s.io/v1 storageclasses StorageClass -
            scheduling.k8s.io/v1 priorityclasses PriorityClass -
            discovery.k8s.io/v1 endpointslices EndpointSlice n
            apiextensions.k8s.io/v1 customresourcedefinitions CustomResourceDefinition s
            """;

    private final Map<String, ResourceType> types = new ConcurrentHashMap<>();

    ResourceTypes() {
        BUILT_IN.lines().map(ResourceTypes::builtIn).forEach(this::add);
    }

    private static ResourceType builtIn(String line) {
        String[] words = line.split(" ");
        int slash = words[0].indexOf('/');
        return new ResourceType(
                slash < 0 ? "" : words[0].substring(0, slash),
                words[0].substring(slash + 1),
                words[1],
                words[2],
                words[3].contains("n"),
                words[3].contains("s"),
                List.of(),
                null);
    }

    private void add(ResourceType type) {
        types.put(type.apiVersion() + "/" + type.plural(), type);
    }

    /** Serves the objects of a CustomResourceDefinition from now on. */
    void define(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        JsonNode names = spec.path("names");
        var shortNames = new ArrayList<String>();
        names.path("shortNames").forEach(name -> shortNames.add(name.asText()));
        for (JsonNode version : spec.path("versions")) {
            add(new ResourceType(
                    spec.path("group").asText(),
                    version.path("name").asText(),
                    names.path("plural").asText(),
                    names.path("kind").asText(),
                    spec.path("scope").asText().equals("Namespaced"),
                    version.path("subresources").has("status"),
                    shortNames,
                    new StructuralSchema(version.path("schema").path("openAPIV3Schema"))));
        }
    }

    Optional<ResourceType> find(String apiVersion, String plural) {
        return Optional.ofNullable(types.get(apiVersion + "/" + plural));
    }

    List<ResourceType> all() {
        return List.copyOf(types.values());
    }
}
