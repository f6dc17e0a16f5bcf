package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.Endpoint;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingSpec;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamesAndCredentialsTest {
    @Test
    void uriAndJdbcUrlStandForThemselves() {
        Map<String, String> entries =
                new Credentials(new Endpoint("db.example", 5432), "shop", "b_1", "Secret", "PEM").entries();

        assertThat(entries)
                .containsEntry("uri", "postgresql://b_1:Secret@db.example:5432/shop?sslmode=require")
                .containsEntry(
                        "jdbc_url", "jdbc:postgresql://db.example:5432/shop?user=b_1&password=Secret&sslmode=require")
                .containsEntry("type", "postgresql")
                .containsEntry("provider", "howdah")
                .containsEntry("sslmode", "require");
    }

    @Test
    void credentialsNeverShowTheirPassword() {
        assertThat(new Credentials(new Endpoint("h", 1), "d", "u", "hush", "c").toString())
                .doesNotContain("hush");
    }

    @Test
    void passwordsAreLongAndNeedNoEscaping() {
        Passwords passwords = new Passwords(new SecureRandom());

        assertThat(passwords.next()).matches("[A-Za-z0-9]{32,}").isNotEqualTo(passwords.next());
    }

    @Test
    void aDatabaseIsCalledAfterItsInstance() {
        assertThat(DatabaseNaming.database(instance("My-Shop.1")).value()).isEqualTo("my_shop_1");
        assertThat(DatabaseNaming.database(instance("pg-1f0a")).value()).isEqualTo("db_pg_1f0a");
        assertThat(DatabaseNaming.database(instance("postgres")).value()).isEqualTo("postgres_db");
        assertThat(DatabaseNaming.database(instance("x".repeat(200))).value()).hasSize(40);
    }

    @Test
    void aRoleIsAlwaysCalledTheSameAndNeverTooLong() {
        assertThat(DatabaseNaming.role(binding("a-1"))).isEqualTo(DatabaseNaming.role(binding("a-1")));
        assertThat(DatabaseNaming.role(binding("x".repeat(200))).value()).hasSizeLessThanOrEqualTo(63);
        assertThat(DatabaseNaming.role(binding("x".repeat(199) + "a")))
                .isNotEqualTo(DatabaseNaming.role(binding("x".repeat(199) + "b")));
    }

    @Test
    void anInstanceWhoseNameNoServiceCouldHaveGetsAServerAllTheSame() {
        assertThat(ServerClaim.name(instance("shop"))).isEqualTo("shop");
        assertThat(ServerClaim.name(instance("1.shop"))).startsWith("pg-");
    }

    @Test
    void aServerIsTriedOftenAtFirstAndSeldomLater() {
        assertThat(ServerLogin.retryDelay(Duration.ZERO, 1)).isEqualTo(Duration.ofMillis(25));
        assertThat(ServerLogin.retryDelay(Duration.ofSeconds(10), 1)).isEqualTo(Duration.ofMillis(500));
        assertThat(ServerLogin.retryDelay(Duration.ofMinutes(10), 1)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void tombstonesThatAreOldOrNotOursAreForgotten() {
        Map<String, String> entries =
                Map.of("young", "2026-01-05T00:00:00Z", "old", "2026-01-01T00:00:00Z", "odd", "yesterday");

        List<String> expired = Tombstones.expired(entries, Instant.parse("2026-01-02T00:00:00Z"));

        assertThat(expired).containsExactlyInAnyOrder("old", "odd");
    }

    private static PostgresInstance instance(String name) {
        PostgresInstance instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder().withName(name).build());
        instance.setSpec(new PostgresInstanceSpec(null, "free", null, null, null, null, null, null, null));
        return instance;
    }

    private static PostgresBinding binding(String name) {
        PostgresBinding binding = new PostgresBinding();
        binding.setMetadata(new ObjectMetaBuilder().withName(name).build());
        binding.setSpec(new PostgresBindingSpec("i", null, null, null, null, null, null, null, null));
        return binding;
    }
}
