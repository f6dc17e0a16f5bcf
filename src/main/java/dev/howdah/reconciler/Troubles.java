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
            "ContainerStarting",
            "Starting",
            "Unreachable",
            "Restarting",
            "VolumeGrowing",
            "Retrying",
            "Deleting",
            "Unknown");

    private Troubles() {}

    static boolean isTrouble(Finding finding) {
        return !finding.good() && !PASSING.contains(finding.reason());
    }
}
