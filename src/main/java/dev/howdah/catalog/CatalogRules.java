package dev.howdah.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a catalog has to keep to: OSB, Catalog Management, and what Kubernetes Service Catalog can store (names and ids
 * of at most 63 characters, descriptions that are not empty).
 */
final class CatalogRules {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,62}");
    private static final int MAX_TEXT = 255;

    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private CatalogRules() {}

    /** @throws InvalidCatalog naming every property that is wrong and how to correct it */
    static void requireValid(CatalogProperties properties) {
        CatalogRules rules = new CatalogRules();
        rules.check(properties);
        if (!rules.problems.isEmpty()) {
            throw new InvalidCatalog(rules.problems);
        }
    }

    private void check(CatalogProperties properties) {
        require(!properties.offerings().isEmpty(), "howdah.catalog.offerings", "must list at least one offering");
        Set<String> names = new HashSet<>();
        IntStream.range(0, properties.offerings().size()).forEach(index -> {
            CatalogProperties.Offering offering = properties.offerings().get(index);
            String path = "howdah.catalog.offerings[%d]".formatted(index);
            require(names.add(offering.name()), path + ".name", "is used by another offering: " + offering.name());
            checkOffering(path, offering);
        });
    }

    private void checkOffering(String path, CatalogProperties.Offering offering) {
        checkIdentity(path, offering.id(), offering.name(), offering.description());
        checkMetadata(path + ".metadata", offering.metadata());
        offering.tags().forEach(tag -> checkText(path + ".tags", tag));
        require(!offering.plans().isEmpty(), path + ".plans", "must list at least one plan");
        Set<String> names = new HashSet<>();
        offering.plans().forEach(plan -> names.add(plan.name()));
        require(
                names.size() == offering.plans().size(),
                path + ".plans",
                "must have names that differ from each other");
        IntStream.range(0, offering.plans().size()).forEach(index -> {
            CatalogProperties.Plan plan = offering.plans().get(index);
            String planPath = "%s.plans[%d]".formatted(path, index);
            checkIdentity(planPath, plan.id(), plan.name(), plan.description());
            checkMetadata(planPath + ".metadata", plan.metadata());
            new PlanRules(planPath, plan, problems).check(names);
        });
    }

    private void checkIdentity(String path, String id, String name, String description) {
        require(UUID.matcher(id).matches(), path + ".id", "must be a UUID in lower case, made once (as with uuidgen)");
        require(
                id.isEmpty() || ids.add(id),
                path + ".id",
                "is used twice; every offering and plan needs its own: " + id);
        require(
                NAME.matcher(name).matches(),
                path + ".name",
                "must have 1 to 63 letters, digits, dots or hyphens and begin with a letter or digit");
        checkText(path + ".description", description);
    }

    private void checkMetadata(String path, CatalogProperties.Metadata metadata) {
        checkOptional(path + ".display-name", metadata.displayName());
        checkOptional(path + ".long-description", metadata.longDescription());
        checkOptional(path + ".provider-display-name", metadata.providerDisplayName());
        checkOptional(path + ".documentation-url", metadata.documentationUrl());
        checkOptional(path + ".support-url", metadata.supportUrl());
        if (metadata.bullets() != null) {
            metadata.bullets().forEach(bullet -> checkText(path + ".bullets", bullet));
        }
        if (metadata.costs() != null) {
            metadata.costs().forEach(cost -> {
                checkText(path + ".costs[].unit", cost.unit());
                require(!cost.amount().isEmpty(), path + ".costs[].amount", "must name a currency, as in usd: 9.5");
            });
        }
    }

    private void checkOptional(String path, @Nullable String text) {
        if (text != null) {
            checkText(path, text);
        }
    }

    private void checkText(String path, String text) {
        require(!text.isBlank() && text.length() <= MAX_TEXT, path, "must have 1 to %d characters".formatted(MAX_TEXT));
    }

    private void require(boolean kept, String path, String rule) {
        if (!kept) {
            problems.add(path + " " + rule);
        }
    }
}
