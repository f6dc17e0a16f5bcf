package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNamesTest {

    private static final String UUID_NAME = "pg-3f2a1b9c-7a61-4a3b-9d6e-0c5f8e1d2b4a";

    @Test
    void everyObjectOfOneKindHasItsOwnName() {
        ServerNames names = new ServerNames(UUID_NAME);

        assertThat(List.of(names.adminSecret(), names.tlsSecret())).doesNotHaveDuplicates();
        assertThat(List.of(names.clientService(), names.headlessService())).doesNotHaveDuplicates();
        assertThat(names.pod()).isEqualTo(UUID_NAME + "-0");
    }

    @Test
    void theLongestNameStillMakesLabelsThatFit() {
        ServerNames names = new ServerNames("a".repeat(52));

        assertThat(Stream.of(
                        names.statefulSet() + "-" + "5d8c7b6f9c",
                        names.clientService(),
                        names.headlessService(),
                        names.persistentVolumeClaim(),
                        names.pod()))
                .allMatch(name -> name.length() <= 63);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1pg",
                "Pg",
                "pg_1",
                "pg.1",
                "-pg",
                "pg-",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void aNameThatCannotNameAServiceIsRefused(String name) {
        assertThatThrownBy(() -> new ServerNames(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("metadata.name: '" + name + "'");
    }
}
