package dev.howdah.postgres;

/** What came of dropping a role. */
public sealed interface DropOutcome {
    record Dropped() implements DropOutcome {}

    record AlreadyAbsent() implements DropOutcome {}

    /**
     * The role can log in no more, and something still stands in the way of dropping it. Nothing that it owned is lost;
     * calling again carries on from there.
     *
     * @param why a sentence for a person, without secrets, SQL or data
     */
    record Blocked(String why) implements DropOutcome {}
}
