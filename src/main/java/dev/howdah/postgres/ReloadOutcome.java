package dev.howdah.postgres;

import java.util.Set;

/** What came of applying settings. */
public sealed interface ReloadOutcome {
    /** All settings were as wished, and nothing waits for a restart. */
    record Unchanged() implements ReloadOutcome {}

    /** In force now. {@code changed} are the names of the settings that were written. */
    record InForce(Set<String> changed) implements ReloadOutcome {
        public InForce {
            changed = Set.copyOf(changed);
        }
    }

    /** Written, and these settings (of this call or an earlier one) take effect only after a restart. */
    record NeedsRestart(Set<String> changed, Set<String> waiting) implements ReloadOutcome {
        public NeedsRestart {
            changed = Set.copyOf(changed);
            waiting = Set.copyOf(waiting);
        }
    }
}
