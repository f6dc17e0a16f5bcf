package dev.howdah.reconciler;

import java.util.Set;

/** Which reasons deserve a warning: those that do not pass by themselves in a moment. */
final class Troubles {
    private static final Set<String> PASSING = Set.of(
            "WaitingForPod",
            "WaitingForNode",
            "WaitingForVolume",
            "WaitingForEndpoint",
            "WaitingForServer",
            "WaitingForTurn",
            "ContainerStarting",
            "Starting",
            "Unreachable",
            "Restarting",
            "VolumeGrowing",
            "Retrying",
            "Deleting",
            "Unknown");

    /** What waiting does not change: the change itself is what cannot be. */
    private static final Set<String> FINAL =
            Set.of("SettingRefused", "VolumeCannotGrow", "VolumeCannotShrink", "InvalidSpec");

    private Troubles() {}

    static boolean isTrouble(Finding finding) {
        return !finding.good() && !PASSING.contains(finding.reason());
    }

    /** Whether the change can only be given up. */
    static boolean isFinal(Finding finding) {
        return !finding.good() && FINAL.contains(finding.reason());
    }
}
