package dev.howdah.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.broker.BindingId;
import dev.howdah.broker.InstanceId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNamesTest {
    @Test
    void aUuidIsKeptAsItIs() {
        assertThat(ResourceNames.of(new InstanceId("2a1c0f5e-7f0a-4c6c-9d3e-000000000001")))
                .isEqualTo("pg-2a1c0f5e-7f0a-4c6c-9d3e-000000000001");
        assertThat(ResourceNames.of(new BindingId("2a1c0f5e-7f0a-4c6c-9d3e-000000000001")))
                .isEqualTo("pgb-2a1c0f5e-7f0a-4c6c-9d3e-000000000001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A_~-.9", "Ü", "a b", "-a", "a-", "a.b", "../..", "2A1C0F5E-7F0A-4C6C-9D3E-000000000001"})
    void otherIdsGetAReadablePartAndAHash(String id) {
        assertThat(ResourceNames.of(new InstanceId(id))).matches("pg-([a-z0-9]([-a-z0-9]*[a-z0-9])?-)?[0-9a-f]{20}");
    }

    @Test
    void idsThatLookAlikeGetDifferentNames() {
        assertThat(ResourceNames.of(new InstanceId("My DB"))).isNotEqualTo(ResourceNames.of(new InstanceId("my-db")));
        assertThat(ResourceNames.of(new InstanceId("my.db"))).isNotEqualTo(ResourceNames.of(new InstanceId("my_db")));
    }

    @Property(tries = 500)
    void everyIdGetsANameThatLeavesRoomForWhatIsAppended(
            @ForAll @StringLength(min = 1, max = 255) @CharRange(from = ' ', to = '~') String id) {
        assertThat(ResourceNames.of(new InstanceId(id)))
                .hasSizeLessThanOrEqualTo(51)
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
        assertThat(ResourceNames.of(new BindingId(id)))
                .hasSizeLessThanOrEqualTo(51)
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    }
}
