package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
    void checksumsCanBeRefused() {
        assertThat(InitdbArguments.of(Servers.a()
                        .version("18")
                        .initdbArgs("--no-data-checksums")
                        .spec()))
                .contains("--no-data-checksums")
                .doesNotContain("--data-checksums");
    }

    @Test
    void aChosenLocaleReplacesOurs() {
        assertThat(InitdbArguments.of(
                        Servers.a().initdbArgs("--locale=de_DE.utf8").spec()))
                .containsExactly("--data-checksums", "--encoding=UTF8", "--locale=de_DE.utf8");
    }

    @Test
    void whatIsNotAllowedIsRefusedWithTheField() {
        assertThatThrownBy(() -> InitdbArguments.of(
                        Servers.a().initdbArgs("--auth=trust").spec()))
                .hasMessageStartingWith("spec.initdbArgs: '--auth=trust' is not allowed");
    }

    @Test
    void theSegmentSizeIsTakenFromTheOption() {
        assertThat(InitdbArguments.walSegmentMib(Servers.a().spec())).isEqualTo(16);
        assertThat(InitdbArguments.walSegmentMib(
                        Servers.a().initdbArgs("--wal-segsize=4").spec()))
                .isEqualTo(4);
    }
}
