package dev.howdah.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.testing.HowdahHarness;
import dev.howdah.testing.OsbClient;
import dev.howdah.testing.embedded.api.Permissions;
import dev.howdah.testing.embedded.api.Permissions.Permission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RoleIT {
    private static final String IDS =
            "service_id=7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11&plan_id=3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21";
    private static final String BODY = """
            {"service_id": "7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11", "plan_id": "3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21",
             "organization_guid": "o", "space_guid": "s", "parameters": {}}""";

    /** What one life in the embedded cluster does not show. */
    private static boolean isForAnotherDay(Permission permission) {
        String resource = permission.resource();
        return switch (permission.verb()) {
            // Server-side apply of an object that is not there yet; the API server asks for both.
            case "create" ->
                List.of("statefulsets", "persistentvolumeclaims", "services", "networkpolicies", "configmaps")
                        .contains(resource);
            // OwnerReferencesPermissionEnforcement asks for the one, a renewed certificate of the API for the other.
            case "update" -> resource.endsWith("/finalizers") || resource.equals("secrets");
            // howdah.reach=pod; an event that happens again.
            case "get" -> resource.equals("pods") || resource.equals("events");
            case "patch" -> resource.equals("events");
            // Asked for only while a pod takes its time.
            case "list" -> resource.equals("events");
            default -> false;
        };
    }

    /** That none is missing is what all tests show: the broker is held to the Role in each of them. */
    @Test
    void wholeLifeNeedsEachPermissionOfTheRole() {
        assumeTrue(System.getenv("KUBE_ASSETS") == null);
        OsbClient osb = HowdahHarness.shared().osb();
        String instance = "/v2/service_instances/role";
        OsbClient.Answer made = osb.awaitOperation(
                instance, osb.put(instance + "?accepts_incomplete=true", BODY), Duration.ofMinutes(2));
        assertThat(made.status()).as(made.body()).isIn(200, 201);
        assertThat(osb.put(
                                instance + "/service_bindings/role",
                                BODY.replace("\"organization_guid\": \"o\", \"space_guid\": \"s\",", ""))
                        .status())
                .isEqualTo(201);
        osb.awaitOperation(
                instance,
                osb.patch(instance + "?accepts_incomplete=true", BODY.replace("{}", "{\"storage\": \"2Gi\"}")),
                Duration.ofMinutes(2));
        // An operator's look: bindings ask where their server is only if no login was proven within a minute.
        assertThat(osb.get("/actuator/howdah").status()).isEqualTo(200);
        osb.delete(instance + "/service_bindings/role?" + IDS);
        osb.awaitOperation(instance, osb.delete(instance + "?accepts_incomplete=true&" + IDS), Duration.ofMinutes(2));

        // Events are written a second after what they tell of, which may be after the whole life.
        await().untilAsserted(() -> assertThat(unused()).isEmpty());
        assertThat(Permissions.SHIPPED.granted()).containsAll(Permissions.SHIPPED.used());
    }

    private static Set<Permission> unused() {
        return Permissions.SHIPPED.granted().stream()
                .filter(permission -> !Permissions.SHIPPED.used().contains(permission))
                .filter(permission -> !isForAnotherDay(permission))
                .collect(Collectors.toSet());
    }

    @Test
    void everyResourceOfTheRoleIsExplained() {
        String guide = Manifests.text(Path.of("docs/security.md"));

        assertThat(Permissions.SHIPPED.granted())
                .allSatisfy(permission -> assertThat(guide)
                        .contains("`" + permission.resource().replaceFirst("^[a-z]+/", "…/") + "`")
                        .contains(permission.verb()));
    }
}
