package dev.howdah.faults;

import dev.howdah.faults.Summary.Promise;
import dev.howdah.testing.OsbClient.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A platform that does not give up: what gets no answer, or 5xx, it sends again, to any replica. Not for use by several
 * threads.
 */
final class Platform {
    static final String IDS =
            "\"service_id\": \"7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11\", \"plan_id\": \"3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21\"";
    /** The body of a provision. */
    static final String PROVISION = "{" + IDS + ", \"organization_guid\": \"o\", \"space_guid\": \"s\"}";

    /** The body of a bind. */
    static final String BIND = "{" + IDS + "}";

    static final String QUERY =
            "service_id=7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11&plan_id=3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21";

    /** Longer than any fault lasts, and than an operation may take after it. */
    private static final Duration PATIENCE = Duration.ofMinutes(25);

    private static final Set<Integer> TRY_AGAIN = Set.of(429, 502, 503, 504);

    private final List<BrokerProcess> replicas;
    private final SplittableRandom random;
    private final Summary summary;

    Platform(List<BrokerProcess> replicas, SplittableRandom random, Summary summary) {
        this.replicas = replicas;
        this.random = random;
        this.summary = summary;
    }

    /** Thrown when the platform has waited longer than any should; the promise is noted already. */
    static final class GivenUp extends RuntimeException {
        GivenUp(String message) {
            super(message, null, false, false);
        }
    }

    /** An answer, and whether the request may have been heard before it was answered. */
    record Outcome(Answer answer, boolean repeated) {
        int status() {
            return answer.status();
        }

        String text(String field) {
            return answer.json().path(field).asString("");
        }
    }

    /** Sends a request until it is answered with something else than "come again". */
    Outcome send(String method, String path, @Nullable String body) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        String address = path;
        for (boolean repeated = false; System.nanoTime() < end; repeated = true) {
            long begun = System.nanoTime();
            BrokerProcess replica = any();
            int stops = replica.stopsAndContinuations();
            try {
                Answer answer = replica.osb().send(method, address, body);
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                summary.count("answers " + answer.status());
                boolean ran = stops % 2 == 0 && replica.stopsAndContinuations() == stops;
                if (!isComeAgain(answer, took, ran ? "503" : "503 of a replica that was stopped meanwhile")) {
                    return new Outcome(answer, repeated);
                }
                last = answer.toString();
                address = isToBeAsync(answer) ? asynchronous(path) : address;
                pauseAfter(answer);
            } catch (UncheckedIOException noAnswer) {
                summary.count("requests without an answer");
                last = String.valueOf(noAnswer.getCause());
                Waiting.pause(200 + random.nextInt(300));
            }
        }
        summary.broken(Promise.STUCK, method + " " + path + " is not answered for " + PATIENCE + ": " + last);
        throw new GivenUp(path);
    }

    private boolean isComeAgain(Answer answer, Duration took, String unavailable) {
        if (answer.status() == 500) {
            summary.broken(Promise.WRONG, "500: " + answer);
            return true;
        }
        if (answer.status() == 503) {
            summary.took(unavailable, took);
            if (answer.header("Retry-After").isEmpty()) {
                summary.broken(Promise.WRONG, "503 without Retry-After: " + answer);
            }
        }
        return TRY_AGAIN.contains(answer.status()) || isBusy(answer) || isToBeAsync(answer);
    }

    /** Took longer than an answer can be held back. */
    private static boolean isToBeAsync(Answer answer) {
        return answer.status() == 422
                && answer.json().path("error").asString("").equals("AsyncRequired");
    }

    private static String asynchronous(String path) {
        return path.contains("accepts_incomplete")
                ? path
                : path + (path.contains("?") ? "&" : "?") + "accepts_incomplete=true";
    }

    private static boolean isBusy(Answer answer) {
        return answer.status() == 422
                && answer.json().path("error").asString("").equals("ConcurrencyError");
    }

    /** Polls until the operation is over. @return succeeded, failed, or gone */
    String await(String path, Outcome accepted) {
        String operation = accepted.text("operation");
        String poll = path + "/last_operation" + (operation.isEmpty() ? "" : "?operation=" + operation);
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < end) {
            Outcome outcome = send("GET", poll, null);
            last = outcome.answer().toString();
            if (outcome.status() == 410 || outcome.status() == 404) {
                return "gone";
            }
            String state = outcome.status() == 200 ? outcome.text("state") : "status " + outcome.status();
            if (!state.equals("in progress")) {
                if (!state.equals("succeeded")) {
                    summary.say(last);
                }
                return state;
            }
            pauseAfter(outcome.answer());
        }
        summary.broken(Promise.STUCK, "still in progress after " + PATIENCE + ": " + last);
        throw new GivenUp(path);
    }

    /** As long as the broker asks for; two hundred that ask all the time would keep it from its work. */
    private void pauseAfter(Answer answer) {
        String seconds = answer.header("Retry-After");
        long asked = seconds.matches("[0-9]{1,2}") ? Long.parseLong(seconds) * 1000 : 200;
        Waiting.pause(asked + random.nextInt(300));
    }

    private BrokerProcess any() {
        return replicas.get(random.nextInt(replicas.size()));
    }
}
