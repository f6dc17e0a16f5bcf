package dev.howdah.osb.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogIT extends Acceptance {
    private static final String NAME = "[A-Za-z0-9.-]{1,63}";

    private Answer catalog() {
        return platform.call("GET", "/v2/catalog").send().hasStatus(200);
    }

    private List<JsonNode> services() {
        return catalog().json().path("services").valueStream().toList();
    }

    private List<JsonNode> plans() {
        return services().stream()
                .flatMap(service -> service.path("plans").valueStream())
                .toList();
    }

    @Test
    @OsbCase({21, 22, 27})
    void everyServiceHasWhatAServiceNeeds() {
        assertThat(catalog().json().propertyNames()).containsExactly("services");
        assertThat(services()).hasSize(2).allSatisfy(service -> {
            assertThat(Stream.of("id", "name", "description").map(service::path))
                    .allSatisfy(text -> assertThat(text.asString("")).isNotEmpty());
            assertThat(Stream.of(
                                    "bindable",
                                    "plan_updateable",
                                    "instances_retrievable",
                                    "bindings_retrievable",
                                    "allow_context_updates")
                            .map(service::path))
                    .allMatch(JsonNode::isBoolean);
            assertThat(service.path("plans")).isNotEmpty();
        });
    }

    @Test
    @OsbCase({23, 26, 28, 29})
    void everyPlanHasWhatAPlanNeeds() {
        assertThat(plans()).hasSize(5).allSatisfy(plan -> {
            assertThat(Stream.of("id", "name", "description").map(plan::path))
                    .allSatisfy(text -> assertThat(text.asString("")).isNotEmpty());
            assertThat(Stream.of("free", "bindable", "plan_updateable", "binding_rotatable")
                            .map(plan::path))
                    .allMatch(JsonNode::isBoolean);
            assertThat(plan.path("maximum_polling_duration").asInt(0)).isPositive();
        });
        assertThat(plans().getFirst().path("maintenance_info").path("version").asString(""))
                .isEqualTo("1.0.0");
    }

    @Test
    @OsbCase({24, 25})
    void idsAndNamesAreUniqueAndShort() {
        List<String> ids = Stream.concat(services().stream(), plans().stream())
                .map(each -> each.path("id").asString())
                .toList();

        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(ids).allMatch(id -> id.matches("[0-9a-f-]{36}"));
        assertThat(services()).allSatisfy(service -> {
            List<String> names = service.path("plans")
                    .valueStream()
                    .map(plan -> plan.path("name").asString())
                    .toList();
            assertThat(new HashSet<>(names)).hasSameSizeAs(names);
            assertThat(names).allMatch(name -> name.matches(NAME));
            assertThat(service.path("name").asString()).matches(NAME);
        });
    }

    @Test
    @OsbCase({30})
    void everySchemaIsComplete() {
        List<JsonNode> schemas = new ArrayList<>();
        plans().forEach(plan -> {
            schemas.add(plan.at("/schemas/service_instance/create/parameters"));
            schemas.add(plan.at("/schemas/service_instance/update/parameters"));
            if (plan.path("bindable").asBoolean()) {
                schemas.add(plan.at("/schemas/service_binding/create/parameters"));
            }
        });

        assertThat(schemas).hasSize(14).allSatisfy(schema -> {
            assertThat(schema.path("$schema").asString("")).isNotEmpty();
            assertThat(schema.toString()).doesNotContain("$ref").hasSizeLessThan(64 * 1024);
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                            .getSchema(schema)
                            .validate(tools.jackson.databind.node.JsonNodeFactory.instance.objectNode()))
                    .isEmpty();
        });
    }

    @Test
    @OsbCase({26, 31, 35})
    void whatIsNotSetIsAbsentAndKeysAreInSnakeCase() {
        String text = catalog().text();

        assertThat(text).doesNotContain(":null", "planUpdateable", "maximumPollingDuration", "dashboardClient");
        assertThat(services().getLast().has("tags")).isFalse();
    }

    @Test
    @OsbCase({32})
    void aCatalogThatThePlatformHasIsNotSentAgain() {
        String etag = catalog().header("ETag").getFirst();

        assertThat(platform.call("GET", "/v2/catalog")
                        .header("If-None-Match", etag)
                        .send()
                        .status())
                .isEqualTo(304);
        assertThat(platform.call("GET", "/v2/catalog")
                        .header("If-None-Match", "\"other\"")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    @OsbCase({33})
    void aCatalogThatHasNotChangedSinceIsNotSentAgain() {
        assertThat(since(ZonedDateTime.now(ZoneOffset.UTC).plusDays(1)).status())
                .isEqualTo(304);
        assertThat(since(ZonedDateTime.now(ZoneOffset.UTC).minusYears(1)).status())
                .isEqualTo(200);
        assertThat(platform.call("HEAD", "/v2/catalog").send().status()).isEqualTo(200);
    }

    private Answer since(ZonedDateTime time) {
        return platform.call("GET", "/v2/catalog")
                .header("If-Modified-Since", DateTimeFormatter.RFC_1123_DATE_TIME.format(time))
                .send();
    }

    @Test
    @OsbCase({34})
    void theCatalogIsTheSameToTheByte() {
        assertThat(catalog().text()).isEqualTo(catalog().text());
    }

    /** Who has just called is answered without the security chain, which must not be seen. */
    @Test
    void theCatalogHasTheSameHeadersWhetherTheLoginIsKnownOrNot() {
        Answer longWay = platform.call("GET", "/v2/catalog")
                .header("If-None-Match", "\"other\"")
                .send();

        Answer shortWay = catalog();

        assertThat(headers(shortWay)).isEqualTo(headers(longWay));
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers().map());
        headers.keySet().removeAll(List.of("date", "x-broker-api-request-identity"));
        return headers;
    }

    @Test
    @OsbCase({143, 155})
    void aRetiredPlanIsNotShown() {
        assertThat(catalog().text()).doesNotContain(TestCatalog.RETIRED);
    }
}
