package dev.howdah.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "postgres", "template0", "template1", "a\0b", "line\nbreak"})
    void aDatabaseHasNoNameThatPostgresCannotTakeOrHasTaken(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DatabaseName(name))
                .withMessageContaining("Not a name for a database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgres", "public", "none", "pg_read_all_data", "a\0b"})
    void aRoleHasNoNameThatIsReserved(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RoleName(name));
    }

    @Test
    void bytesCountAndNotCharacters() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DatabaseName("ü".repeat(32)));
        assertThat(new DatabaseName("ü".repeat(31)).value()).hasSize(31);
    }

    @Test
    void groupRolesAreNamedAfterTheirDatabaseAsLongAsThatFits() {
        assertThat(new DatabaseName("orders").owner()).isEqualTo(new RoleName("orders_owner"));
        assertThat(new DatabaseName("orders").reader()).isEqualTo(new RoleName("orders_reader"));
    }

    @Test
    void groupRolesOfLongNamesFitAndDiffer() {
        List<String> names = List.of("x".repeat(62) + "a", "x".repeat(62) + "b", "😀".repeat(15));
        List<RoleName> roles = names.stream()
                .map(DatabaseName::new)
                .mapMulti((DatabaseName name, java.util.function.Consumer<RoleName> each) -> {
                    each.accept(name.owner());
                    each.accept(name.reader());
                })
                .toList();

        assertThat(roles).doesNotHaveDuplicates().allMatch(role -> role.value().getBytes(UTF_8).length <= 63);
    }

    @Test
    void quotingKeepsANameANameAndATextAText() {
        assertThat(new RoleName("a\"; DROP").quoted()).isEqualTo("\"a\"\"; DROP\"");
        assertThat(SqlText.literal("it's")).isEqualTo("'it''s'");
        assertThat(SqlText.literal("back\\slash'")).isEqualTo("E'back\\\\slash'''");
    }
}
