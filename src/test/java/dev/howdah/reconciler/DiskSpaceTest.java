package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.PostgresServerStatus.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void aVolumeWithRoomIsEnough() {
        assertThat(said(GIBIBYTE / 2, GIBIBYTE)).map(Finding::good).contains(true);
    }

    @Test
    void aVolumeWhoseFileSystemIsFullIsSaidWithWhatToDo() {
        // What an ext4 with its reserve for root leaves of one gibibyte to a server.
        Optional<Finding> full = said(920L << 20, GIBIBYTE);

        assertThat(full).map(Finding::reason).contains("AlmostFull");
        assertThat(full.orElseThrow().message()).contains("ask for more storage");
    }

    @Test
    void whatNobodyHasMeasuredIsNotJudged() {
        assertThat(said(null, GIBIBYTE)).isEmpty();
        assertThat(said(GIBIBYTE, null)).isEmpty();
        assertThat(ServerStatuses.diskSpace(null)).isEmpty();
    }

    private static Optional<Finding> said(@Nullable Long used, @Nullable Long capacity) {
        return ServerStatuses.diskSpace(new Usage(used, capacity, 1));
    }
}
