package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitdbArgumentsTest {

    @Test
    void aServerGetsChecksumsUtf8AndALocaleThatSortsAlikeEverywhere() {
        assertThat(InitdbArguments.of(Servers.a().version("17").spec()))
                .containsExactly(
                        "--data-checksums", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8");
    }

    @Test
    void anOlderServerHasNoBuiltinLocaleProvider() {
        assertThat(InitdbArguments.of(Servers.a().version("16").spec()))
                .containsExactly("--data-checksums", "--encoding=UTF8");
    }

    @Test
    void askingForChecksumsAgainChangesNothing() {
        assertThat(InitdbArguments.of(Servers.a().initdbArgs("--data-checksums").spec()))
                .isEqualTo(InitdbArguments.of(Servers.a().spec()));
        assertThat(InitdbArguments.of(Servers.a().initdbArgs("-k").spec()))
                .isEqualTo(InitdbArguments.of(Servers.a().spec()));
    }

    @Test
    void checksumsCanBeRefusedInTheWayOfEachVersion() {
        assertThat(InitdbArguments.of(Servers.a()
                        .version("18")
                        .initdbArgs("--no-data-checksums")
                        .spec()))
                .contains("--no-data-checksums")
                .doesNotContain("--data-checksums");
        assertThat(InitdbArguments.of(Servers.a()
                        .version("17")
                        .initdbArgs("--no-data-checksums")
                        .spec()))
                .doesNotContain("--no-data-checksums", "--data-checksums");
    }

    @Test
    void aChosenLocaleReplacesOurs() {
        assertThat(InitdbArguments.of(
                        Servers.a().initdbArgs("--locale=de_DE.utf8").spec()))
                .containsExactly("--data-checksums", "--encoding=UTF8", "--locale=de_DE.utf8");
    }

    @Test
    void anotherEncodingReplacesOurLocaleToo() {
        assertThat(InitdbArguments.of(Servers.a()
                        .initdbArgs("--encoding=LATIN1", "--no-locale")
                        .spec()))
                .containsExactly("--data-checksums", "--encoding=LATIN1", "--no-locale");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--auth=trust",
                "-A trust",
                "--pwfile=/etc/passwd",
                "--waldir=/tmp",
                "-D",
                "--username=postgres",
                "--set fsync=off",
                "-c fsync=off",
                "--wal-segsize=3",
                "--wal-segsize=1024",
                "--locale=$(id)",
                "--locale=../../x",
                "--data-checksums --auth=trust",
                "--data-checksums\n--auth=trust",
                "data-checksums",
                ""
            })
    void whateverIsNotOnTheListIsRefused(String argument) {
        assertThat(InitdbArguments.problems(List.of(argument), "17"))
                .singleElement()
                .asString()
                .startsWith("'" + argument + "' is not allowed");
        assertThatThrownBy(() ->
                        InitdbArguments.of(Servers.a().initdbArgs(argument).spec()))
                .hasMessageStartingWith("spec.initdbArgs: ");
    }

    @ParameterizedTest
    @CsvSource({
        "--locale-provider=icu, 14, 15",
        "--locale-provider=builtin, 16, 17",
        "--builtin-locale=PG_UNICODE_FAST, 17, 18",
    })
    void anOptionOfALaterVersionIsRefusedWithThatVersion(String argument, String version, String since) {
        assertThat(InitdbArguments.problems(List.of(argument), version))
                .containsExactly(
                        "'" + argument + "' needs PostgreSQL " + since + " or later, this server is " + version);
        assertThat(InitdbArguments.problems(List.of(argument), since)).isEmpty();
    }

    @Test
    void theLastSegmentSizeCounts() {
        assertThat(InitdbArguments.walSegmentMib(Servers.a().spec())).isEqualTo(16);
        assertThat(InitdbArguments.walSegmentMib(Servers.a()
                        .initdbArgs("--wal-segsize=1", "--wal-segsize=4")
                        .spec()))
                .isEqualTo(4);
    }
}
