package dev.howdah.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.postgres.DatabaseName;
import dev.howdah.postgres.RoleName;
import java.util.Locale;
import java.util.Optional;

/** Names inside PostgreSQL, always the same for the same resource. */
final class DatabaseNaming {
    /** Leaves room for what belongs to the database and is named after it. */
    private static final int LONGEST_DATABASE = 40;

    private static final int LONGEST_ROLE = 60;

    private DatabaseNaming() {}

    /** The name that was once chosen; else the one asked for; else one that reminds of the instance. */
    static DatabaseName database(PostgresInstance instance) {
        return Optional.ofNullable(instance.getStatus())
                .map(status -> status.database())
                .or(() -> Optional.ofNullable(instance.getSpec().database()))
                .map(DatabaseName::new)
                .orElseGet(() -> new DatabaseName(derived(instance)));
    }

    static RoleName role(PostgresBinding binding) {
        String name = "b_" + plain(binding.getMetadata().getName());
        return new RoleName(
                name.length() <= LONGEST_ROLE
                        ? name
                        : shortened(name, binding.getMetadata().getName()));
    }

    private static String derived(PostgresInstance instance) {
        String name = platformsName(instance)
                .map(DatabaseNaming::plain)
                .filter(given -> !given.isBlank())
                .orElseGet(() -> plain(instance.getMetadata().getName()));
        String lettered = Character.isLetter(name.charAt(0)) && !name.startsWith("pg_") ? name : "db_" + name;
        String reserved = switch (lettered) {
            case "postgres", "template0", "template1" -> lettered + "_db";
            default -> lettered;
        };
        return reserved.length() <= LONGEST_DATABASE ? reserved : reserved.substring(0, LONGEST_DATABASE);
    }

    /** OSB profile, Context Object: platforms may tell the name that a person gave the instance. */
    private static Optional<String> platformsName(PostgresInstance instance) {
        return Optional.ofNullable(instance.getSpec().request())
                .map(OsbRequest::context)
                .map(context -> context.get("instance_name"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
    }

    private static String shortened(String name, String original) {
        String hash = "_" + Fingerprints.ofText(original);
        return name.substring(0, LONGEST_ROLE - hash.length()) + hash;
    }
}
