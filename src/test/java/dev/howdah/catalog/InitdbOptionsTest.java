package dev.howdah.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitdbOptionsTest {
    @Test
    void aTextIsSplitAtWhiteSpaceAndAListTakenAsItIs() {
        assertThat(InitdbOptions.parse("  --data-checksums \t --wal-segsize=64 "))
                .containsExactly("--data-checksums", "--wal-segsize=64");
        assertThat(InitdbOptions.parse(List.of("-k", "--locale=C.UTF-8"))).containsExactly("-k", "--locale=C.UTF-8");
        assertThat(InitdbOptions.parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--auth=trust",
                "--pgdata=/",
                "-D/",
                "--wal-segsize=3",
                "--wal-segsize=1024",
                "--data-checksums\n--auth=trust",
                "--locale=$(id)",
                "--pwfile=/etc/passwd",
                "--data-checksums;rm",
                "--no-sync",
                "$(id)",
                "--set=fsync=off",
                "--username=x",
                "-g",
                "--locale=../x"
            })
    void whatIsNotOnTheAllowListIsNamed(String option) {
        assertThatThrownBy(() -> InitdbOptions.parse(option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(option.split("\\s")[0])
                .hasMessageContaining("--data-checksums");
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> InitdbOptions.parse("--data-checksums --no-data-checksums"))
                .hasMessageContaining("data checksums");
    }

    @Test
    void anOptionThatTheVersionDoesNotKnowIsRefused() {
        assertThat(InitdbOptions.parse("--no-data-checksums", 18)).containsExactly("--no-data-checksums");
        assertThatThrownBy(() -> InitdbOptions.parse("--no-data-checksums", 17)).hasMessageContaining("18");
    }

    @ParameterizedTest
    @CsvSource({
        "--locale-provider=icu, 14, 15",
        "--locale-provider=builtin, 16, 17",
        "--builtin-locale=PG_UNICODE_FAST, 17, 18",
    })
    void anOptionOfALaterVersionIsRefusedWithThatVersion(String option, int version, int since) {
        assertThatThrownBy(() -> InitdbOptions.parse(option, version))
                .hasMessage("%s needs PostgreSQL %d or later, and this server is %d", option, since, version);
        assertThat(InitdbOptions.parse(option, since)).containsExactly(option);
    }
}
