package dev.howdah.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a cache keeps of a thousand objects that say the same. */
class LeanSerializationTest {
    private final KubernetesSerialization serialization = LeanSerialization.create();

    @Test
    void equalTextsOfDifferentObjectsAreOneText() {
        ConfigMap one = serialization.unmarshal(
                "{\"metadata\":{\"name\":\"pg-shared\",\"labels\":{\"app\":\"pg-of-team-a\"}}}", ConfigMap.class);
        Secret other = serialization.unmarshal(
                "{\"metadata\":{\"name\":\"pg-other\",\"labels\":{\"app\":\"pg-of-team-a\"},"
                        + "\"ownerReferences\":[{\"name\":\"pg-shared\"}]}}",
                Secret.class);

        assertThat(other.getMetadata().getLabels().get("app"))
                .isSameAs(one.getMetadata().getLabels().get("app"));
        assertThat(other.getMetadata().getOwnerReferences().getFirst().getName())
                .isSameAs(one.getMetadata().getName());
    }

    @Test
    void aTextThatIsAFileIsReadAsItIs() {
        String file = "listen_addresses = '*'\\n".repeat(50);
        ConfigMap read = serialization.unmarshal(
                "{\"data\":{\"postgresql.conf\":\"%s\",\"empty\":\"\"}}".formatted(file), ConfigMap.class);

        assertThat(read.getData())
                .containsEntry("postgresql.conf", file.replace("\\n", "\n"))
                .containsEntry("empty", "");
    }

    @Test
    void whatIsNoTextIsReadAsBefore() {
        String json = "{\"metadata\":{\"name\":null,\"generation\":3,\"annotations\":{\"count\":7,\"none\":null}}}";

        assertThat(serialization.unmarshal(json, ConfigMap.class))
                .isEqualTo(new KubernetesSerialization().unmarshal(json, ConfigMap.class));
    }

    @Test
    void fieldsThatNobodyKnowsAreKeptAndNoFieldsTakeNoRoom() {
        String json = "{\"metadata\":{\"name\":\"a\",\"later\":{\"more\":1}},\"data\":{\"a\":\"b\"}}";
        ConfigMap read = serialization.unmarshal(json, ConfigMap.class);

        assertThat(read.getMetadata().getAdditionalProperties()).containsOnlyKeys("later");
        assertThat(read.getAdditionalProperties()).isSameAs(Map.of());
        assertThat(serialization.clone(read)).isEqualTo(read);
        assertThat(serialization.asJson(read)).contains("\"later\":{\"more\":1}");
    }
}
