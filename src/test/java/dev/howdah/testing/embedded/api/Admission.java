package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the API server fills in and refuses, kind by kind; as much of it as this project's objects can run into. */
final class Admission {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Set<String> MUTABLE_OF_STATEFUL_SETS = Set.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private final NodePorts nodePorts;

    Admission(NodePorts nodePorts) {
        this.nodePorts = nodePorts;
    }

    /** Changes a document that a client sent into the form in which it is kept, before it is merged or stored. */
    void normalize(ResourceType type, ObjectNode object) {
        if (type.is("", "secrets") && object.get("stringData") instanceof ObjectNode plain) {
            ObjectNode data = object.withObjectProperty("data");
            plain.properties()
                    .forEach(field -> data.put(
                            field.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(field.getValue().asText().getBytes(StandardCharsets.UTF_8))));
            object.remove("stringData");
        }
    }

    /** Fills defaults in and refuses what is wrong; {@code before} is absent for a new object. */
    void admit(ResourceType type, @Nullable ObjectNode before, ObjectNode object) {
        name(type, object);
        labels(type, object);
        StructuralSchema schema = type.schema();
        if (schema != null) {
            schema.shape(object);
            refuse(type, object, schema.violations(object));
        }
        switch (type.qualifiedPlural()) {
            case "services" -> service(object);
            case "secrets" -> secret(type, before, object);
            case "persistentvolumeclaims" -> claim(type, before, object);
            case "customresourcedefinitions.apiextensions.k8s.io" -> established(object);
            case "namespaces" -> object.withObjectProperty("status").put("phase", "Active");
            case "statefulsets.apps" -> statefulSet(type, before, object);
            default -> {}
        }
    }

    private static void refuse(ResourceType type, ObjectNode object, List<String> causes) {
        if (!causes.isEmpty()) {
            throw ApiFailure.invalid(type, object.at("/metadata/name").asText(), String.join(", ", causes));
        }
    }

    private static void name(ResourceType type, ObjectNode object) {
        String name = object.at("/metadata/name").asText();
        boolean valid = type.is("", "services")
                ? LABEL.matcher(name).matches()
                : name.length() <= 253 && NAME.matcher(name).matches();
        if (!valid && !type.group().startsWith("rbac")) {
            refuse(type, object, List.of("metadata.name: Invalid value: \"" + name + "\": must be a DNS name"));
        }
    }

    private static void labels(ResourceType type, ObjectNode object) {
        for (Map.Entry<String, JsonNode> label : object.at("/metadata/labels").properties()) {
            String value = label.getValue().asText();
            if (value.length() > 63 || !LABEL_VALUE.matcher(value).matches()) {
                refuse(type, object, List.of("metadata.labels: Invalid value: \"" + value + "\""));
            }
        }
    }

    private void service(ObjectNode service) {
        ObjectNode spec = service.withObjectProperty("spec");
        String kind = spec.path("type").asText("ClusterIP");
        spec.put("type", kind);
        if (!spec.has("clusterIP") && !kind.equals("ExternalName")) {
            spec.put("clusterIP", "127.0.0.1");
        }
        boolean published = kind.equals("NodePort") || kind.equals("LoadBalancer");
        for (JsonNode each : spec.path("ports")) {
            ObjectNode port = (ObjectNode) each;
            if (!port.has("protocol")) {
                port.put("protocol", "TCP");
            }
            if (!port.has("targetPort")) {
                port.set("targetPort", port.path("port"));
            }
            if (published && port.path("nodePort").asInt() == 0) {
                port.put("nodePort", nodePorts.next());
            } else if (!published) {
                port.remove("nodePort");
            }
        }
    }

    private static void established(ObjectNode definition) {
        ObjectNode condition =
                definition.withObjectProperty("status").putArray("conditions").addObject();
        condition.put("type", "Established").put("status", "True").put("reason", "InitialNamesAccepted");
    }

    private static void secret(ResourceType type, @Nullable ObjectNode before, ObjectNode secret) {
        if (!secret.has("type")) {
            secret.put("type", before == null ? "Opaque" : before.path("type").asText("Opaque"));
        }
        if (before != null && !before.path("type").equals(secret.path("type"))) {
            refuse(type, secret, List.of("type: Invalid value: field is immutable"));
        }
        for (Map.Entry<String, JsonNode> entry : secret.path("data").properties()) {
            try {
                Base64.getDecoder().decode(entry.getValue().asText());
            } catch (IllegalArgumentException e) {
                throw ApiFailure.badRequest("Secret in version \"v1\" cannot be handled: illegal base64 data");
            }
        }
    }

    private static void claim(ResourceType type, @Nullable ObjectNode before, ObjectNode claim) {
        ObjectNode spec = claim.withObjectProperty("spec");
        if (!spec.has("volumeMode")) {
            spec.put("volumeMode", "Filesystem");
        }
        if (before == null) {
            if (!spec.has("storageClassName")) {
                spec.put("storageClassName", "standard");
            }
            // The real server's StorageObjectInUseProtection does this, too.
            claim.withObjectProperty("metadata").withArrayProperty("finalizers").add("kubernetes.io/pvc-protection");
            return;
        }
        Quantity was = size(before);
        if (size(claim).getNumericalAmount().compareTo(was.getNumericalAmount()) < 0) {
            refuse(
                    type,
                    claim,
                    List.of("spec.resources.requests.storage: Forbidden: field can not be less than previous value"));
        }
        JsonNode accessModes = spec.path("accessModes");
        if (!accessModes.equals(before.at("/spec/accessModes"))) {
            refuse(type, claim, List.of("spec: Forbidden: spec is immutable after creation except resources.requests"));
        }
    }

    private static Quantity size(JsonNode claim) {
        return new Quantity(claim.at("/spec/resources/requests/storage").asText("0"));
    }

    private static void statefulSet(ResourceType type, @Nullable ObjectNode before, ObjectNode statefulSet) {
        ObjectNode spec = statefulSet.withObjectProperty("spec");
        if (!spec.has("replicas")) {
            spec.put("replicas", 1);
        }
        JsonNode template = spec.at("/template/metadata/labels");
        for (Map.Entry<String, JsonNode> label :
                spec.at("/selector/matchLabels").properties()) {
            if (!label.getValue().equals(template.get(label.getKey()))) {
                refuse(
                        type,
                        statefulSet,
                        List.of("spec.template.metadata.labels: Invalid value: `selector` does not match"));
            }
        }
        if (before == null) {
            return;
        }
        ObjectNode fixedBefore = before.path("spec").deepCopy();
        ObjectNode fixedAfter = spec.deepCopy();
        if (!fixedBefore.remove(MUTABLE_OF_STATEFUL_SETS).equals(fixedAfter.remove(MUTABLE_OF_STATEFUL_SETS))) {
            refuse(
                    type,
                    statefulSet,
                    List.of("spec: Forbidden: updates to statefulset spec for fields other than "
                            + MUTABLE_OF_STATEFUL_SETS + " are forbidden"));
        }
    }
}
